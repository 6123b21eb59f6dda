import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cid, leave, say, shared, signUp, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

/** What an auditor reads who is in nothing (reliability 4, column AU). */
export function auditorSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: reading as an auditor`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cyd']);
      await signUp(store.storage, ['ann', 'bob'], 'south');
    });
    after(() => store.stop());

    test('[U2] the whole log in pages, whoever came and went, and nobody becomes a member by it', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      for (let i = 0; i < 4; i++) await say(store.storage, group, 'bob', `entry ${i}`);
      await leave(store.storage, group, 'bob');
      await store.storage.removeMember({ tenant: TENANT, author: 'ann', conversation: group, cid: cid(), user: 'cyd' });
      const seen: number[] = [];
      for (let after = 0; ;) {
        const page = await store.storage.auditedRange(TENANT, group, { after, limit: 3 });
        assert.ok(page);
        assert.deepEqual([page.head, page.floor], [7, 1]);
        if (page.entries.length === 0) break;
        seen.push(...page.entries.map(({ seq }) => seq));
        after = page.to;
      }
      assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7]);
      const last = await store.storage.auditedRange(TENANT, group, { before: 7, limit: 2 });
      assert.deepEqual(
        last?.entries.map(({ seq }) => seq),
        [5, 6],
      );
      assert.deepEqual((await store.storage.members(TENANT, group)).map(({ user, active }) => [user, active]).sort(), [
        ['ann', true],
        ['bob', false],
      ]);
    });

    test('[U2] a conversation is shown without marks and counts of anybody', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await say(store.storage, group, 'ann', 'unread by bob');
      const { updatedAt, ...shown } = (await store.storage.auditedConversation(TENANT, group)) ?? {};
      assert.ok(updatedAt);
      assert.deepEqual(shown, {
        id: group,
        kind: 'group',
        title: 'Trauma team',
        initiator: 'ann',
        members: ['ann', 'bob'],
        memberCount: 2,
        head: 2,
        floor: 1,
        active: false,
        ended: false,
        marks: { delivered: 0, read: 0 },
        unread: 0,
        last: null,
      });
    });

    test('[G15, U2] of another tenant there is nothing, and what nobody ever made is not there', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob'], 'south');
      for (const id of [group, '00000000-0000-4000-8000-000000000000']) {
        assert.equal(await store.storage.auditedRange(TENANT, id, { limit: 10 }), null);
        assert.equal(await store.storage.auditedConversation(TENANT, id), null);
      }
      assert.equal((await store.storage.auditedRange('south', group, { limit: 10 }))?.head, 1);
    });
  });
}
