import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { MemberChange } from '../../../server/storage/storage.js';
import {
  changed,
  cid,
  created,
  invitationsOf,
  invite,
  leave,
  message,
  say,
  seenBy,
  shared,
  signUp,
  startDirect,
  startGroup,
  TENANT,
} from './builders.js';
import type { StorageFactory } from './contract.js';

export function endSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: ending and renaming`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cyd', 'dan']);
    });
    after(() => store.stop());
    const change = (author: string, conversation: string): MemberChange => ({ tenant: TENANT, author, cid: cid(), conversation });

    test('[E15] [SPEC L10] its initiator ends it for all: it stays readable, and nothing is said there any more', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      const said = message(group, 'bob', 'said before');
      await store.storage.append(said);
      const input = change('ann', group);
      const result = await store.storage.end(input);
      const entry = changed(result);
      assert.deepEqual(entry.body, { kind: 'ended' });
      assert.ok(result.status === 'appended');
      assert.deepEqual(result.revised.map(({ user }) => user).sort(), ['ann', 'bob', 'cyd']);
      const seen = await seenBy(store.storage, 'bob', group);
      assert.deepEqual([seen?.ended, seen?.active, seen?.head], [true, true, entry.seq]);
      assert.equal((await store.storage.range(TENANT, 'bob', group, { limit: 10 }))?.entries.length, entry.seq);
      assert.equal((await store.storage.append(said)).status, 'duplicate', 'what was said stays said');
      const refused = { status: 'refused', standing: 'member', ended: true };
      assert.deepEqual(await store.storage.append(message(group, 'bob')), refused);
      assert.deepEqual(await store.storage.invite({ ...change('bob', group), users: ['dan'] }), refused);
      assert.deepEqual(await store.storage.rename({ ...change('bob', group), title: 'Later' }), refused);
      assert.equal((await store.storage.mark(TENANT, 'bob', group, { read: entry.seq })).status, 'moved');
      assert.deepEqual(await store.storage.end(input), { status: 'duplicate', entry });
      assert.deepEqual(await store.storage.end(change('ann', group)), { status: 'unchanged', seq: entry.seq });
      assert.equal(changed(await store.storage.leave(change('bob', group))).body.kind, 'left');
    });

    test('[E15] [SPEC L10] nobody else ends it but an admin who is in it', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      assert.deepEqual(await store.storage.end(change('bob', group)), { status: 'refused', standing: 'member', ended: false });
      const stranger = { status: 'refused', standing: 'stranger', ended: false };
      assert.equal((await store.storage.end({ ...change('dan', group), admin: true })).status, 'refused');
      assert.deepEqual(await store.storage.end(change('dan', group)), stranger);
      await leave(store.storage, group, 'ann');
      assert.equal((await store.storage.end(change('ann', group))).status, 'refused');
      assert.equal(changed(await store.storage.end({ ...change('cyd', group), admin: true })).author, 'cyd');
      assert.deepEqual(await store.storage.end(change('bob', group)), { status: 'refused', standing: 'member', ended: true });
      const left = await seenBy(store.storage, 'ann', group);
      assert.equal(left?.ended, false, 'who had left before learns nothing of the end');
    });

    test('[E15] [SPEC L11] the pair of an ended direct chat may start a new one, and finds that one from then on', async () => {
      const first = await startDirect(store.storage, 'ann', 'bob');
      await store.storage.end(change('ann', first));
      const again = { tenant: TENANT, author: 'bob', kind: 'direct' as const, members: ['ann'] };
      const second = created(await store.storage.createConversation({ ...again, cid: cid() }));
      assert.notEqual(second.conversation, first);
      assert.deepEqual(await store.storage.createConversation({ ...again, cid: cid() }), {
        status: 'found',
        conversation: second.conversation,
      });
      assert.equal((await seenBy(store.storage, 'bob', first))?.ended, true);
      assert.equal((await seenBy(store.storage, 'bob', second.conversation))?.initiator, 'bob');
    });

    test('[E6] [SPEC I6] an invitation to what was ended is open no more, and says why', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await store.storage.invite({ ...change('ann', group), users: ['cyd'], join: 'invite' });
      const ended = await store.storage.end(change('ann', group));
      assert.ok(ended.status === 'appended');
      assert.deepEqual(
        ended.invitations.map(({ user }) => user),
        ['cyd'],
      );
      assert.ok(!(await invitationsOf(store.storage, 'cyd')).some(({ conversation }) => conversation === group));
      const refused = { status: 'refused', standing: 'invited', ended: true };
      assert.deepEqual(await store.storage.join(change('cyd', group)), refused);
      assert.deepEqual(await store.storage.decline(change('cyd', group)), refused);
    });

    test('[E23] [SPEC L12] a group gets another title and description, by any member; what is not named stays, and null removes', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      await store.storage.invite({ ...change('ann', group), users: ['dan'], join: 'invite' });
      const input = { ...change('bob', group), title: 'Night shift', description: 'Ward 3' };
      const result = await store.storage.rename(input);
      const entry = changed(result);
      assert.deepEqual(entry.body, { kind: 'renamed', title: 'Night shift', description: 'Ward 3' });
      assert.ok(result.status === 'appended');
      assert.deepEqual(result.revised.map(({ user }) => user).sort(), ['ann', 'bob', 'cyd']);
      for (const { user, revision } of result.revised)
        assert.equal((await store.storage.userState(TENANT, user, 1)).revision, revision, `${user} has their own revision`);
      assert.deepEqual(
        result.invitations.map(({ user }) => user),
        ['dan'],
      );
      assert.equal((await invitationsOf(store.storage, 'dan'))[0]?.title, 'Night shift');
      const seen = await seenBy(store.storage, 'cyd', group);
      assert.deepEqual([seen?.title, seen?.description], ['Night shift', 'Ward 3']);
      assert.deepEqual(await store.storage.rename(input), { status: 'duplicate', entry });
      assert.deepEqual(await store.storage.rename({ ...input, title: 'Other' }), { status: 'conflict' });
      const same = { ...change('cyd', group), title: 'Night shift', description: 'Ward 3' };
      assert.deepEqual(await store.storage.rename(same), { status: 'unchanged', seq: entry.seq });
      // Of two who change one thing each, neither takes back what the other did, whatever they had seen of it.
      const [titled, described] = await Promise.all([
        store.storage.rename({ ...change('ann', group), title: 'Day shift' }),
        store.storage.rename({ ...change('bob', group), description: 'Ward 4' }),
      ]);
      const bodies = [titled, described].map((one) => changed(one)).sort((a, b) => a.seq - b.seq);
      assert.deepEqual(bodies.at(-1)?.body, { kind: 'renamed', title: 'Day shift', description: 'Ward 4' });
      assert.deepEqual(await store.storage.rename(change('cyd', group)), { status: 'unchanged', seq: bodies.at(-1)?.seq });
      const none = { ...change('cyd', group), title: null, description: null };
      assert.deepEqual(changed(await store.storage.rename(none)).body, { kind: 'renamed' });
      const bare = await seenBy(store.storage, 'cyd', group);
      assert.ok(bare && !('title' in bare) && !('description' in bare));
    });

    test('[G12] [SPEC L12] who has left knows the title that it had when they left', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await leave(store.storage, group, 'bob');
      await store.storage.rename({ ...change('ann', group), title: 'Without bob' });
      await say(store.storage, group, 'ann');
      assert.equal((await seenBy(store.storage, 'bob', group))?.title, 'Trauma team');
      await invite(store.storage, group, 'ann', ['bob']);
      assert.equal((await seenBy(store.storage, 'bob', group))?.title, 'Without bob');
    });

    test('a direct conversation has no title', async () => {
      const direct = await startDirect(store.storage, 'cyd', 'dan');
      assert.deepEqual(await store.storage.rename({ ...change('cyd', direct), title: 'Us' }), { status: 'direct' });
    });
  });
}
