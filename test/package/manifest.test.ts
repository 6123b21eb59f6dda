import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from './modules.js';

interface Described {
  name: string;
  description?: string;
}
interface Declaration extends Described {
  tagName: string;
  summary?: string;
  members: Described[];
  attributes: Described[];
  slots?: Described[];
  events?: Described[];
  cssParts?: Described[];
  cssProperties?: Described[];
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const { modules } = JSON.parse(read('dist/custom-elements.json')) as { modules: { declarations: Declaration[] }[] };
const elements = modules.flatMap(({ declarations }) => declarations);
const described = (key: 'events' | 'cssParts' | 'cssProperties' | 'slots'): Set<string> =>
  new Set(elements.flatMap((element) => (element[key] ?? []).map(({ name }) => name)));
const matches = (files: string[], pattern: RegExp): Set<string> =>
  new Set(files.flatMap((file) => [...read(file).matchAll(pattern)].map(([, name = '']) => name)));

/** Of elements that a host places: those inside of them are not reached from the page. */
const FACES = ['widgets/{banner,chat-panel,launcher,link-current-item,people,presence-badge,session}/*.ts'];

describe('manifest of the elements', () => {
  it('is what the sources say now, and so is what editors read', async () => {
    const { documents } = (await import(pathToFileURL(path.join(ROOT, 'widgets/bundle/manifest/documents.mjs')).href)) as {
      documents: () => Record<string, string>;
    };
    for (const [file, text] of Object.entries(documents())) assert.equal(read(`dist/${file}`), text, `dist/${file}: npm run build`);
  });

  it('has a description of every member, attribute, event, slot, part and custom property', () => {
    assert.equal(elements.length, 7);
    for (const { tagName, summary, members, attributes, slots = [], events = [], cssParts = [], cssProperties = [] } of elements) {
      assert.ok(summary, tagName);
      for (const { name, description } of [...members, ...attributes, ...slots, ...events, ...cssParts, ...cssProperties]) {
        assert.ok(description, `${tagName}: ${name} has no description`);
      }
    }
  });

  it('has all that the templates and styles of these elements have', () => {
    const files = globSync(FACES, { cwd: ROOT });
    assert.deepEqual(
      [...matches(files, /\bpart="([a-z-]+)"/g)].filter((name) => !described('cssParts').has(name)),
      [],
    );
    assert.deepEqual(
      [...matches(files, /<slot name="([a-z-]+)"/g)].filter((name) => !described('slots').has(name)),
      [],
    );
    const read = matches(globSync('widgets/**/*.ts', { cwd: ROOT }), /var\((--parley-[a-z0-9-]+)/g);
    const inside = ['--parley-avatar-size'];
    assert.deepEqual(
      [...read].filter((name) => !described('cssProperties').has(name) && !inside.includes(name)),
      [],
    );
    const events = matches(['widgets/internal/events.ts'], /^ {2}'(parley-[a-z-]+)': \{|^ {2}'(?=parley)([a-z-]+)': Record/gm);
    assert.ok(events.size > 10);
    assert.deepEqual(
      [...events].filter((name) => name !== '' && !described('events').has(name)),
      [],
    );
  });
});
