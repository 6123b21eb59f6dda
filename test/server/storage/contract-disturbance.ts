import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  changed,
  cid,
  created,
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

export function disturbanceSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: do not disturb`, () => {
    const store = shared(open);
    let person = 0;
    before(() => store.start());
    after(() => store.stop());
    /** People of whom nobody has heard: a wish not to be disturbed holds in all conversations at once. */
    const people = async (): Promise<[string, string, string]> => {
      const ids = [`ann-${(person += 1)}`, `bob-${person}`, `cyd-${person}`] as [string, string, string];
      await signUp(store.storage, ids);
      return ids;
    };
    const set = (user: string, availability: 'dnd' | 'available' | 'busy') =>
      store.storage.setAvailability(TENANT, user, availability, undefined);
    const dnd = { status: 'refused', standing: 'member', ended: false, dnd: true };

    test('[S6] [SPEC N1] who does not want to be disturbed says nothing: no message, no invitation, no conversation, no title', async () => {
      const [ann, bob, cyd] = await people();
      const group = await startGroup(store.storage, bob, [ann]);
      const direct = await startDirect(store.storage, bob, ann);
      const said = message(group, ann, 'before');
      await store.storage.append(said);
      await set(ann, 'dnd');
      const change = { tenant: TENANT, author: ann, conversation: group, cid: cid() };
      assert.deepEqual(await store.storage.append(message(group, ann)), dnd);
      assert.deepEqual(await store.storage.append(message(direct, ann)), dnd);
      assert.equal((await store.storage.append(said)).status, 'duplicate', 'what was said stays said');
      assert.deepEqual(await store.storage.invite({ ...change, users: [cyd] }), dnd);
      assert.deepEqual(await store.storage.rename({ ...change, title: 'x' }), dnd);
      assert.deepEqual(await store.storage.standing(TENANT, ann, group), { standing: 'member', ended: false, dnd: true });
      const start = { tenant: TENANT, author: ann, cid: cid(), kind: 'group' as const, members: [bob] };
      assert.deepEqual(await store.storage.createConversation(start), { status: 'refused', standing: 'stranger', ended: false, dnd: true });
      const found = await store.storage.createConversation({ ...start, kind: 'direct' });
      assert.deepEqual(found, { status: 'found', conversation: direct }, 'to open what is there is to read');
      await set(ann, 'busy');
      assert.equal((await store.storage.append(message(group, ann))).status, 'appended');
    });

    test('[S6] [SPEC N2] what others say waits, on every way of reading, and is there when it ends', async () => {
      const [ann, bob, cyd] = await people();
      const group = await startGroup(store.storage, bob, [ann, cyd]);
      await say(store.storage, group, bob, 'before');
      const before = await seenBy(store.storage, ann, group);
      const { disturbance, revision } = await set(ann, 'dnd');
      assert.deepEqual(disturbance, { held: true, conversations: [{ conversation: group, head: 2 }], behind: [] });
      const held = await say(store.storage, group, bob, 'held');
      await store.storage.rename({ tenant: TENANT, author: bob, conversation: group, cid: cid(), title: 'Behind their back' });
      assert.deepEqual(await seenBy(store.storage, ann, group), before);
      assert.equal((await readAll(store.storage, group, ann)).length, 2);
      assert.deepEqual((await store.storage.heads(TENANT, ann, 10)).heads, [{ conversation: group, head: 2 }]);
      assert.deepEqual(await store.storage.activeConversations(TENANT, ann), []);
      assert.equal((await store.storage.mark(TENANT, ann, group, { read: 3 })).status, 'beyond-head');
      assert.deepEqual((await store.storage.searchMessages(TENANT, ann, { text: 'held', limit: 5 }))?.hits, []);
      const state = await store.storage.userState(TENANT, ann, 10);
      assert.equal(state.revision, revision, 'not a word, not even that something came');
      const members = await store.storage.members(TENANT, group, cyd);
      assert.deepEqual(
        members.filter((member) => member.held).map(({ user }) => user),
        [ann],
      );
      const over = await set(ann, 'available');
      assert.deepEqual(over.disturbance, {
        held: false,
        conversations: [{ conversation: group, head: 4 }],
        behind: [{ conversation: group, head: 4 }],
      });
      assert.equal(over.revision, revision + 2, 'a revision that does not follow: every device fetches the state');
      const after = await seenBy(store.storage, ann, group);
      assert.deepEqual([after?.head, after?.unread, after?.last], [4, 2, held]);
      assert.equal(after?.title, 'Behind their back');
      assert.equal((await readAll(store.storage, group, ann)).length, 4);
      assert.ok(!(await store.storage.members(TENANT, group, cyd)).some((member) => member.held));
    });

    test('[S6] [SPEC N2] two entries of one millisecond are told apart: the one before is seen, the one after waits', async () => {
      const [ann, bob] = await people();
      const direct = await startDirect(store.storage, bob, ann);
      for (let round = 0; round < 20; round += 1) {
        const [before, { disturbance }, after] = await Promise.all([
          store.storage.append(message(direct, bob)),
          set(ann, 'dnd'),
          store.storage.append(message(direct, bob)),
        ]);
        assert.ok(before.status === 'appended' && after.status === 'appended');
        // Which of them came before is for the engine to say; what it said holds.
        const known = disturbance?.conversations[0]?.head ?? NaN;
        assert.ok(before.entry.seq - 1 <= known && known <= after.entry.seq);
        assert.equal((await store.storage.range(TENANT, ann, direct, { limit: 1 }))?.head, known);
        await set(ann, 'available');
      }
    });

    test('[S6] [SPEC N2] whoever was let in, left, and was let in again while all of it waited knows nothing of it', async () => {
      const [ann, bob, cyd] = await people();
      const group = await startGroup(store.storage, bob, [cyd]);
      await set(ann, 'dnd');
      await invite(store.storage, group, bob, [ann]);
      await leave(store.storage, group, ann);
      await invite(store.storage, group, bob, [ann]);
      assert.equal(await seenBy(store.storage, ann, group), null);
      assert.deepEqual((await store.storage.heads(TENANT, ann, 10)).heads, []);
      await set(ann, 'available');
      assert.equal((await seenBy(store.storage, ann, group))?.head, 4);
    });

    test('[S6] [SPEC N2] a conversation that began meanwhile, or that they were let into, is there when it ends', async () => {
      const [ann, bob, cyd] = await people();
      const old = await startGroup(store.storage, bob, [cyd]);
      await set(ann, 'dnd');
      const start = { tenant: TENANT, author: bob, cid: cid(), kind: 'direct' as const, members: [ann] };
      const started = created(await store.storage.createConversation(start));
      assert.deepEqual(started.held, [ann]);
      assert.deepEqual(
        started.revised.map(({ user }) => user),
        [bob],
      );
      const change = { tenant: TENANT, author: bob, conversation: old, cid: cid(), users: [ann] };
      const joined = await store.storage.invite(change);
      assert.ok(joined.status === 'appended');
      assert.deepEqual(joined.held, [ann]);
      for (const id of [started.conversation, old]) {
        assert.equal(await seenBy(store.storage, ann, id), null);
        assert.equal(await store.storage.range(TENANT, ann, id, { limit: 5 }), null);
      }
      assert.deepEqual((await store.storage.userState(TENANT, ann, 10)).conversations, []);
      const { disturbance } = await set(ann, 'available');
      assert.equal(disturbance?.conversations.length, 2);
      assert.deepEqual((await store.storage.activeConversations(TENANT, ann)).sort(), [started.conversation, old].sort());
      assert.equal((await seenBy(store.storage, ann, old))?.floor, 2);
    });

    test('[S6] [SPEC N2] an invitation waits too; to answer an older one, to leave and to end are allowed and seen at once', async () => {
      const [ann, bob, cyd] = await people();
      const change = (author: string, conversation: string) => ({ tenant: TENANT, author, conversation, cid: cid() });
      const [asked, waits, left] = await Promise.all([1, 2, 3].map(() => startGroup(store.storage, bob, [cyd])));
      assert.ok(asked && waits && left);
      const own = await startGroup(store.storage, ann, [bob]);
      changed(await store.storage.invite({ ...change(bob, left), users: [ann] }));
      changed(await store.storage.invite({ ...change(bob, asked), users: [ann], join: 'invite' }));
      await set(ann, 'dnd');
      let now = Date.now();
      while (Date.now() === now) now = Date.now();
      const later = await store.storage.invite({ ...change(bob, waits), users: [ann], join: 'invite' });
      assert.ok(later.status === 'appended' && later.invitations.length === 0);
      const open = async () => (await invitationsOf(store.storage, ann)).map(({ conversation }) => conversation);
      assert.deepEqual(await open(), [asked]);
      const joined = changed(await store.storage.join(change(ann, asked)));
      assert.equal((await seenBy(store.storage, ann, asked))?.head, joined.seq);
      changed(await store.storage.leave(change(ann, left)));
      assert.equal((await seenBy(store.storage, ann, left))?.active, false);
      changed(await store.storage.end(change(ann, own)));
      assert.equal((await seenBy(store.storage, ann, own))?.ended, true);
      await set(ann, 'available');
      assert.deepEqual(await open(), [waits]);
    });

    test('[S6] [SPEC N4] with the policy block a message to one person who wants not to be disturbed is refused, and one to a group is not', async () => {
      const [ann, bob, cyd] = await people();
      const direct = await startDirect(store.storage, bob, ann);
      const group = await startGroup(store.storage, bob, [ann, cyd]);
      const said = message(direct, bob, 'before', { block: true });
      assert.equal((await store.storage.append(said)).status, 'appended');
      await set(ann, 'dnd');
      assert.deepEqual(await store.storage.append(message(direct, bob, 'x', { block: true })), { status: 'recipient-dnd' });
      assert.equal((await store.storage.append(said)).status, 'duplicate');
      assert.equal((await store.storage.append(message(direct, bob, 'held'))).status, 'appended', 'the policy hold');
      assert.equal((await store.storage.append(message(group, bob, 'x', { block: true }))).status, 'appended');
      await set(ann, 'available');
      assert.equal((await store.storage.append(message(direct, bob, 'x', { block: true }))).status, 'appended');
    });
  });
}
