import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { BUDGETS } from '../size/budgets.js';
import { settingSchemas } from '../../server/config.js';
import { variableOf } from '../../server/config-names.js';
import { CURRENT, DOCUMENTS, prose, read, ROOT } from './documents.js';

const numbers = (text: string): number[] => [...text.matchAll(/\d{1,3}(?:,\d{3})+/g)].map(([one]) => Number(one.replaceAll(',', '')));
const manifest = readFileSync(path.join(ROOT, 'dist/custom-elements.json'), 'utf8');

/** As a heading's address is made. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchors = (file: string): string[] => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));

const links = (file: string): { target: string; at: string }[] =>
  [...prose(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ target, at: `${file}: ${target}` }));

test('links between documents lead somewhere', () => {
  let count = 0;
  for (const file of DOCUMENTS)
    for (const { target, at } of links(file)) {
      if (/^(https?|mailto):/.test(target)) continue;
      count += 1;
      const [to = '', fragment] = target.split('#');
      const found = to === '' ? file : path.join(path.dirname(file), to);
      assert.ok(existsSync(path.join(ROOT, found)), at);
      if (fragment !== undefined) assert.ok(anchors(found).includes(fragment), at);
    }
  assert.ok(count > 40, `${count} links were found`);
});

test('what a reader of the package is led to is in the package', () => {
  const [pack] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ files: { path: string }[] }];
  const files = pack.files.map((one) => one.path);
  const shipped = DOCUMENTS.filter((file) => files.includes(file));
  for (const file of ['README.md', 'widgets/README.md', 'sdk/README.md', 'server/README.md', 'server/TOKENS.md', 'SECURITY.md'])
    assert.ok(shipped.includes(file), file);
  for (const file of shipped)
    for (const { target, at } of links(file)) {
      const to = path.join(path.dirname(file), target.split('#')[0] ?? '');
      // The demo and the tests are in the repository only.
      if (/^(https?|mailto):|^#/.test(target) || /^(demo-host|test)\//.test(to)) continue;
      assert.ok(
        files.some((one) => one === to || one.startsWith(`${to}/`)),
        at,
      );
    }
});

test('the sizes in the README are the budgets that the build is held to', () => {
  const table = read('README.md').split('What a page loads')[1]?.split('\n## ')[0] ?? '';
  assert.deepEqual(
    numbers(table),
    BUDGETS.map(({ gzip }) => gzip),
  );
});

test('settings, elements, custom properties and events that documents name are there', () => {
  const settings = new Set(Object.keys(settingSchemas).flatMap((name) => [variableOf(name), `${variableOf(name)}_FILE`]));
  // No settings: where these are, the id of a key in the programs that sign, and what some tests are told.
  for (const name of ['PARLEY_CONFIG', 'PARLEY_KID', 'PARLEY_']) settings.add(name);
  for (const file of globSync('test/**/*.ts', { cwd: ROOT, exclude: ['**/node_modules'] }))
    for (const [, name = ''] of read(file).matchAll(/env\['(PARLEY_[A-Z_]+)'\]/g)) settings.add(name);
  for (const [, name = ''] of read('demo-host/settings.ts').matchAll(/'(PARLEY_[A-Z_]+)'/g)) settings.add(name);
  const { modules } = JSON.parse(manifest) as { modules: { declarations: { cssParts?: { name: string }[] }[] }[] };
  const parts = new Set(
    modules.flatMap(({ declarations }) => declarations.flatMap(({ cssParts = [] }) => cssParts.map(({ name }) => name))),
  );
  const events = readFileSync(path.join(ROOT, 'widgets/internal/events.ts'), 'utf8');
  for (const file of CURRENT) {
    const text = read(file);
    for (const [name] of text.matchAll(/\bPARLEY_[A-Z_]*/g)) assert.ok(settings.has(name), `${file}: ${name}`);
    for (const [, part = ''] of text.matchAll(/::part\(([a-z-]+)\)/g)) assert.ok(parts.has(part), `${file}: ::part(${part})`);
    for (const [, tag = ''] of text.matchAll(/<(parley-[a-z-]+)/g)) assert.ok(manifest.includes(`"${tag}"`), `${file}: <${tag}>`);
    for (const [name] of text.matchAll(/--parley-[a-z][a-z0-9-]*/g))
      assert.ok(manifest.includes(`"${name}"`) || manifest.includes(`"${name}-`) || name.endsWith('-'), `${file}: ${name}`);
    for (const [, name = ''] of text.matchAll(
      /`(parley-(?:item|message|chat|panel|focus|user|lock|session|unread|status|conversation)-[a-z]+)`/g,
    ))
      assert.ok(events.includes(`'${name}'`) || manifest.includes(`"${name}"`), `${file}: ${name}`);
  }
});
