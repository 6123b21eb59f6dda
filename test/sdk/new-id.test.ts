import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientId } from '#protocol';
import { newId } from '../../sdk/new-id.js';

test('[C5] new ids are UUIDv7, differ, and sort in the order in which they were made', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => newId(1_790_000_000_000 + Math.floor(index / 5_000)));
  // A clock that was set back, and one that goes on.
  ids.push(newId(1), newId(1_790_000_000_001), newId(1_790_000_009_000), newId());
  for (const id of ids) assert.equal(clientId.parse(id), id);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(new Set(ids.map((id) => id.slice(19))).size, ids.length, 'the random part is random');
});

test('[C5] an id says when it was made', () => {
  const now = Date.now() + 1e9;
  assert.equal(Number.parseInt(newId(now).replaceAll('-', '').slice(0, 12), 16), now);
});
