import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import type { Storage } from '../../../server/storage/storage.js';
import { buildStore } from './builder.js';
import { membersOf, READER, SEARCHER, TENANT, userOf } from './plan.js';
import type { BuiltStore } from './plan.js';

const PLAN = { people: 20, groups: 40, members: 5, entries: 2_000, logs: { long: 800, brief: 100 } };

describe('a store that is built for a measurement', () => {
  const data = mkdtempSync(join(tmpdir(), 'parley-built-'));
  let built: BuiltStore;
  let storage: Storage;
  before(async () => {
    built = await buildStore(data, PLAN);
    storage = await openSqliteStorage({ directory: data });
  });
  after(async () => {
    await storage.close();
    rmSync(data, { recursive: true });
  });

  it('[G17, G26] holds a chain in which every entry fits', async () => {
    assert.deepEqual(await storage.verify(), []);
  });

  it('[G26] is as large as it was asked for, and everybody is in as many conversations', async () => {
    const page = await storage.range(TENANT, READER, built.logs['long'] ?? '', { limit: 50 });
    assert.equal(page?.head, 800);
    assert.equal(page.entries.length, 50);
    assert.equal((await storage.range(TENANT, READER, built.logs['brief'] ?? '', { limit: 1 }))?.head, 100);
    for (const number of [0, 7, 19]) {
      const { conversations } = await storage.userState(TENANT, userOf(number), 50);
      assert.equal(conversations.length, (PLAN.groups * PLAN.members) / PLAN.people);
    }
    assert.equal((await storage.activeConversations(TENANT, SEARCHER)).length, PLAN.groups / 2);
  });

  it('[G26] has members in a group once each', () => {
    for (let group = 0; group < PLAN.groups; group += 1) assert.equal(new Set(membersOf(PLAN, group)).size, PLAN.members);
  });

  it('[G26] is found by its words, and can be gone on with', async () => {
    const found = await storage.searchMessages(TENANT, SEARCHER, { text: built.words.frequent[0] ?? '', limit: 50 });
    assert.equal(found?.hits.length, 50);
    const [author = ''] = membersOf(PLAN, 0).map(userOf);
    const body = { kind: 'message' as const, text: 'and on', links: [] };
    const cid = '0190a5a0-0000-7000-8000-000000000001';
    const appended = await storage.append({ tenant: TENANT, author, conversation: built.groups[0] ?? '', cid, body });
    assert.equal(appended.status, 'appended');
    assert.deepEqual(await storage.verify(), []);
  });
});
