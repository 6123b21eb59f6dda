import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DEFAULT_PREFERENCES } from '#protocol';
import type { ChosenAvailability, Conversation } from '#protocol';
import { leave, say, seenBy, shared, signUp, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

export function listSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: the list and the state of a user`, () => {
    const store = shared(open);
    const groups: string[] = [];
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cyd']);
      for (let number = 0; number < 7; number += 1) groups.push(await startGroup(store.storage, 'ann', ['bob']));
    });
    after(() => store.stop());
    const sorted = (list: readonly Conversation[]) => [...list].sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1));

    test('a user of whom nothing is known has an empty state', async () => {
      const settings = { ...DEFAULT_PREFERENCES, availability: 'available', statusMessages: {} };
      const nothing = { revision: 0, conversations: [], more: false, settings, invitations: [], people: [] };
      const { contacts, ...state } = await store.storage.userState(TENANT, 'cyd', 50);
      assert.deepEqual(state, nothing);
      assert.deepEqual(contacts, { favourites: [], askedBy: [], groups: [] });
      assert.deepEqual(await store.storage.heads(TENANT, 'cyd', 50), { revision: 0, heads: [] });
      assert.deepEqual(await store.storage.activeConversations(TENANT, 'cyd'), []);
    });

    test('[D6] a sign-in reads at once what the single verbs say, and no state that the client has', async () => {
      const { storage } = store;
      for (const user of ['bob', 'cyd', 'nobody']) {
        const [person = null] = await storage.personRecords(TENANT, [user]);
        const state = await storage.userState(TENANT, user, 5);
        const { revision, settings } = state;
        const { heads } = await storage.heads(TENANT, user, 5);
        const tokensSince = await storage.tokensSince(TENANT, user);
        const { active, ...read } = await storage.signIn(TENANT, user, { limit: 5 });
        assert.deepEqual(new Set(active), new Set(await storage.activeConversations(TENANT, user)));
        assert.deepEqual({ ...read, state: null }, { person, tokensSince, revision, settings, heads, state: null });
        assert.ok(read.state);
        const { conversations, people, ...rest } = read.state;
        const byId = (list: typeof state.people) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
        const told = {
          ...rest,
          conversations: JSON.parse(conversations) as unknown,
          people: byId(JSON.parse(people) as typeof state.people),
        };
        assert.deepEqual(told, { ...state, people: byId(state.people) });
        const held = await storage.signIn(TENANT, user, { limit: 5, held: revision });
        assert.deepEqual({ ...held, active: null }, { ...read, active: null, state: null });
        assert.ok((await storage.signIn(TENANT, user, { limit: 5, held: revision + 1 })).state);
      }
    });

    test('the newest comes first, and pages cover the list once', async () => {
      await say(store.storage, groups[2] ?? '', 'ann', 'newest');
      const whole = await store.storage.conversations(TENANT, 'bob', { limit: 50 });
      assert.equal(whole.more, false);
      assert.equal(whole.conversations.length, 7);
      assert.deepEqual(whole.conversations, sorted(whole.conversations));
      assert.equal(whole.conversations.find((conversation) => conversation.id === groups[2])?.unread, 1);
      const paged: Conversation[] = [];
      for (let more = true; more;) {
        const last = paged.at(-1);
        const page = await store.storage.conversations(TENANT, 'bob', {
          limit: 3,
          before: last && { updatedAt: last.updatedAt, id: last.id },
        });
        paged.push(...page.conversations);
        more = page.more;
      }
      assert.deepEqual(paged, whole.conversations);
    });

    test('state, list, heads and the single conversation say the same', async () => {
      const state = await store.storage.userState(TENANT, 'bob', 5);
      const { people, ...list } = await store.storage.conversations(TENANT, 'bob', { limit: 5 });
      const heads = await store.storage.heads(TENANT, 'bob', 5);
      assert.deepEqual({ conversations: state.conversations, more: state.more }, list);
      assert.equal(state.more, true);
      for (const named of [state.people, people]) assert.deepEqual(named.map(({ id }) => id).sort(), ['ann', 'bob']);
      assert.equal(heads.revision, state.revision);
      assert.deepEqual(
        heads.heads,
        list.conversations.map(({ id, head }) => ({ conversation: id, head })),
      );
      for (const conversation of list.conversations) assert.deepEqual(await seenBy(store.storage, 'bob', conversation.id), conversation);
    });

    test('by id only what the user has part in is given', async () => {
      const page = await store.storage.conversations(TENANT, 'bob', { ids: [groups[0] ?? '', groups[4] ?? '', 'no-such-id'], limit: 50 });
      assert.deepEqual(page.conversations.map((conversation) => conversation.id).sort(), [groups[0], groups[4]].sort());
      assert.deepEqual((await store.storage.conversations(TENANT, 'cyd', { ids: groups, limit: 50 })).conversations, []);
      assert.equal(await seenBy(store.storage, 'cyd', groups[0] ?? ''), null);
    });

    test('rooms are those of the conversations the user is in now', async () => {
      await leave(store.storage, groups[6] ?? '', 'bob');
      assert.deepEqual((await store.storage.activeConversations(TENANT, 'bob')).sort(), groups.slice(0, 6).sort());
      assert.equal(
        (await store.storage.conversations(TENANT, 'bob', { limit: 50 })).conversations.length,
        7,
        'the list keeps what they left',
      );
    });

    const settings = { ...DEFAULT_PREFERENCES, availability: 'available' as const, statusMessages: {} };

    test('[B42] [S5] an availability is set with its own words, keeps those of the others and moves the revision', async () => {
      const { revision } = await store.storage.userState(TENANT, 'bob', 1);
      const set = (...[availability, message]: [ChosenAvailability, string?]) =>
        store.storage.setAvailability(TENANT, 'bob', availability, message);
      await set('away', 'À table');
      const busy = { ...settings, availability: 'busy' as const, statusMessages: { away: 'À table', busy: 'In theatre 3' } };
      assert.deepEqual(await set('busy', 'In theatre 3'), { settings: busy, revision: revision + 2 });
      const state = await store.storage.userState(TENANT, 'bob', 1);
      assert.deepEqual(state.settings, busy);
      assert.equal(state.revision, revision + 2);
      assert.notDeepEqual((await store.storage.userState('south', 'bob', 1)).settings, busy);
      const wordless = { ...settings, availability: 'away', statusMessages: { busy: 'In theatre 3' } };
      assert.deepEqual((await set('away')).settings, wordless, 'without words the old ones of this availability are gone');
    });

    test('[S5] devices that set their availabilities at the same moment keep the words of each other', async () => {
      const kinds = ['available', 'busy', 'away', 'invisible'] as const;
      const { revision } = await store.storage.userState(TENANT, 'ann', 1);
      const all = await Promise.all(
        Array.from({ length: 40 }, (_, index) => {
          const kind = kinds[index % 4] ?? 'busy';
          return store.storage.setAvailability(TENANT, 'ann', kind, `${kind} ${index}`);
        }),
      );
      assert.deepEqual(
        all.map((each) => each.revision),
        all.map((_, index) => revision + 1 + index),
      );
      assert.deepEqual((await store.storage.userState(TENANT, 'ann', 1)).settings, {
        ...settings,
        availability: 'invisible',
        statusMessages: { available: 'available 36', busy: 'busy 37', away: 'away 38', invisible: 'invisible 39' },
      });
    });
  });
}
