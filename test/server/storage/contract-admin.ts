import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AUDIT_ACTS } from '../../../server/storage/audit-storage.js';
import { TENANT, say, shared, signUp, startGroup } from './builders.js';
import type { StorageFactory } from './contract.js';

/** What an administrator knows of conversations (SPEC Y2). */
export function adminSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: facts for administrators`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cyd']);
      await signUp(store.storage, ['ann', 'bob', 'eve', 'fay'], 'south');
    });
    after(() => store.stop());

    test('[Y2] conversations in pages, the youngest first, each once, with sizes and times and nothing else', async () => {
      const groups: string[] = [];
      for (let i = 0; i < 5; i++) groups.unshift(await startGroup(store.storage, 'ann', ['bob', 'cyd']));
      const [youngest = ''] = groups;
      await say(store.storage, youngest, 'bob', 'canary');
      const seen: string[] = [];
      for (let before: string | undefined; ;) {
        const { conversations, more } = await store.storage.conversationFacts(TENANT, { before, limit: 2 });
        seen.push(...conversations.map(({ id }) => id));
        before = conversations.at(-1)?.id;
        if (!more) break;
      }
      assert.deepEqual(seen, groups);
      const { conversations } = await store.storage.conversationFacts(TENANT, { limit: 1 });
      const [facts] = conversations;
      assert.ok(facts);
      assert.deepEqual(Object.keys(facts).sort(), ['ended', 'entries', 'id', 'kind', 'lastAt', 'memberCount', 'startedAt']);
      assert.deepEqual([facts.id, facts.kind, facts.memberCount, facts.entries, facts.ended], [youngest, 'group', 3, 2, false]);
      assert.ok(facts.startedAt <= facts.lastAt && facts.lastAt <= Date.now());
    });

    test('[Y2] [attack 12] counts and facts are of one tenant, also behind a conversation of another one', async () => {
      const foreign = await startGroup(store.storage, 'ann', ['bob'], 'south');
      const own = await store.storage.conversationFacts(TENANT, { limit: 100 });
      assert.ok(!own.conversations.some(({ id }) => id === foreign));
      const south = await store.storage.conversationFacts('south', { limit: 100 });
      assert.deepEqual(
        south.conversations.map(({ id }) => id),
        [foreign],
      );
      assert.deepEqual(await store.storage.conversationFacts(TENANT, { before: foreign, limit: 100 }), { conversations: [], more: false });
      assert.deepEqual(await store.storage.tenantCounts('south'), { people: 4, conversations: 1 });
      assert.equal((await store.storage.tenantCounts(TENANT)).people, 3);
      assert.deepEqual(await store.storage.tenantCounts('nowhere'), { people: 0, conversations: 0 });
    });

    test('[Y2] who was deactivated is not counted, and what is ended is', async () => {
      const before = await store.storage.tenantCounts('south');
      await store.storage.deactivatePerson('south', 'fay', {
        act: AUDIT_ACTS.userDeactivated,
        by: { kind: 'host', id: 'key' },
        subject: { user: 'fay' },
      });
      assert.deepEqual(await store.storage.tenantCounts('south'), { ...before, people: before.people - 1 });
    });
  });
}
