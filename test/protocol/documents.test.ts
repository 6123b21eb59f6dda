import { commands, events } from '#protocol';
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { asyncApi, asyncApiText } from './asyncapi.js';
import { keyOf } from './schemas.js';

const root = path.join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('AsyncAPI document', () => {
  const document = asyncApi();

  it('is what the catalogs say: npm run docs:protocol writes it anew', () => {
    // Not assert.equal: its account of two texts of 100 kB helps nobody.
    assert.ok(read('sdk/protocol/asyncapi.json') === asyncApiText(), 'sdk/protocol/asyncapi.json is not current');
  });

  it('has an operation for every command, with its reply, and for every event', () => {
    const operations = document['operations'] as Record<string, { action: string; reply?: unknown; description?: string }>;
    assert.deepEqual(Object.keys(operations).sort(), [...Object.keys(commands), ...Object.keys(events)].map(keyOf).sort());
    for (const name of Object.keys(commands))
      assert.ok(operations[keyOf(name)]?.action === 'receive' && operations[keyOf(name)]?.reply, name);
    for (const name of Object.keys(events)) assert.equal(operations[keyOf(name)]?.action, 'send', name);
  });

  it('refers only to what it contains', () => {
    const missing: string[] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const reference = (node as { $ref?: unknown }).$ref;
      if (typeof reference === 'string' && resolve(reference) === undefined) missing.push(reference);
      Object.values(node).forEach(visit);
    };
    const resolve = (reference: string): unknown =>
      reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    visit(document);
    assert.deepEqual(missing, []);
  });
});

describe('SPEC.md', () => {
  const defined = [...read('sdk/protocol/SPEC.md').matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map((match) => match[1] as string);
  const groups = [...new Set(defined.map((id) => id.charAt(0)))].join('');

  it('numbers every behaviour once, in order', () => {
    assert.equal(new Set(defined).size, defined.length);
    for (const group of groups) {
      const numbers = defined.filter((id) => id.startsWith(group)).map((id) => Number(id.slice(1)));
      assert.deepEqual(
        numbers,
        [...numbers].sort((a, b) => a - b),
        `group ${group}`,
      );
    }
  });

  it('every behaviour that code cites exists', () => {
    const missing = globSync('{sdk,widgets,server,demo-host,test}/**/*.ts', { cwd: root }).flatMap((file) => {
      const cited = [...read(file).matchAll(/SPEC ([A-Z]\d+)(?:-([A-Z]\d+))?/g)].flatMap(([, first, last]) => [first, last]);
      return cited.filter((id): id is string => id !== undefined && !defined.includes(id)).map((id) => `${file}: ${id}`);
    });
    assert.deepEqual(missing, []);
  });
});
