import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LIMITS } from '#protocol';
import type { MemberChange } from '../../../server/storage/storage.js';
import {
  changed,
  cid,
  created,
  invitationsOf,
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

export function invitationSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: invitations`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay']);
    });
    after(() => store.stop());
    const change = (author: string, conversation: string): MemberChange => ({ tenant: TENANT, author, cid: cid(), conversation });
    const ask = (author: string, conversation: string, ...users: string[]) =>
      store.storage.invite({ ...change(author, conversation), users, join: 'invite' });
    const open_ = async (user: string, conversation: string) =>
      (await invitationsOf(store.storage, user)).find((invitation) => invitation.conversation === conversation);
    const start = async (...members: string[]) =>
      created(
        await store.storage.createConversation({
          tenant: TENANT,
          author: 'ann',
          cid: cid(),
          kind: 'group',
          members,
          title: 'Tumour board',
          description: 'Every Tuesday',
          join: 'invite',
        }),
      );

    test('[B15] [SPEC I1] whoever is picked is asked: the author alone is in, and the others see inviter, title and number of members', async () => {
      const { conversation, entry, revised, invitations } = await start('bob', 'cyd');
      assert.deepEqual(entry.body, {
        kind: 'started',
        users: ['ann'],
        title: 'Tumour board',
        description: 'Every Tuesday',
        invited: ['bob', 'cyd'],
      });
      assert.deepEqual(
        revised.map(({ user }) => user),
        ['ann'],
      );
      assert.deepEqual(invitations.map(({ user }) => user).sort(), ['bob', 'cyd']);
      assert.deepEqual(await open_('bob', conversation), {
        conversation,
        inviter: 'ann',
        title: 'Tumour board',
        memberCount: 1,
        at: entry.at,
      });
      const state = await store.storage.userState(TENANT, 'bob', 10);
      assert.deepEqual(state.invitations, await invitationsOf(store.storage, 'bob'));
      assert.equal(state.revision, invitations.find(({ user }) => user === 'bob')?.revision);
      assert.ok(
        state.people.some(({ id }) => id === 'ann'),
        'the inviter is named',
      );
      const seen = await seenBy(store.storage, 'ann', conversation);
      assert.equal(seen?.memberCount, 1);
      assert.equal(seen.description, 'Every Tuesday');
      assert.equal(seen.initiator, 'ann');
      assert.deepEqual(await store.storage.members(TENANT, conversation, 'ann'), [
        { user: 'ann', active: true, marks: { delivered: 0, read: 0 } },
        { user: 'bob', active: false, invited: true, marks: { delivered: 0, read: 0 } },
        { user: 'cyd', active: false, invited: true, marks: { delivered: 0, read: 0 } },
      ]);
    });

    test('[B17] [SPEC I2] until they join, no way of reading finds anything, and nothing but an answer is theirs to give', async () => {
      const { conversation } = await start('bob');
      await say(store.storage, conversation, 'ann', 'before bob');
      assert.equal(await seenBy(store.storage, 'bob', conversation), null);
      assert.equal(await store.storage.range(TENANT, 'bob', conversation, { limit: 10 }), null);
      assert.deepEqual(await store.storage.members(TENANT, conversation, 'bob'), []);
      assert.ok(!(await store.storage.heads(TENANT, 'bob', 1_000)).heads.some((head) => head.conversation === conversation));
      assert.ok(!(await store.storage.activeConversations(TENANT, 'bob')).includes(conversation));
      const invited = { standing: 'invited', ended: false };
      assert.deepEqual(await store.storage.standing(TENANT, 'bob', conversation), invited);
      for (const refused of [
        await ask('bob', conversation, 'cyd'),
        await store.storage.leave(change('bob', conversation)),
        await store.storage.rename({ ...change('bob', conversation), title: 'Mine' }),
        await store.storage.end(change('bob', conversation)),
      ])
        assert.deepEqual(refused, { status: 'refused', ...invited });
      for (const refused of [
        await store.storage.append(message(conversation, 'bob')),
        await store.storage.mark(TENANT, 'bob', conversation, { read: 1 }),
      ])
        assert.equal(refused.status, 'refused');
    });

    test('[B15] [B16] [SPEC I3] who joins sees the log from their joining on, and joining again changes nothing', async () => {
      const { conversation } = await start('bob', 'cyd');
      await say(store.storage, conversation, 'ann', 'before bob');
      const input = change('bob', conversation);
      const result = await store.storage.join(input);
      const entry = changed(result);
      assert.deepEqual(entry.body, { kind: 'joined', users: ['bob'] });
      assert.ok(result.status === 'appended');
      assert.deepEqual(result.users, ['bob']);
      // The entry tells ann (SPEC S8); for cyd the number of members is no news of its own (SPEC I5).
      assert.deepEqual(
        result.revised.map(({ user }) => user),
        ['bob'],
      );
      assert.deepEqual(
        result.invitations.map(({ user }) => user),
        ['bob'],
      );
      const order = [...result.invitations, ...result.revised].filter(({ user }) => user === 'bob').map(({ revision }) => revision);
      assert.equal(order[1], (order[0] ?? 0) + 1, 'two changes of bob, one after the other');
      assert.equal((await open_('cyd', conversation))?.memberCount, 2);
      assert.equal(await open_('bob', conversation), undefined);
      const range = await store.storage.range(TENANT, 'bob', conversation, { limit: 10 });
      assert.deepEqual(range?.entries, [entry]);
      assert.equal((await seenBy(store.storage, 'bob', conversation))?.floor, entry.seq);
      assert.deepEqual(await store.storage.join(input), { status: 'duplicate', entry });
      assert.deepEqual(await store.storage.join(change('bob', conversation)), { status: 'unchanged', seq: entry.seq });
    });

    test('[B15] [SPEC I4] who declines is told of no more, the others read it, and may ask again', async () => {
      const { conversation } = await start('bob');
      const input = change('bob', conversation);
      const result = await store.storage.decline(input);
      const entry = changed(result);
      assert.deepEqual(entry.body, { kind: 'declined' });
      assert.ok(result.status === 'appended');
      assert.deepEqual([result.users, result.revised, result.invitations.map(({ user }) => user)], [[], [], ['bob']]);
      assert.equal(await open_('bob', conversation), undefined);
      assert.deepEqual(await store.storage.standing(TENANT, 'bob', conversation), { standing: 'stranger', ended: false });
      assert.deepEqual(await store.storage.decline(input), { status: 'duplicate', entry });
      for (const again of [await store.storage.decline(change('bob', conversation)), await store.storage.join(change('bob', conversation))])
        assert.deepEqual(again, { status: 'refused', standing: 'stranger', ended: false });
      assert.equal(changed(await ask('ann', conversation, 'bob')).body.kind, 'invited');
      assert.ok(await open_('bob', conversation));
    });

    test('[B13] [B15] [SPEC I1] any member asks; who is in or asked already is left out; under the other policy who was asked is let in', async () => {
      const { conversation } = await start('bob');
      const entry = changed(await ask('ann', conversation, 'ann', 'bob', 'cyd'));
      assert.deepEqual(entry.body, { kind: 'invited', users: ['cyd'] });
      assert.deepEqual(await ask('ann', conversation, 'bob', 'cyd'), { status: 'unchanged', seq: entry.seq });
      changed(await store.storage.join(change('cyd', conversation)));
      assert.equal(changed(await ask('cyd', conversation, 'dan')).author, 'cyd');
      assert.equal((await open_('dan', conversation))?.inviter, 'cyd');
      const direct = await store.storage.invite({ ...change('ann', conversation), users: ['dan'], join: 'direct' });
      assert.deepEqual(changed(direct).body, { kind: 'joined', users: ['dan'] });
      assert.equal(await open_('dan', conversation), undefined);
      assert.ok(direct.status === 'appended' && direct.invitations.some(({ user }) => user === 'dan'));
    });

    test('[C3] [SPEC C8] asking again with the same cid is answered with the same entry, whatever the policy is by then', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const input = { ...change('ann', group), users: ['cyd'] };
      const entry = changed(await store.storage.invite({ ...input, join: 'invite' }));
      assert.deepEqual(await store.storage.invite({ ...input, join: 'direct' }), { status: 'duplicate', entry });
      assert.deepEqual(await store.storage.invite({ ...input, users: ['dan'], join: 'invite' }), { status: 'conflict' });
    });

    test('[SPEC I2] who has left and is asked to come back reads their own period meanwhile', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      const left = await leave(store.storage, group, 'bob');
      changed(await ask('ann', group, 'bob'));
      const later = await say(store.storage, group, 'ann', 'while bob thinks about it');
      assert.deepEqual(await store.storage.standing(TENANT, 'bob', group), { standing: 'invited', ended: false, former: true });
      assert.equal((await store.storage.range(TENANT, 'bob', group, { limit: 10 }))?.head, left.seq);
      const joined = changed(await store.storage.join(change('bob', group)));
      const seen = await store.storage.range(TENANT, 'bob', group, { limit: 10 });
      assert.deepEqual(
        seen?.entries.map(({ seq }) => seq),
        [1, left.seq, joined.seq],
      );
      assert.ok(!seen.entries.some(({ seq }) => seq === later.seq));
    });

    test('nobody is asked to a direct conversation, and nobody who is not in the directory', async () => {
      const direct = await startDirect(store.storage, 'bob', 'eve');
      assert.deepEqual(await ask('bob', direct, 'ann'), { status: 'direct' });
      const { conversation } = await start('bob');
      assert.deepEqual(await ask('ann', conversation, 'ghost'), { status: 'unknown-people', users: ['ghost'] });
      const pair = { tenant: TENANT, author: 'fay', cid: cid(), kind: 'direct' as const, members: ['dan'], join: 'invite' as const };
      assert.deepEqual(created(await store.storage.createConversation(pair)).entry.body, { kind: 'started', users: ['fay', 'dan'] });
    });

    test('[SPEC I7] who was asked has a place kept: no more are asked than may be members', async () => {
      const crowd = Array.from({ length: LIMITS.membersPerConversation }, (_, number) => `guest-${number}`);
      await signUp(store.storage, crowd);
      const { conversation } = await start(...crowd.slice(0, LIMITS.membersPerConversation - 2));
      changed(await ask('ann', conversation, 'bob'));
      assert.deepEqual(await ask('ann', conversation, 'cyd'), { status: 'full' });
      assert.equal((await invitationsOf(store.storage, 'guest-0')).length, 1);
    });

    test('[SPEC I5] the snapshot has the newest open invitations, as many as the limit says', async () => {
      for (let number = 0; number <= LIMITS.invitations; number += 1) await start('fay');
      const open = await invitationsOf(store.storage, 'fay');
      assert.equal(open.length, LIMITS.invitations);
      assert.deepEqual(
        open.map(({ at }) => at),
        open.map(({ at }) => at).sort((a, b) => b - a),
      );
      const together = await store.storage.invitations(TENANT, ['bob', 'fay', 'nobody']);
      assert.deepEqual(together.get('fay')?.invitations, open);
      assert.deepEqual(together.get('bob')?.invitations, await invitationsOf(store.storage, 'bob'));
      assert.deepEqual([...together.keys()].sort(), ['bob', 'fay']);
      assert.deepEqual(
        together.get('fay')?.people.map(({ id }) => id),
        ['ann'],
      );
    });

    test('[G15] an invitation of another tenant is none', async () => {
      await signUp(store.storage, ['bob'], 'south');
      const { conversation } = await start('bob');
      assert.deepEqual(await invitationsOf(store.storage, 'bob', 'south'), []);
      const refused = { status: 'refused', standing: 'stranger', ended: false };
      assert.deepEqual(await store.storage.join({ ...change('bob', conversation), tenant: 'south' }), refused);
      assert.deepEqual(await store.storage.decline({ ...change('bob', conversation), tenant: 'south' }), refused);
    });
  });
}
