import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const HOST = 'https://host.example';
/** What a first emoji is called: each file is in its own language. */
const SMILE = { en: 'grinning face', de: 'grinsendes Gesicht', fr: 'visage rieur', es: 'cara sonriendo', ar: 'وجه بابتسامة عريضة' };

let server: TestServer;
before(async () => {
  server = await startServer({ origins: [HOST] });
});
after(() => server.close());

type Group = [id: string, rows: [emoji: string, name: string, words?: string, toned?: number, version?: number][]];

for (const [language, smile] of Object.entries(SMILE)) {
  test(`[M20] the emoji are served by the Parley server itself, named in ${language}`, async () => {
    const response = await fetch(`${server.url}/parley/emoji/${language}.json`, { headers: { origin: HOST } });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(response.headers.get('access-control-allow-origin'), HOST);
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(response.headers.get('cache-control'), 'no-cache', 'asked for anew, and answered 304 while it is the same');
    const groups = (await response.json()) as Group[];
    assert.deepEqual(
      groups.map(([id]) => id),
      ['smileys', 'people', 'nature', 'food', 'travel', 'activities', 'objects', 'symbols', 'flags'],
    );
    const rows = groups.flatMap(([, some]) => some);
    assert.ok(rows.length > 1_800, `${rows.length}`);
    assert.equal(new Set(rows.map(([emoji]) => emoji)).size, rows.length, 'each once');
    assert.ok(rows.every(([emoji, name]) => emoji !== '' && name.trim() === name && name !== ''));
    assert.equal(rows[0]?.[1], smile);
  });
}
