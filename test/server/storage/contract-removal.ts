import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Storage } from '../../../server/storage/storage.js';
import {
  changed,
  cid,
  invitationsOf,
  invite,
  leave,
  message,
  readAll,
  say,
  seenBy,
  shared,
  signUp,
  startDirect,
  startGroup,
  TENANT,
} from './builders.js';
import type { StorageFactory } from './contract.js';

const STRANGER = { status: 'refused', standing: 'stranger', ended: false };

/** Who is taken out of a group is a stranger to it (reliability 8.2). */
export function removalSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: removal of members`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cyd', 'dan']);
    });
    after(() => store.stop());
    const change = (author: string, conversation: string, user: string, more: object = {}) => ({
      tenant: TENANT,
      author,
      conversation,
      cid: cid(),
      user,
      ...more,
    });
    const remove = async (author: string, conversation: string, user: string) =>
      changed(await store.storage.removeMember(change(author, conversation, user)));

    test('[L14] its initiator takes somebody out: an entry says so to those who stay, and to nobody else', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      await say(store.storage, group, 'bob', 'once');
      const before = await store.storage.heads(TENANT, 'bob', 10);
      const result = await store.storage.removeMember(change('ann', group, 'bob'));
      const entry = changed(result);
      assert.deepEqual([entry.seq, entry.author, entry.body], [3, 'ann', { kind: 'removed', users: ['bob'] }]);
      assert.ok(result.status === 'appended');
      assert.deepEqual(result.users, ['bob']);
      assert.deepEqual(
        result.revised,
        [{ user: 'bob', revision: before.revision + 1 }],
        'their list is another, and nobody else reads one',
      );
      assert.deepEqual((await readAll(store.storage, group, 'cyd')).at(-1), entry);
      const summary = await seenBy(store.storage, 'cyd', group);
      assert.deepEqual([summary?.members, summary?.memberCount], [['ann', 'cyd'], 2]);
      assert.deepEqual(
        (await store.storage.members(TENANT, group, 'cyd')).map(({ user }) => user).sort(),
        ['ann', 'cyd'],
        'they are no member of it any more, not even a former one',
      );
    });

    test('[G12, L14] no way of reading shows them anything of it, and they may do nothing in it', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      const sent = message(group, 'bob', 'needle');
      await store.storage.append(sent);
      const renaming = { ...change('bob', group, 'bob'), title: 'By bob' };
      await store.storage.rename(renaming);
      await remove('ann', group, 'bob');
      assert.deepEqual(await everything(store.storage, group, 'bob'), NOTHING);
      for (const act of [
        store.storage.append(sent),
        store.storage.rename(renaming),
        store.storage.append(message(group, 'bob', 'again')),
        store.storage.mark(TENANT, 'bob', group, { read: 1 }),
        store.storage.leave(change('bob', group, 'bob')),
        store.storage.invite({ ...change('bob', group, 'bob'), users: ['dan'] }),
        store.storage.removeMember(change('bob', group, 'cyd')),
        store.storage.removeMember(change('bob', group, 'cyd', { admin: true })),
      ])
        assert.deepEqual(await act, STRANGER);
    });

    test('[L14] asked again they begin anew, with nothing of what they had seen before and no marks of then', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      await say(store.storage, group, 'ann', 'before');
      await store.storage.mark(TENANT, 'bob', group, { read: 2 });
      await remove('ann', group, 'bob');
      await say(store.storage, group, 'ann', 'between');
      const joined = await invite(store.storage, group, 'cyd', ['bob']);
      const said = await say(store.storage, group, 'ann', 'after');
      assert.deepEqual(await readAll(store.storage, group, 'bob'), [joined, said]);
      const summary = await seenBy(store.storage, 'bob', group);
      assert.deepEqual([summary?.floor, summary?.marks, summary?.unread], [joined.seq, { delivered: 0, read: 0 }, 1]);
      await leave(store.storage, group, 'bob');
      assert.equal((await readAll(store.storage, group, 'bob'))[0]?.seq, joined.seq, 'and who leaves then keeps that period alone');
    });

    test('[L14] who was asked is asked no more, and who had left and was asked loses their period too', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      await leave(store.storage, group, 'bob');
      const ask = { ...change('ann', group, 'bob'), users: ['bob', 'dan'], join: 'invite' as const };
      changed(await store.storage.invite(ask));
      for (const user of ['dan', 'bob']) {
        const result = await store.storage.removeMember(change('ann', group, user));
        assert.ok(result.status === 'appended');
        assert.deepEqual([result.users, result.revised], [[], []], 'nobody went: they were not in');
        assert.deepEqual(
          result.invitations.map((revised) => revised.user),
          [user],
        );
        assert.deepEqual(await invitationsOf(store.storage, user), []);
        assert.deepEqual(await everything(store.storage, group, user), NOTHING);
        assert.deepEqual(await store.storage.join(change(user, group, user)), STRANGER);
      }
      assert.equal((await seenBy(store.storage, 'ann', group))?.memberCount, 2);
    });

    test('[L14, E15] only its initiator and an admin may, of a group that goes on, and more than once changes nothing', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd', 'dan']);
      const plain = await store.storage.removeMember(change('bob', group, 'cyd'));
      assert.deepEqual(plain, { status: 'refused', standing: 'member', ended: false });
      const asAdmin = change('bob', group, 'cyd', { admin: true });
      const entry = changed(await store.storage.removeMember(asAdmin));
      assert.deepEqual(await store.storage.removeMember(asAdmin), { status: 'duplicate', entry });
      assert.deepEqual(await store.storage.removeMember({ ...asAdmin, user: 'dan' }), { status: 'conflict' });
      assert.deepEqual(await store.storage.removeMember(change('ann', group, 'cyd')), { status: 'unchanged', seq: entry.seq });
      assert.deepEqual(await store.storage.removeMember(change('ann', group, 'nobody')), { status: 'unchanged', seq: entry.seq });
      const direct = await startDirect(store.storage, 'ann', 'dan');
      assert.deepEqual(await store.storage.removeMember(change('ann', direct, 'dan')), { status: 'direct' });
      await store.storage.end({ tenant: TENANT, author: 'ann', conversation: group, cid: cid() });
      const late = await store.storage.removeMember(change('ann', group, 'dan'));
      assert.ok(late.status === 'refused' && late.ended);
    });

    test('[G13] every node hears that they are out, once', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      const { cursor } = await store.storage.revocationsSince(null);
      await remove('ann', group, 'bob');
      await store.storage.removeMember(change('ann', group, 'bob'));
      assert.deepEqual((await store.storage.revocationsSince(cursor)).members, [{ tenant: TENANT, conversation: group, user: 'bob' }]);
    });

    test('[attack 46] a send that races the removal is before it, or refused', async () => {
      let refused = 0;
      for (let round = 0; round < 60; round++) {
        const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
        const removing = () => remove('ann', group, 'bob');
        const first = round % 2 === 0 ? removing() : null;
        const sending = store.storage.append(message(group, 'bob'));
        // Which of two calls at once comes first is the engine's word: every other send has a start.
        if (!first) await store.storage.ping();
        const [sent, { seq }] = await Promise.all([sending, first ?? removing()]);
        const written = (await readAll(store.storage, group, 'cyd')).filter(({ body }) => body.kind === 'message');
        if (sent.status === 'appended') assert.ok(sent.entry.seq < seq && written.length === 1);
        else {
          assert.deepEqual([sent, written], [STRANGER, []]);
          refused += 1;
        }
      }
      assert.ok(refused > 0 && refused < 60, `the race had both outcomes: ${refused} of 60 were refused`);
    });
  });
}

/** All that a store tells somebody of a conversation. */
async function everything(storage: Storage, conversation: string, user: string) {
  const state = await storage.userState(TENANT, user, 100);
  const { heads } = await storage.heads(TENANT, user, 100);
  const hits = await storage.searchMessages(TENANT, user, { text: 'needle', limit: 10 });
  return {
    range: await storage.range(TENANT, user, conversation, { limit: 10 }),
    one: await storage.conversation(TENANT, user, conversation),
    told: (await storage.summaries(TENANT, conversation, [user, 'ann'])).get(user),
    list: (await storage.conversations(TENANT, user, { ids: [conversation], limit: 1 })).conversations,
    state: state.conversations.filter(({ id }) => id === conversation),
    heads: heads.filter((head) => head.conversation === conversation),
    rooms: (await storage.activeConversations(TENANT, user)).filter((id) => id === conversation),
    members: await storage.members(TENANT, conversation, user),
    found: hits?.hits.filter((hit) => hit.conversation === conversation),
    foundIn: await storage.searchMessages(TENANT, user, { text: 'needle', conversation, limit: 10 }),
    standing: await storage.standing(TENANT, user, conversation),
  };
}

const NOTHING = {
  range: null,
  one: null,
  told: undefined,
  list: [],
  state: [],
  heads: [],
  rooms: [],
  members: [],
  found: [],
  foundIn: null,
  standing: { standing: 'stranger', ended: false },
};
