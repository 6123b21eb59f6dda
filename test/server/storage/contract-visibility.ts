import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '#protocol';
import { peopleIn } from '../../../server/domain/people-in.js';
import { changed, cid, invite, leave, readAll, say, seenBy, shared, signUp, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

const PEOPLE = ['ann', 'bob', 'cyd', 'dan'] as const;
type Name = (typeof PEOPLE)[number];

/**
 * Who saw what, written down the naive way: everybody who is in gets each entry as it happens, or in a pile for later while they want
 * not to be disturbed.
 */
class NaiveRoom {
  readonly seen = new Map<string, Entry[]>();
  readonly inside = new Map<string, number>();
  readonly piles = new Map<string, Entry[]>();
  readonly all: Entry[] = [];

  add(entry: Entry): void {
    const { body, seq, author } = entry;
    this.all.push(entry);
    if (body.kind === 'started' || body.kind === 'joined') for (const user of body.users) this.inside.set(user, seq);
    for (const user of this.inside.keys()) {
      const pile = this.piles.get(user);
      if (pile && !(author === user && pile.length === 0)) pile.push(entry);
      else this.#see(user, [entry]);
    }
    if (body.kind === 'left') for (const user of body.users) this.inside.delete(user);
  }

  hold(user: string): void {
    if (!this.piles.has(user)) this.piles.set(user, []);
  }

  release(user: string): void {
    const pile = this.piles.get(user);
    this.piles.delete(user);
    if (pile && pile.length > 0) this.#see(user, pile);
  }

  /** Who was in, and what it was called, after an entry. */
  after(seq: number): { inside: string[]; title: string | undefined } {
    const replay = new NaiveRoom();
    for (const entry of this.all.filter((one) => one.seq <= seq)) replay.add(entry);
    return { inside: [...replay.inside.keys()].sort(), title: replay.title };
  }

  get title(): string | undefined {
    const named = this.all.findLast(({ body }) => body.kind === 'started' || body.kind === 'renamed')?.body;
    return named && 'title' in named ? named.title : undefined;
  }

  #see(user: string, entries: readonly Entry[]): void {
    this.seen.set(user, [...(this.seen.get(user) ?? []), ...entries]);
  }
}

const acts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('say' as const), who: fc.constantFrom(...PEOPLE) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('leave' as const), who: fc.constantFrom(...PEOPLE) }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('invite' as const), who: fc.constantFrom(...PEOPLE) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('read' as const, 'rename' as const), who: fc.constantFrom(...PEOPLE) }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('dnd' as const, 'available' as const), who: fc.constantFrom(...PEOPLE) }) },
  ),
  { minLength: 1, maxLength: 30 },
);

