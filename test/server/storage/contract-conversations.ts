import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LIMITS, ParleyError } from '#protocol';
import { changed, cid, created, invite, leave, message, say, seenBy, shared, signUp, startDirect, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

export function conversationSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: conversations and members`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cyd', 'dan', 'eve']);
    });
    after(() => store.stop());
    const create = (members: readonly string[], more: object = {}) =>
      store.storage.createConversation({ tenant: TENANT, author: 'ann', cid: cid(), kind: 'group', members, ...more });

    test('a conversation begins with a `started` entry that names everybody and carries the cid of the command', async () => {
      const id = cid();
      const result = created(await create(['bob', 'cyd'], { title: 'Night shift', cid: id }));
      assert.deepEqual(result.entry.body, { kind: 'started', users: ['ann', 'bob', 'cyd'], title: 'Night shift' });
      assert.equal(result.entry.seq, 1);
      assert.equal(result.entry.cid, id);
      assert.deepEqual(result.revised.map((revised) => revised.user).sort(), ['ann', 'bob', 'cyd']);
      const range = await store.storage.range(TENANT, 'cyd', result.conversation, { limit: 10 });
      assert.deepEqual(range, { entries: [result.entry], from: 1, to: 1, head: 1, floor: 1 });
    });

    test('[C3] the same cid and content finds the conversation, other content is a conflict', async () => {
      const id = cid();
      const first = created(await create(['bob'], { cid: id, title: 'A' }));
      assert.deepEqual(await create(['bob', 'ann', 'bob'], { cid: id, title: 'A' }), { status: 'found', conversation: first.conversation });
      assert.deepEqual(await create(['bob'], { cid: id, title: 'B' }), { status: 'conflict' });
      assert.deepEqual(await create(['cyd'], { cid: id, title: 'A' }), { status: 'conflict' });
    });

    test('a pair has one direct conversation, whoever starts it and however often at once', async () => {
      const results = await Promise.all([
        create(['dan'], { kind: 'direct' }),
        create(['dan'], { kind: 'direct' }),
        create(['ann'], { kind: 'direct', author: 'dan' }),
      ]);
      const [first, ...rest] = results;
      assert.ok(first);
      const { conversation } = created(first);
      assert.deepEqual(rest, [
        { status: 'found', conversation },
        { status: 'found', conversation },
      ]);
    });

    test('[G15] equal pairs of two tenants are two conversations, and neither is seen from the other', async () => {
      await signUp(store.storage, ['ann', 'bob'], 'south');
      const here = await startDirect(store.storage, 'ann', 'bob');
      const there = await startDirect(store.storage, 'ann', 'bob', 'south');
      assert.notEqual(here, there);
      assert.equal(await store.storage.conversation('south', 'ann', here), null);
      assert.equal(await store.storage.range('south', 'ann', here, { limit: 10 }), null);
      assert.deepEqual(await store.storage.members('south', here), []);
      assert.deepEqual(await store.storage.standing('south', 'ann', here), { standing: 'stranger', ended: false });
      const refused = { status: 'refused', standing: 'stranger', ended: false };
      assert.deepEqual(await store.storage.append({ ...message(here, 'ann'), tenant: 'south' }), refused);
      assert.deepEqual(await store.storage.mark('south', 'ann', here, { read: 1 }), refused);
      assert.deepEqual(
        await store.storage.invite({ tenant: 'south', author: 'ann', conversation: here, cid: cid(), users: ['bob'] }),
        refused,
      );
      assert.deepEqual(await store.storage.leave({ tenant: 'south', author: 'ann', conversation: here, cid: cid() }), refused);
    });

    test('[attack 44] nobody starts a conversation with only themselves', async () => {
      const invalid = (error: unknown) => error instanceof ParleyError && error.code === 'INVALID';
      await assert.rejects(create(['ann'], { kind: 'direct' }), invalid);
      await assert.rejects(create(['bob', 'cyd'], { kind: 'direct' }), invalid);
      await assert.rejects(create(['ann'], {}), invalid);
    });

    test('people that the directory does not know are named and nothing is written', async () => {
      const before = await store.storage.heads(TENANT, 'ann', 50);
      assert.deepEqual(await create(['bob', 'ghost', 'wraith']), { status: 'unknown-people', users: ['ghost', 'wraith'] });
      assert.deepEqual(await store.storage.heads(TENANT, 'ann', 50), before);
    });

    test('[G12] [B13] an invitation lets people in from the entry that says so', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await say(store.storage, group, 'ann', 'before');
      const result = await store.storage.invite({ tenant: TENANT, author: 'bob', conversation: group, cid: cid(), users: ['cyd', 'bob'] });
      const entry = changed(result);
      assert.deepEqual(entry.body, { kind: 'joined', users: ['cyd'] });
      assert.ok(result.status === 'appended');
      assert.deepEqual(result.users, ['cyd']);
      assert.deepEqual(
        result.revised.map((revised) => revised.user),
        ['cyd'],
        'SPEC S8: the entry tells the others',
      );
      const seen = await seenBy(store.storage, 'cyd', group);
      assert.equal(seen?.floor, entry.seq);
      assert.equal(seen.last, null, 'what was said before is not theirs');
      assert.equal(seen.memberCount, 3);
    });

    test('[C3] inviting again with the same cid answers with the same entry; all in already is unchanged', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const change = { tenant: TENANT, author: 'ann', conversation: group, cid: cid(), users: ['cyd', 'bob'] };
      const entry = changed(await store.storage.invite(change));
      assert.deepEqual(await store.storage.invite({ ...change, users: ['bob', 'cyd'] }), { status: 'duplicate', entry });
      assert.deepEqual(await store.storage.invite({ ...change, users: ['cyd'] }), { status: 'conflict' });
      assert.deepEqual(await store.storage.invite({ ...change, cid: cid() }), { status: 'unchanged', seq: entry.seq });
      assert.deepEqual(await store.storage.invite({ ...change, cid: cid(), users: ['ghost'] }), {
        status: 'unknown-people',
        users: ['ghost'],
      });
      assert.deepEqual(await store.storage.append(message(group, 'ann', 'x', { cid: change.cid })), { status: 'conflict' });
    });

    test('a direct conversation keeps its two members', async () => {
      const direct = await startDirect(store.storage, 'bob', 'cyd');
      const change = { tenant: TENANT, author: 'bob', conversation: direct, cid: cid() };
      assert.deepEqual(await store.storage.invite({ ...change, users: ['ann'] }), { status: 'direct' });
      assert.deepEqual(await store.storage.leave(change), { status: 'direct' });
    });

    test('[R5] a chat that one has left asks for nothing: it has no unread messages', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await say(store.storage, group, 'ann', 'one');
      assert.equal((await seenBy(store.storage, 'bob', group))?.unread, 1);
      await leave(store.storage, group, 'bob');
      assert.equal((await seenBy(store.storage, 'bob', group))?.unread, 0);
    });

    test('[matrix] a stranger and somebody who left may not invite, send or mark; to leave again changes nothing', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const { seq } = await leave(store.storage, group, 'bob');
      await say(store.storage, group, 'ann', 'after they left');
      for (const [author, standing] of [
        ['bob', 'left'],
        ['eve', 'stranger'],
      ] as const) {
        const refused = { status: 'refused', standing, ended: false };
        const change = { tenant: TENANT, author, conversation: group, cid: cid() };
        assert.deepEqual(await store.storage.invite({ ...change, users: ['cyd'] }), refused);
        const again = standing === 'left' ? { status: 'unchanged', seq } : refused;
        assert.deepEqual(await store.storage.leave(change), again);
        assert.deepEqual(await store.storage.append(message(group, author)), refused);
        assert.deepEqual(await store.storage.mark(TENANT, author, group, { read: 1 }), refused);
        assert.deepEqual(await store.storage.standing(TENANT, author, group), { standing, ended: false });
      }
    });

    test('[C3] leaving is answered the same when it is repeated, also after a return', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cyd']);
      const change = { tenant: TENANT, author: 'bob', conversation: group, cid: cid() };
      const result = await store.storage.leave(change);
      const entry = changed(result);
      assert.deepEqual(entry.body, { kind: 'left', users: ['bob'] });
      assert.ok(result.status === 'appended');
      assert.deepEqual(
        result.revised.map((revised) => revised.user),
        ['bob'],
        'SPEC S8: the entry tells the others',
      );
      assert.deepEqual(await store.storage.leave(change), { status: 'duplicate', entry });
      await invite(store.storage, group, 'ann', ['bob']);
      assert.deepEqual(await store.storage.leave(change), { status: 'duplicate', entry });
      assert.deepEqual(await store.storage.standing(TENANT, 'bob', group), { standing: 'member', ended: false });
    });

    test('[G12] who left keeps their own period and learns nothing of what came after', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await say(store.storage, group, 'ann', 'while bob is in');
      const left = await leave(store.storage, group, 'bob');
      const before = await seenBy(store.storage, 'bob', group);
      await invite(store.storage, group, 'ann', ['cyd']);
      const later = await say(store.storage, group, 'cyd', 'after bob');
      await store.storage.mark(TENANT, 'ann', group, { read: later.seq });
      assert.deepEqual(await seenBy(store.storage, 'bob', group), before);
      assert.equal(before?.head, left.seq);
      assert.equal(before.active, false);
      assert.equal(before.updatedAt, left.at);
      assert.deepEqual(before.members, ['ann']);
      assert.deepEqual(await store.storage.members(TENANT, group, 'bob'), [
        { user: 'ann', active: true, marks: { delivered: left.seq, read: left.seq } },
        { user: 'bob', active: false, marks: { delivered: 0, read: 0 } },
      ]);
      assert.deepEqual((await store.storage.members(TENANT, group, 'cyd')).map((member) => member.user).sort(), ['ann', 'cyd']);
      assert.deepEqual(await store.storage.members(TENANT, group, 'eve'), []);
    });

    test('a group takes as many members as the limit says and not one more', async () => {
      const crowd = Array.from({ length: LIMITS.membersPerConversation }, (_, number) => `crowd-${number}`);
      await signUp(store.storage, crowd);
      const group = created(await create(crowd.slice(0, -2))).conversation;
      const change = { tenant: TENANT, author: 'ann', conversation: group, users: crowd };
      assert.deepEqual(await store.storage.invite({ ...change, cid: cid() }), { status: 'full' });
      assert.equal((await store.storage.invite({ ...change, cid: cid(), users: crowd.slice(-2, -1) })).status, 'appended');
      assert.deepEqual(await store.storage.invite({ ...change, cid: cid(), users: crowd.slice(-1) }), { status: 'full' });
      const seen = await seenBy(store.storage, 'crowd-500', group);
      assert.equal(seen?.memberCount, LIMITS.membersPerConversation);
      assert.equal(seen.members.length, LIMITS.membersInSummary);
      assert.ok(seen.members.includes('crowd-500'), 'the viewer is among those named');
    });
  });
}
