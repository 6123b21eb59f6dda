import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import { shared, signUp } from './builders.js';
import type { StorageFactory } from './contract.js';

export function directorySuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: directory, tenants and contacts`, () => {
    const store = shared(open);
    before(() => store.start());
    after(() => store.stop());

    test('[E24] pages of people are by name, each person once, and a group has its active people', async () => {
      const tenant = 'pages';
      await signUp(store.storage, ['e', 'b', 'd', 'a', 'c'], tenant);
      await store.storage.putGroup(tenant, { id: 'g', kind: 'team', name: 'G', members: ['d', 'b', 'b', 'nobody'] });
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.storage.browsePeople(tenant, { limit: 2, after });
        found.push(...page.people.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      assert.deepEqual(found, ['a', 'b', 'c', 'd', 'e']);
      assert.equal((await store.storage.groups(tenant, ['g']))[0]?.memberCount, 2);
      await store.storage.deactivatePerson(tenant, 'b');
      assert.equal((await store.storage.groups(tenant, ['g']))[0]?.memberCount, 1);
      const ofGroup = await store.storage.browsePeople(tenant, { group: 'g', limit: 5 });
      assert.deepEqual([ofGroup.people.map(({ id }) => id), ofGroup.next], [['d'], null]);
      assert.deepEqual((await store.storage.browsePeople('elsewhere', { group: 'g', limit: 5 })).people, []);
    });

    test('[M5] a sign-in does not bring back who was deactivated; the host does', async () => {
      const tenant = 'ends';
      await signUp(store.storage, ['ann'], tenant);
      assert.equal(await store.storage.deactivatePerson(tenant, 'nobody'), false);
      await store.storage.deactivatePerson(tenant, 'ann');
      await store.storage.putPeople(tenant, [{ id: 'ann', name: 'Ann' }], 'kept');
      assert.equal((await store.storage.personRecords(tenant, ['ann']))[0]?.active, false);
      assert.deepEqual(await store.storage.searchPeople(tenant, 'ann', 5), []);
      await store.storage.putPeople(tenant, [{ id: 'ann', name: 'Ann' }]);
      assert.equal((await store.storage.personRecords(tenant, ['ann']))[0]?.active, true);
      assert.deepEqual(
        (await store.storage.searchPeople(tenant, 'ann', 5)).map(({ id }) => id),
        ['ann'],
      );
    });

    test('[E1] a policy that decides what is shown moves the revision of everybody of the tenant, another one of nobody', async () => {
      const tenant = 'rules';
      await signUp(store.storage, ['ann', 'bob'], tenant);
      await store.storage.addContact(tenant, 'ann', 'bob', true);
      await store.storage.addContact(tenant, 'bob', 'ann', true);
      const revisions = async () =>
        Promise.all(['ann', 'bob'].map(async (user) => (await store.storage.userState(tenant, user, 1)).revision));
      const [before, { cursor }] = [await revisions(), await store.storage.changesSince(null)];
      await store.storage.setPolicies(tenant, { dnd: 'block' });
      assert.deepEqual(await revisions(), before);
      const { policies } = await store.storage.setPolicies(tenant, { presence: 'consent' });
      assert.deepEqual(policies, { dnd: 'block', presence: 'consent' });
      assert.deepEqual(
        await revisions(),
        before.map((revision) => revision + 1),
      );
      const told = (await store.storage.changesSince(cursor)).users.filter((change) => change.tenant === tenant);
      assert.deepEqual(told.map(({ user }) => user).sort(), ['ann', 'bob'], 'and the digest tells each of them');
    });

    test('[B32, B34] contacts of one tenant and one owner are theirs alone, and each change revises both, where the other is asked', async () => {
      const tenant = 'friends';
      await signUp(store.storage, ['ann', 'bob', 'cyd'], tenant);
      const asked = await store.storage.addContact(tenant, 'ann', 'bob', true);
      assert.ok(asked.status === 'changed');
      assert.deepEqual(asked.revised.map(({ user }) => user).sort(), ['ann', 'bob']);
      assert.deepEqual(asked.contacts.favourites, [{ user: 'bob', mutual: false }]);
      assert.deepEqual(
        (await store.storage.contacts(tenant, 'bob')).askedBy.map(({ user }) => user),
        ['ann'],
      );
      assert.deepEqual(await store.storage.mutualContacts(tenant, 'ann', ['bob', 'cyd']), []);
      assert.equal((await store.storage.acceptContact(tenant, 'bob', 'cyd', true)).status, 'not-found');
      await store.storage.acceptContact(tenant, 'bob', 'ann', true);
      assert.deepEqual(await store.storage.mutualContacts(tenant, 'ann', ['bob', 'cyd']), ['bob']);
      const removed = await store.storage.removeContact(tenant, 'bob', 'ann', false);
      assert.deepEqual(removed.status === 'changed' && removed.revised.map(({ user }) => user), ['bob']);
      assert.deepEqual((await store.storage.contacts(tenant, 'ann')).favourites, [{ user: 'bob', mutual: false }]);
      assert.deepEqual((await store.storage.contacts('elsewhere', 'ann')).favourites, []);
      const group = { id: v7(), name: 'Night', users: ['bob'] };
      await store.storage.saveContactGroup(tenant, 'ann', group);
      assert.deepEqual((await store.storage.userState(tenant, 'ann', 1)).contacts.groups, [group]);
      assert.equal((await store.storage.saveContactGroup(tenant, 'ann', group)).status, 'unchanged');
    });
  });
}
