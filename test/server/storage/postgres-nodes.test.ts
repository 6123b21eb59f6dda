import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Storage } from '../../../server/storage/storage.js';
import { eventually } from '../../support/eventually.js';
import { seededRandom } from '../../support/random.js';
import { appended, changed, cid, created, leave, message, readAll, say, seenBy, signUp, startGroup, TENANT } from './builders.js';
import { complaints, newStoreDatabase, openPostgres, withClient } from './postgres-stores.js';

/** Several nodes: each storage has its own connections and knows nothing of the others. */
describe('several nodes on one PostgreSQL', () => {
  const { log, found } = complaints();
  let url = '';
  let nodes: Storage[] = [];
  let one: Storage;
  let other: Storage;
  before(async () => {
    ({ url } = await newStoreDatabase());
    nodes = [await openPostgres(url, { log }), await openPostgres(url, { log })];
    [one, other] = [nodes[0] ?? assert.fail(), nodes[1] ?? assert.fail()];
    await signUp(one, ['ann', 'bob', 'cyd', 'dan', 'eve']);
  });
  after(() => assert.deepEqual(found, [], 'no deadlock, no time-out, no violation came through'));

  test('[G6] [G4] messages from both sides have numbers without a hole and one chain, and a cid that both send is there once', async () => {
    const groups = await Promise.all(Array.from({ length: 4 }, () => startGroup(one, 'ann', ['bob'])));
    const cids = new Set<string>();
    await Promise.all(
      nodes.flatMap((storage, node) =>
        groups.flatMap((group) =>
          Array.from({ length: 30 }, async (_, number) => {
            const sent = message(group, number % 2 ? 'ann' : 'bob');
            cids.add(sent.cid);
            const [first, second] = await Promise.all([storage.append(sent), nodes[1 - node]?.append(sent)]);
            assert.deepEqual([first.status, second?.status].sort(), ['appended', 'duplicate']);
          }),
        ),
      ),
    );
    for (const group of groups) {
      const entries = await readAll(other, group, 'bob');
      assert.deepEqual(
        entries.map(({ seq }) => seq),
        Array.from({ length: 61 }, (_, index) => index + 1),
      );
      for (const entry of entries.slice(1)) assert.ok(cids.delete(entry.cid), 'each once');
    }
    assert.equal(cids.size, 0, 'none lost');
    assert.deepEqual(await one.verify(), []);
  });

  test('[G6] a pair that starts its conversation on both sides at once has one', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [`left-${round}`, `right-${round}`];
      await signUp(one, [a, b]);
      const start = (storage: Storage, author: string, member: string) =>
        storage.createConversation({ tenant: TENANT, author, cid: cid(), kind: 'direct', members: [member] });
      const results = await Promise.all([start(one, a, b), start(other, b, a), start(one, b, a), start(other, a, b)]);
      assert.equal(results.filter(({ status }) => status === 'created').length, 1);
      assert.equal(new Set(results.map((result) => ('conversation' in result ? result.conversation : result.status))).size, 1);
    }
  });

  test('[attack 46] [G12] a send that races a leaving on the other node is before it or refused', async () => {
    for (let round = 0; round < 15; round += 1) {
      const group = await startGroup(one, 'ann', ['bob']);
      const sends = Array.from({ length: 6 }, () => one.append(message(group, 'bob')));
      const leaving = leave(other, group, 'bob');
      const late = Array.from({ length: 6 }, () => one.append(message(group, 'bob')));
      const left = await leaving;
      for (const result of await Promise.all([...sends, ...late])) {
        if (result.status === 'appended') assert.ok(result.entry.seq < left.seq);
        else assert.deepEqual(result, { status: 'refused', standing: 'left', ended: false });
      }
      assert.equal((await seenBy(one, 'bob', group))?.head, left.seq, 'nothing after it is theirs');
    }
  });

  test('[G12] [S6] people who come, go, rename, want not to be disturbed and write on both sides never block each other', async () => {
    const random = seededRandom(7);
    const group = await startGroup(one, 'ann', ['bob', 'cyd', 'dan']);
    const everybody = ['ann', 'bob', 'cyd', 'dan', 'eve'];
    const act = async (): Promise<void> => {
      const storage = nodes[random.below(2)] ?? one;
      const user = everybody[random.below(everybody.length)] ?? 'ann';
      const change = { tenant: TENANT, author: user, conversation: group, cid: cid() };
      const acts = [
        () => storage.append(message(group, user)),
        () => storage.append(message(group, user)),
        () => storage.mark(TENANT, user, group, { read: 1 + random.below(20) }),
        () => (user === 'ann' ? storage.append(message(group, user)) : storage.leave(change)),
        () => storage.invite({ ...change, users: everybody.slice(random.below(4)) }),
        () => storage.rename({ ...change, title: `Title ${random.below(1_000)}` }),
        () => storage.setAvailability(TENANT, user, random.below(2) ? 'dnd' : 'available', undefined),
      ];
      await acts[random.below(acts.length)]?.();
    };
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let number = 0; number < 12; number += 1) await act();
      }),
    );
    assert.deepEqual(await one.verify(), []);
    for (const user of everybody) await one.setAvailability(TENANT, user, 'available', undefined);
    const roster = new Set<string>();
    const { rows } = await withClient(url, async (client) => {
      await client.query("SET parley.every_tenant = 'on'; SET search_path = parley");
      return client.query<{ body: string }>(
        'SELECT body FROM entries e JOIN conversations c ON c.id = e.conversation WHERE c.uuid = $1 ORDER BY e.seq',
        [group],
      );
    });
    for (const { body } of rows) {
      const entry = JSON.parse(body) as { kind: string; users?: string[] };
      for (const user of entry.users ?? []) {
        if (entry.kind === 'left') roster.delete(user);
        else roster.add(user);
      }
    }
    const active = (await one.members(TENANT, group)).filter((member) => member.active).map(({ user }) => user);
    assert.deepEqual(active.sort(), [...roster].sort(), 'who is in is what the log says');
    assert.equal((await seenBy(one, 'ann', group))?.memberCount, roster.size);
  });

  test('[H1] [G8] a reader misses nothing while eight writers commit and roll back in any order', async () => {
    const groups = await Promise.all(Array.from({ length: 8 }, () => startGroup(one, 'ann', ['bob'])));
    const seen = new Map<string, number>();
    const revisions = new Map<string, number>();
    let { cursor } = await other.changesSince(null);
    let done = false;
    const writing = Promise.all([
      ...groups.map(async (group, writer) => {
        const storage = nodes[writer % 2] ?? one;
        for (let number = 0; number < 25; number += 1) {
          await say(storage, group, 'ann');
          if (number % 5 === 0) await storage.setAvailability(TENANT, `user-${writer}`, 'away', undefined);
        }
      }),
      // Numbers that are given out and never committed, and transactions that stay open while later ones commit.
      ...Array.from({ length: 4 }, (_, writer) =>
        withClient(url, async (client) => {
          await client.query("SET search_path = parley; SET parley.every_tenant = 'on'");
          for (let number = 0; number < 10; number += 1) {
            await client.query('BEGIN');
            await client.query(
              `INSERT INTO user_states (tenant, user_id, revision) VALUES ('north', $1, 1)
               ON CONFLICT (tenant, user_id) DO UPDATE SET revision = user_states.revision + 1, changed = excluded.changed`,
              [`slow-${writer}`],
            );
            await delay(5 + ((number * 13) % 30));
            await client.query(number % 3 === 0 ? 'ROLLBACK' : 'COMMIT');
          }
        }),
      ),
    ]).finally(() => (done = true));
    for (let last = false; !last;) {
      last = done;
      const changes = await other.changesSince(cursor);
      for (const { conversation, head } of changes.heads) {
        assert.ok(head > (seen.get(conversation) ?? 0), 'nothing is named a second time');
        seen.set(conversation, head);
      }
      for (const { user, revision } of changes.users) revisions.set(user, revision);
      cursor = changes.cursor;
    }
    await writing;
    assert.deepEqual(seen, new Map(groups.map((group) => [group, 26])), 'the last word about each is its head');
    for (let writer = 0; writer < 8; writer += 1) assert.equal(revisions.get(`user-${writer}`), 5);
    for (let writer = 0; writer < 4; writer += 1) assert.equal(revisions.get(`slow-${writer}`), 6);
  });

  test('[G13] a node that stands still with a conversation locked keeps nobody from the others', async () => {
    const [locked, free] = [await startGroup(one, 'ann', ['bob']), await startGroup(one, 'ann', ['bob'])];
    await withClient(url, async (client) => {
      await client.query("SET search_path = parley; SET parley.every_tenant = 'on'; BEGIN");
      await client.query('SELECT 1 FROM conversations WHERE uuid = $1 FOR UPDATE', [locked]);
      const waiting = one.append(message(locked, 'ann'));
      const sent = await Promise.all(Array.from({ length: 20 }, () => one.append(message(free, 'ann'))));
      for (const result of sent) appended(result);
      await client.query('COMMIT');
      assert.equal(appended(await waiting).seq, 2);
    });
  });

  test('[G6] [I3] who writes behind their own joining, before it is answered, is in by then', async () => {
    const group = await startGroup(one, 'ann', ['bob']);
    const asked = { tenant: TENANT, author: 'ann', conversation: group, cid: cid(), users: ['dan'], join: 'invite' as const };
    changed(await one.invite(asked));
    await withClient(url, async (client) => {
      const waiting = (count: number) =>
        eventually(async () => {
          const { rows } = await client.query<{ n: string }>("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
          return Number(rows[0]?.n) >= count || undefined;
        }, `${count} that wait for a lock`);
      await client.query("SET search_path = parley; SET parley.every_tenant = 'on'; BEGIN");
      await client.query('SELECT 1 FROM conversations WHERE uuid = $1 FOR UPDATE', [group]);
      const joining = one.join({ tenant: TENANT, author: 'dan', conversation: group, cid: cid() });
      await waiting(1);
      const sending = one.append(message(group, 'dan'));
      await Promise.race([sending, waiting(2)]);
      await client.query('COMMIT');
      assert.equal(appended(await sending).seq, changed(await joining).seq + 1);
    });
  });

  test('[G13] a node that stands still with the row of an author keeps nobody else of the tenant waiting, whatever conversation that is in', async () => {
    const [stuck, free] = [await startGroup(one, 'ann', ['bob']), await startGroup(one, 'ann', ['bob'])];
    for (const withConversation of [false, true])
      await withClient(url, async (client) => {
        await client.query("SET search_path = parley; SET parley.every_tenant = 'on'; BEGIN");
        if (withConversation) await client.query('SELECT 1 FROM conversations WHERE uuid = $1 FOR UPDATE', [stuck]);
        await client.query(
          "SELECT 1 FROM members WHERE user_id = 'ann' AND conversation = (SELECT id FROM conversations WHERE uuid = $1) FOR UPDATE",
          [stuck],
        );
        // In one turn, and so in one batch.
        const waiting = one.append(message(stuck, 'ann'));
        const sent = Array.from({ length: 20 }, () => one.append(message(free, 'bob')));
        for (const result of await Promise.all(sent)) appended(result);
        await client.query('COMMIT');
        appended(await waiting);
      });
  });

  test('[G13] a node that stands still in the middle of a send holds up no revocation, and writes nothing after it', async () => {
    await withClient(url, async (client) => {
      client.on('error', () => undefined);
      await client.query('BEGIN');
      await client.query("SELECT pg_advisory_xact_lock_shared(hashtextextended($1 || ' ' || 'eve', 0))", [TENANT]);
      const began = performance.now();
      await one.revokeUser(TENANT, 'eve');
      assert.ok(performance.now() - began < 2_000, 'before its lock would have timed out');
      assert.ok((await other.tokensSince(TENANT, 'eve')) > 0);
      await assert.rejects(client.query('COMMIT'), 'it is not in the transaction any more');
    });
  });

  test('[G13] a change that waits for a lock while its author is revoked is ended or refused, and is never written', async () => {
    const group = await startGroup(one, 'eve', ['bob']);
    const eve = one.inNameOf({ tenant: TENANT, user: 'eve', issuedAt: (await one.tokensSince(TENANT, 'eve')) + 1 });
    await withClient(url, async (client) => {
      await client.query("SET search_path = parley; SET parley.every_tenant = 'on'; BEGIN");
      await client.query('SELECT 1 FROM conversations WHERE uuid = $1 FOR UPDATE', [group]);
      const renaming = eve.rename({ tenant: TENANT, author: 'eve', conversation: group, cid: cid(), title: 'Late' });
      const inviting = eve.invite({ tenant: TENANT, author: 'eve', conversation: group, cid: cid(), users: ['dan'] });
      const settled = Promise.allSettled([renaming, inviting]);
      const revoked = other.revokeUser(TENANT, 'eve').then(async () => (await readAll(other, group, 'bob')).length);
      await delay(700);
      await client.query('COMMIT');
      const written = await revoked;
      await settled;
      assert.equal((await readAll(other, group, 'bob')).length, written, 'nothing after the answer');
      await assert.rejects(inviting, { code: 'UNAUTHENTICATED' }, 'it had its turn after the revocation');
    });
  });

  test('[G26] what is less than the batch under way waits for it and shares a commit, and what is as much does not wait', async () => {
    const sizes: number[] = [];
    const storage = await openPostgres(url, { log, onCommit: (size) => sizes.push(size) });
    const groups = await Promise.all(Array.from({ length: 9 }, () => startGroup(one, 'ann', ['bob'])));
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await withClient(url, async (client) => {
      // As a revocation of ann has it, so her first batch stays under way.
      await client.query('BEGIN');
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0))", [TENANT, 'ann']);
      const held = groups.slice(0, 3).map((group) => storage.append(message(group, 'ann')));
      await turn();
      const few = [];
      for (const group of groups.slice(3, 5)) {
        few.push(storage.append(message(group, 'bob')));
        await turn();
      }
      const enough = groups.slice(5, 6).map((group) => storage.append(message(group, 'bob')));
      await Promise.all([...few, ...enough]);
      assert.deepEqual(sizes, [3], 'each alone would have begun at once');
      appended(await storage.append(message(groups[6] ?? '', 'bob')));
      assert.deepEqual(sizes, [3, 1], 'nobody waits for one that waits itself');
      await client.query('COMMIT');
      await Promise.all(held);
    });
    assert.deepEqual(sizes, [3, 1, 3]);
  });

  test('[C3] what was done on one node is answered the same on the other', async () => {
    const start = { tenant: TENANT, author: 'ann', cid: cid(), kind: 'group' as const, members: ['bob'], title: 'Shift' };
    const { conversation } = created(await one.createConversation(start));
    assert.deepEqual(await other.createConversation(start), { status: 'found', conversation });
    const inviting = { tenant: TENANT, author: 'ann', conversation, cid: cid(), users: ['cyd'] };
    const entry = changed(await one.invite(inviting));
    assert.deepEqual(await other.invite(inviting), { status: 'duplicate', entry });
  });
});
