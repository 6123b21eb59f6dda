import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { references, ROOT } from './api/references.js';

/*
 * The references are written by `npm run docs:api`, so that they can be read without a build. Whoever changes what hosts can use, or what is
 * said of it, writes them anew.
 */
const written = references();

for (const [file, text] of Object.entries(written))
  test(`${file} says what the manifest and the types say now`, () => {
    const kept = readFileSync(path.join(ROOT, file), 'utf8').split('\n');
    const now = text.split('\n');
    const at = now.findIndex((line, index) => line !== kept[index]);
    assert.equal(kept[at], now[at], `line ${at + 1}: run npm run docs:api`);
    assert.equal(kept.length, now.length, 'run npm run docs:api');
  });

test('the references have every door that is theirs, and no schema of a library', () => {
  for (const tag of ['session', 'chat-panel', 'launcher', 'presence-badge', 'people', 'banner', 'link-current-item'])
    assert.match(written['widgets/API.md'] ?? '', new RegExp(`^## \`<parley-${tag}>\``, 'm'));
  for (const name of ['createParley', 'Session', 'Entry', 'createFhircast', 'createOuterBridge', 'ohif'])
    assert.match(written['sdk/API.md'] ?? '', new RegExp(`^### ${name}$`, 'm'));
  for (const name of ['createServer', 'mintToken', 'ServerOptions'])
    assert.match(written['server/API.md'] ?? '', new RegExp(`^### ${name}$`, 'm'));
  assert.doesNotMatch(Object.values(written).join('\n'), /ZodMini|\bimport\("/);
});
