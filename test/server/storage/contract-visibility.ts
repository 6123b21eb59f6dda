import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '#protocol';
import { invite, leave, readAll, say, shared, signUp, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

const PEOPLE = ['ann', 'bob', 'cyd', 'dan'] as const;
type Name = (typeof PEOPLE)[number];

/** Who saw what, written down the naive way: everybody who is in gets each entry as it happens. */
class NaiveRoom {
  readonly seen = new Map<string, Entry[]>();
  readonly inside = new Set<string>();

  add(entry: Entry): void {
    if (entry.body.kind === 'started' || entry.body.kind === 'joined') for (const user of entry.body.users) this.inside.add(user);
    for (const user of this.inside) this.seen.set(user, [...(this.seen.get(user) ?? []), entry]);
    if (entry.body.kind === 'left') for (const user of entry.body.users) this.inside.delete(user);
  }
}

const acts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('say' as const), who: fc.constantFrom(...PEOPLE) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('leave' as const), who: fc.constantFrom(...PEOPLE) }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('invite' as const), who: fc.constantFrom(...PEOPLE) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('read' as const), who: fc.constantFrom(...PEOPLE) }) },
  ),
  { minLength: 1, maxLength: 25 },
);

export function visibilitySuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: what a member may see`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, PEOPLE);
    });
    after(() => store.stop());

    test('[G12] range, list, unread, last, heads and roster show what happened while the member was in, and nothing else', async () => {
      await fc.assert(
        fc.asyncProperty(acts, fc.integer({ min: 1, max: 7 }), async (script, limit) => {
          const group = await startGroup(store.storage, 'ann', ['bob']);
          const room = new NaiveRoom();
          const read = new Map<string, number>();
          const started = await store.storage.range(TENANT, 'ann', group, { limit: 1 });
          room.add(started?.entries[0] ?? assert.fail());
          for (const { act, who } of script) await play(group, room, read, act, who);
          for (const user of PEOPLE) await check(group, room, read, user, limit);
        }),
        { numRuns: 60 },
      );
    });

    async function play(group: string, room: NaiveRoom, read: Map<string, number>, act: string, who: Name): Promise<void> {
      const guest = [...room.inside][0];
      if (act === 'say' && room.inside.has(who)) room.add(await say(store.storage, group, who));
      if (act === 'leave' && room.inside.has(who)) room.add(await leave(store.storage, group, who));
      if (act === 'invite' && !room.inside.has(who) && guest !== undefined) room.add(await invite(store.storage, group, guest, [who]));
      if (act === 'read' && room.inside.has(who)) {
        const seq = room.seen.get(who)?.at(-1)?.seq ?? 0;
        await store.storage.mark(TENANT, who, group, { read: seq });
        read.set(who, seq);
      }
    }

    async function check(group: string, room: NaiveRoom, read: Map<string, number>, user: Name, limit: number): Promise<void> {
      const seen = room.seen.get(user);
      const conversation = await store.storage.conversation(TENANT, user, group);
      const { heads } = await store.storage.heads(TENANT, user, 1_000);
      const head = heads.find((one) => one.conversation === group);
      if (!seen) {
        assert.equal(conversation, null);
        assert.equal(head, undefined);
        assert.equal(await store.storage.range(TENANT, user, group, { limit: 200 }), null);
        return;
      }
      assert.deepEqual(await readAll(store.storage, group, user, limit), seen);
      assert.deepEqual(await readBackwards(group, user, limit), seen);
      assert.ok(conversation);
      assert.equal(conversation.head, seen.at(-1)?.seq);
      assert.equal(head?.head, seen.at(-1)?.seq);
      assert.equal(conversation.floor, seen[0]?.seq);
      assert.equal(conversation.updatedAt, seen.at(-1)?.at);
      assert.equal(conversation.active, room.inside.has(user));
      assert.deepEqual(conversation.last, seen.findLast((entry) => entry.body.kind === 'message') ?? null);
      const unread = seen.filter((entry) => entry.body.kind === 'message' && entry.author !== user && entry.seq > (read.get(user) ?? 0));
      assert.equal(conversation.unread, conversation.active ? unread.length : 0);
      const roster = rosterAt(room, user, seen.at(-1)?.seq ?? 0);
      assert.deepEqual([...conversation.members].sort(), roster);
      assert.equal(conversation.memberCount, roster.length);
      const members = await store.storage.members(TENANT, group, user);
      assert.deepEqual(
        members
          .filter((member) => member.active)
          .map((member) => member.user)
          .sort(),
        roster,
      );
      for (const member of members) assert.ok(member.marks.read <= conversation.head && member.marks.delivered <= conversation.head);
    }

    /** Who was in just after an entry, by the entries of everybody. */
    function rosterAt(room: NaiveRoom, user: Name, seq: number): string[] {
      if (room.inside.has(user)) return [...room.inside].sort();
      const all = new Map([...room.seen.values()].flat().map((entry) => [entry.seq, entry]));
      const replay = new NaiveRoom();
      for (const entry of [...all.values()].sort((a, b) => a.seq - b.seq).filter((one) => one.seq <= seq)) replay.add(entry);
      return [...replay.inside].sort();
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
