import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { PersonalStorage } from '../../../server/storage/acting.js';
import { eventually } from '../../support/eventually.js';
import { TENANT, cid, created, leave, message, say, shared, signUp, startGroup } from './builders.js';
import type { StorageFactory } from './contract.js';

const NOTHING = { users: [], members: [], people: [], tenants: [] };

export function revocationSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: revocations`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cid', 'dan']);
    });
    after(() => store.stop());

    /** What is told of all that the change does. */
    async function toldOf(change: () => Promise<unknown>) {
      const { cursor } = await store.storage.revocationsSince(null);
      await change();
      const told = await store.storage.revocationsSince(cursor);
      const { cursor: next, ...again } = await store.storage.revocationsSince(told.cursor);
      assert.deepEqual(again, NOTHING, 'and is told once');
      assert.equal(next, told.cursor);
      return told;
    }

    test('[attack 10] who is revoked is told to every node, and their tokens until then are refused, in their tenant only', async () => {
      const before = Date.now();
      assert.equal(await store.storage.tokensSince(TENANT, 'ann'), 0);
      const told = await toldOf(() => store.storage.revokeUser(TENANT, 'ann'));
      const at = await store.storage.tokensSince(TENANT, 'ann');
      assert.ok(at >= before && at <= Date.now(), String(at));
      assert.deepEqual(told.users, [{ tenant: TENANT, user: 'ann', at }]);
      assert.equal(await store.storage.tokensSince('other', 'ann'), 0);
      assert.equal(await store.storage.tokensSince(TENANT, 'bob'), 0);
      await store.storage.revokeUser(TENANT, 'ann');
      assert.ok((await store.storage.tokensSince(TENANT, 'ann')) >= at);
    });

    test('[attack 10] somebody whom the directory does not have is revoked too: a token may be their first word', async () => {
      await store.storage.revokeUser(TENANT, 'nobody');
      assert.ok((await store.storage.tokensSince(TENANT, 'nobody')) > 0);
    });

    test('[attack 10] deactivation revokes, and the tokens of before stay refused when they are active again', async () => {
      const told = await toldOf(() => store.storage.deactivatePerson(TENANT, 'dan'));
      const at = await store.storage.tokensSince(TENANT, 'dan');
      assert.ok(at > 0);
      assert.deepEqual(told.users, [{ tenant: TENANT, user: 'dan', at }]);
      await store.storage.putPeople(TENANT, [{ id: 'dan', name: 'Dan' }]);
      assert.equal(await store.storage.tokensSince(TENANT, 'dan'), at);
    });

    test('[G13] a message of who was revoked since their token was made is refused, whoever knows of it, and a repetition is too', async () => {
      const group = await startGroup(store.storage, 'cid', ['bob']);
      const since = Date.now() - 60_000;
      const said = message(group, 'cid', 'before', { issuedAt: since });
      assert.equal((await store.storage.append(said)).status, 'appended');
      await store.storage.revokeUser(TENANT, 'cid');
      const [late, others] = await Promise.all([
        store.storage.append(message(group, 'cid', 'after', { issuedAt: since })),
        store.storage.append(message(group, 'bob', 'beside it', { issuedAt: since })),
      ]);
      assert.deepEqual(late, { status: 'revoked' });
      assert.equal(others.status, 'appended');
      assert.deepEqual(await store.storage.append(said), { status: 'revoked' });
      const newer = message(group, 'cid', 'with a new token', { issuedAt: (await store.storage.tokensSince(TENANT, 'cid')) + 1 });
      assert.equal((await store.storage.append(newer)).status, 'appended');
    });

    test('[G13] once a revocation is answered nothing more of theirs is written, however much of it was under way', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const issuedAt = (await store.storage.tokensSince(TENANT, 'ann')) + 1;
      const send = () => store.storage.append(message(group, 'ann', 'a word', { issuedAt }));
      const head = async (): Promise<number> => (await store.storage.range(TENANT, 'bob', group, { limit: 1 }))?.head ?? 0;
      const sent: Promise<{ status: string }>[] = [];
      let talking = true;
      const talk = Array.from({ length: 8 }, async () => {
        while (talking) {
          sent.push(send());
          await sent.at(-1);
        }
      });
      await eventually(async () => ((await head()) > 20 ? true : undefined), 'a conversation');
      await store.storage.revokeUser(TENANT, 'ann');
      const before = await head();
      talking = false;
      await Promise.all(talk);
      assert.equal((await send()).status, 'revoked');
      assert.equal(await head(), before);
      const statuses = new Set((await Promise.all(sent)).map(({ status }) => status));
      assert.deepEqual(
        [...statuses].filter((status) => status !== 'appended' && status !== 'revoked'),
        [],
      );
    });

    test('[G13] nothing is done in the name of who was revoked since their token was made, and all of it with a newer token', async () => {
      const { storage } = store;
      await signUp(storage, ['fay', 'gus']);
      const group = await startGroup(storage, 'fay', ['bob']);
      const asked = created(
        await storage.createConversation({ tenant: TENANT, author: 'bob', cid: cid(), kind: 'group', members: ['fay'], join: 'invite' }),
      ).conversation;
      const issuedAt = Math.max(Date.now(), await storage.tokensSince(TENANT, 'fay'));
      await storage.revokeUser(TENANT, 'fay');
      const change = () => ({ tenant: TENANT, author: 'fay', conversation: group, cid: cid() });
      const mail = { address: 'a@example.org', label: 'A', messageId: 'm' };
      const outgoing = { to: ['A'], mails: [mail], language: 'en', timeZone: 'UTC', due: 1 };
      const acts: Record<keyof PersonalStorage, (as: PersonalStorage) => Promise<unknown>> = {
        addContact: (as) => as.addContact(TENANT, 'fay', 'gus', false),
        acceptContact: (as) => as.acceptContact(TENANT, 'fay', 'bob', true),
        declineContact: (as) => as.declineContact(TENANT, 'fay', 'bob'),
        removeContact: (as) => as.removeContact(TENANT, 'fay', 'gus', true),
        saveContactGroup: (as) => as.saveContactGroup(TENANT, 'fay', { id: 'g', name: 'G', users: ['gus'] }),
        arrangeContactGroups: (as) => as.arrangeContactGroups(TENANT, 'fay', ['g']),
        removeContactGroup: (as) => as.removeContactGroup(TENANT, 'fay', 'g'),
        setSettings: (as) => as.setSettings(TENANT, 'fay', { sound: false }),
        setAvailability: (as) => as.setAvailability(TENANT, 'fay', 'away', undefined),
        createConversation: (as) => as.createConversation({ tenant: TENANT, author: 'fay', cid: cid(), kind: 'direct', members: ['gus'] }),
        join: (as) => as.join({ ...change(), conversation: asked }),
        decline: (as) => as.decline({ ...change(), conversation: asked }),
        invite: (as) => as.invite({ ...change(), users: ['gus'] }),
        rename: (as) => as.rename({ ...change(), title: 'Other' }),
        removeMember: (as) => as.removeMember({ ...change(), user: 'gus' }),
        mark: (as) => as.mark(TENANT, 'fay', group, { read: 1 }),
        sendHistory: (as) => as.sendHistory({ ...change(), asked: { to: [{ user: 'fay' }] }, outgoing }),
        leave: (as) => as.leave({ ...change(), conversation: asked }),
        end: (as) => as.end(change()),
      };
      const state = async () => [
        (await storage.range(TENANT, 'bob', group, { limit: 1 }))?.head,
        (await storage.range(TENANT, 'bob', asked, { limit: 1 }))?.head,
        (await storage.heads(TENANT, 'fay', 10)).revision,
        (await storage.heads(TENANT, 'gus', 10)).revision,
      ];
      const before = await state();
      const late = storage.inNameOf({ tenant: TENANT, user: 'fay', issuedAt });
      for (const [name, act] of Object.entries(acts)) await assert.rejects(act(late), { code: 'UNAUTHENTICATED' }, name);
      assert.deepEqual(await state(), before, 'nothing was written');
      const renewed = { tenant: TENANT, user: 'fay', issuedAt: (await storage.tokensSince(TENANT, 'fay')) + 1 };
      for (const act of Object.values(acts)) await act(storage.inNameOf(renewed));
      assert.notDeepEqual(await state(), before);
    });

    test('[G13] who leaves is told, and nobody who stays', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob', 'cid']);
      const told = await toldOf(async () => {
        await say(store.storage, group, 'ann');
        await leave(store.storage, group, 'bob');
      });
      assert.deepEqual(told.members, [{ tenant: TENANT, conversation: group, user: 'bob' }]);
      assert.deepEqual(told.users, []);
    });

    test('[G13] a leave that was refused, or was repeated, is told of no second time', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const change = { tenant: TENANT, author: 'bob', conversation: group, cid: '01890a5d-ac96-774b-bcce-b302099a8057' };
      await store.storage.leave(change);
      const told = await toldOf(async () => {
        await store.storage.leave(change);
        await store.storage.leave({ ...change, author: 'dan' });
      });
      assert.deepEqual(told.members, []);
    });

    test('[G13, E3] other rights by the directory are told; another name is no right', async () => {
      const named = await toldOf(() => store.storage.putPeople(TENANT, [{ id: 'cid', name: 'Cid the Second' }]));
      assert.deepEqual(named.people, []);
      const allowed = await toldOf(() => store.storage.putPeople(TENANT, [{ id: 'cid', name: 'Cid', initiate: true }]));
      assert.deepEqual(allowed.people, [{ tenant: TENANT, user: 'cid' }]);
      const barred = await toldOf(() => store.storage.putPeople(TENANT, [{ id: 'cid', name: 'Cid', initiate: false }]));
      assert.deepEqual(barred.people, [{ tenant: TENANT, user: 'cid' }]);
    });

    test('[G13, E1] other policies are told by their tenant', async () => {
      const told = await toldOf(() => store.storage.setPolicies('south', { initiate: 'authorised' }));
      assert.deepEqual(told.tenants, ['south']);
    });

    test('[G13] nodes that ask while many are revoked miss nobody', async () => {
      const users = Array.from({ length: 200 }, (_, index) => `many-${index}`);
      const seen = new Set<string>();
      let { cursor } = await store.storage.revocationsSince(null);
      const writing = Promise.all(users.map((user) => store.storage.revokeUser(TENANT, user)));
      let done = false;
      void writing.finally(() => (done = true));
      for (let last = false; !last;) {
        last = done;
        const told = await store.storage.revocationsSince(cursor);
        for (const { user } of told.users) seen.add(user);
        cursor = told.cursor;
      }
      await writing;
      assert.deepEqual([...seen].sort(), [...users].sort());
    });

    test('[G14] the secret is 32 bytes of each store\u2019s own', async () => {
      const other = await open();
      assert.equal(store.storage.secret.length, 32);
      assert.notDeepEqual([...other.secret], [...store.storage.secret]);
      await other.close();
    });
  });
}