export function visibilitySuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: what a member may see`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, PEOPLE);
    });
    after(() => store.stop());

    test('[G12] [S6] range, list, unread, last, heads, title and roster show what happened while the member was in, and what came in their do not disturb after it', async () => {
      await fc.assert(
        fc.asyncProperty(acts, fc.integer({ min: 1, max: 7 }), async (script, limit) => {
          const group = await startGroup(store.storage, 'ann', ['bob']);
          const room = new NaiveRoom();
          const read = new Map<string, number>();
          const started = await store.storage.range(TENANT, 'ann', group, { limit: 1 });
          room.add(started?.entries[0] ?? assert.fail());
          for (const { act, who } of script) await play(group, room, read, act, who);
          for (const user of PEOPLE) await check(group, room, read, user, limit);
          await checkTogether(group);
          for (const user of PEOPLE) await play(group, room, read, 'available', user);
          for (const user of PEOPLE) await check(group, room, read, user, limit);
        }),
        { numRuns: 80 },
      );
    });

    async function play(group: string, room: NaiveRoom, read: Map<string, number>, act: string, who: Name): Promise<void> {
      const free = !room.piles.has(who);
      const guest = [...room.inside.keys()].find((user) => !room.piles.has(user));
      const isIn = room.inside.has(who);
      if (act === 'say' && isIn && free) room.add(await say(store.storage, group, who));
      if (act === 'rename' && isIn && free) {
        const change = { tenant: TENANT, author: who, conversation: group, cid: cid() };
        room.add(changed(await store.storage.rename({ ...change, title: `Title ${room.all.length}` })));
      }
      if (act === 'leave' && isIn) room.add(await leave(store.storage, group, who));
      if (act === 'invite' && !isIn && guest !== undefined) room.add(await invite(store.storage, group, guest, [who]));
      if (act === 'dnd' || act === 'available') {
        await store.storage.setAvailability(TENANT, who, act, undefined);
        if (act === 'dnd') room.hold(who);
        else room.release(who);
      }
      if (act === 'read' && isIn) {
        const seq = room.seen.get(who)?.at(-1)?.seq ?? 0;
        await store.storage.mark(TENANT, who, group, { read: seq });
        read.set(who, seq);
      }
    }

    async function check(group: string, room: NaiveRoom, read: Map<string, number>, user: Name, limit: number): Promise<void> {
      const seen = room.seen.get(user);
      const conversation = await seenBy(store.storage, user, group);
      const { heads } = await store.storage.heads(TENANT, user, 1_000);
      const known = heads.find((one) => one.conversation === group);
      if (!seen) {
        assert.equal(conversation, null);
        assert.equal(known, undefined);
        assert.equal(await store.storage.range(TENANT, user, group, { limit: 200 }), null);
        assert.deepEqual(await store.storage.members(TENANT, group, user), []);
        return;
      }
      const head = seen.at(-1)?.seq ?? 0;
      assert.deepEqual(await readAll(store.storage, group, user, limit), seen);
      assert.deepEqual(await readBackwards(group, user, limit), seen);
      assert.ok(conversation);
      assert.equal(conversation.head, head);
      assert.equal(known?.head, head);
      assert.equal(conversation.floor, seen[0]?.seq);
      assert.equal(conversation.updatedAt, seen.at(-1)?.at);
      assert.equal(conversation.active, (room.inside.get(user) ?? Infinity) <= head);
      assert.deepEqual(conversation.last, seen.findLast((entry) => entry.body.kind === 'message') ?? null);
      const unread = seen.filter((entry) => entry.body.kind === 'message' && entry.author !== user && entry.seq > (read.get(user) ?? 0));
      assert.equal(conversation.unread, conversation.active ? unread.length : 0);
      const now = room.inside.has(user) && !room.piles.has(user);
      const { inside: roster, title } = now ? { inside: [...room.inside.keys()].sort(), title: room.title } : room.after(head);
      assert.equal(conversation.title, title);
      assert.deepEqual([...conversation.members].sort(), roster);
      assert.equal(conversation.memberCount, roster.length);
      const members = await store.storage.members(TENANT, group, user);
      const active = members.filter((member) => member.active).map((member) => member.user);
      assert.deepEqual(active.sort(), roster);
      for (const member of members) {
        assert.ok(member.marks.read <= conversation.head && member.marks.delivered <= conversation.head);
        assert.equal(member.held === true, now && room.inside.has(member.user) && room.piles.has(member.user));
      }
      assert.equal((await store.storage.activeConversations(TENANT, user)).includes(group), now);
    }

    /** What all are told at once is what each of them sees alone. */
    async function checkTogether(group: string): Promise<void> {
      const summaries = await store.storage.summaries(TENANT, group, [...PEOPLE, 'nobody']);
      for (const user of [...PEOPLE, 'nobody']) {
        const { conversation, people } = summaries.get(user) ?? { conversation: null, people: [] };
        assert.deepEqual(conversation, await seenBy(store.storage, user, group));
        assert.deepEqual(people.map(({ id }) => id).sort(), peopleIn(conversation ? [conversation] : []).sort());
      }
    }

    async function readBackwards(group: string, user: string, limit: number): Promise<Entry[]> {
      const entries: Entry[] = [];
      let before: number | undefined;
      for (;;) {
        const page = await store.storage.range(TENANT, user, group, { before, limit });
        if (!page || page.to === 0) return entries;
        entries.unshift(...page.entries);
        before = page.from;
      }
    }
  });
}
