import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { LIMITS, ParleyError } from '#protocol';
import { appended, cid, leave, message, readAll, say, seenBy, shared, signUp, startDirect, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

export function logSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: the log`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob', 'cyd']);
    });
    after(() => store.stop());

    test('[G6] messages sent at once get numbers without a hole, each its own, in the order in which they resolve', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const order: number[] = [];
      const texts = Array.from({ length: 300 }, (_, number) => `message ${number}`);
      await Promise.all(
        texts.map(async (text, number) => {
          const entry = appended(await store.storage.append(message(group, number % 2 ? 'ann' : 'bob', text)));
          order.push(entry.seq);
        }),
      );
      assert.deepEqual(
        order,
        texts.map((_, number) => number + 2),
      );
      const entries = await readAll(store.storage, group, 'ann');
      assert.deepEqual(
        entries.slice(1).map((entry) => (entry.body.kind === 'message' ? entry.body.text : '')),
        texts,
      );
      entries.reduce((earlier, entry) => (assert.ok(entry.at >= earlier.at), entry));
    });

    test('an entry is read as it was answered: links, emoji, and text with signs of every kind', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const link = { kind: 'study', id: '1.2.840', context: { series: '3', b: 'x' }, label: 'L', href: 'https://pacs.example/x?y=1' };
      const text = '\u202E<b>"q"</b> \u0001 \u{1F9D1}\u200D\u2695\uFE0F \\ e\u0301 \n\t';
      const sent = message(group, 'ann', text);
      const entry = appended(await store.storage.append({ ...sent, body: { ...sent.body, links: [link] } }));
      const range = await store.storage.range(TENANT, 'bob', group, { limit: 1 });
      assert.deepEqual(range?.entries, [entry]);
      assert.deepEqual(entry.body, { kind: 'message', text, links: [link] });
    });

    test('[C3] [G4] [G5] the same cid and content gives the first answer, other content is refused and changes nothing', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const first = message(group, 'ann', 'once');
      const entry = appended(await store.storage.append(first));
      const duplicate = { status: 'duplicate', seq: entry.seq, at: entry.at };
      assert.deepEqual(await store.storage.append(first), duplicate);
      assert.deepEqual(await store.storage.append({ ...first, body: { ...first.body, text: 'twice' } }), { status: 'conflict' });
      const link = { kind: 'study', id: '1' };
      assert.deepEqual(await store.storage.append({ ...first, body: { ...first.body, links: [link] } }), { status: 'conflict' });
      const another = await store.storage.append({ ...message(group, 'bob', 'mine'), cid: first.cid });
      assert.equal(another.status, 'appended', 'a cid belongs to its author');
      assert.equal((await readAll(store.storage, group, 'bob')).length, 3);
      await leave(store.storage, group, 'ann');
      assert.deepEqual(await store.storage.append(first), duplicate, 'the first answer stands after they left');
      assert.deepEqual(await store.storage.append({ ...first, body: { ...first.body, text: 'twice' } }), { status: 'conflict' });
      assert.deepEqual(await store.storage.append({ ...first, author: 'cyd' }), { status: 'refused', standing: 'stranger', ended: false });
    });

    test('[G4] [G5] any mixture of sends and repeats leaves each cid once, with its first content', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const sends = fc.array(fc.record({ author: fc.constantFrom('ann', 'bob'), id: fc.nat(5), text: fc.constantFrom('a', 'b') }), {
        minLength: 1,
        maxLength: 20,
      });
      await fc.assert(
        fc.asyncProperty(sends, async (drawn) => {
          const cids = Array.from({ length: 6 }, cid);
          const first = new Map<string, { text: string; seq: number }>();
          const head = (await seenBy(store.storage, 'ann', group))?.head ?? 0;
          const answers = await Promise.all(
            drawn.map(({ author, id, text }) => store.storage.append(message(group, author, text, { cid: cids[id] ?? '' }))),
          );
          for (const [index, answer] of answers.entries()) {
            const { author, id, text } = drawn[index] ?? assert.fail();
            const known = first.get(`${author} ${id}`);
            if (!known) first.set(`${author} ${id}`, { text, seq: appended(answer).seq });
            else if (known.text !== text) assert.deepEqual(answer, { status: 'conflict' });
            else assert.ok(answer.status === 'duplicate' && answer.seq === known.seq);
          }
          assert.equal((await seenBy(store.storage, 'ann', group))?.head, head + first.size);
        }),
        { numRuns: 40 },
      );
    });

    test('[attack 46] a send that races the own leaving is before it or refused', async () => {
      for (let round = 0; round < 20; round += 1) {
        const group = await startGroup(store.storage, 'ann', ['bob']);
        const sends = Array.from({ length: 10 }, () => store.storage.append(message(group, 'bob')));
        const leaving = leave(store.storage, group, 'bob');
        const late = Array.from({ length: 10 }, () => store.storage.append(message(group, 'bob')));
        const left = await leaving;
        const results = await Promise.all([...sends, ...late]);
        for (const result of results) {
          if (result.status === 'appended') assert.ok(result.entry.seq < left.seq);
          else assert.deepEqual(result, { status: 'refused', standing: 'left', ended: false });
        }
        const entries = await readAll(store.storage, group, 'ann');
        assert.equal(entries.length, results.filter((result) => result.status === 'appended').length + 2);
      }
    });

    test('[G9] pages from every position', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      for (let number = 2; number <= 12; number += 1) await say(store.storage, group, 'ann', String(number));
      const page = async (ask: { after?: number; before?: number; limit: number }) => {
        const range = await store.storage.range(TENANT, 'bob', group, ask);
        assert.ok(range);
        assert.equal(range.head, 12);
        assert.equal(range.floor, 1);
        return { seqs: range.entries.map((entry) => entry.seq), from: range.from, to: range.to };
      };
      assert.deepEqual(await page({ limit: 3 }), { seqs: [10, 11, 12], from: 10, to: 12 });
      assert.deepEqual(await page({ before: 3, limit: 5 }), { seqs: [1, 2], from: 1, to: 2 });
      assert.deepEqual(await page({ before: 8, limit: 2 }), { seqs: [6, 7], from: 6, to: 7 });
      assert.deepEqual(await page({ after: 0, limit: 2 }), { seqs: [1, 2], from: 1, to: 2 });
      assert.deepEqual(await page({ after: 10, limit: 5 }), { seqs: [11, 12], from: 11, to: 12 });
      const empty = { seqs: [], from: 0, to: 0 };
      assert.deepEqual(await page({ after: 12, limit: 5 }), empty);
      assert.deepEqual(await page({ after: Number.MAX_SAFE_INTEGER, limit: 5 }), empty);
      assert.deepEqual(await page({ before: 1, limit: 5 }), empty);
      assert.equal(await store.storage.range(TENANT, 'cyd', group, { limit: 5 }), null);
      assert.equal(await store.storage.range(TENANT, 'ann', 'no-such-id', { limit: 5 }), null);
    });

    test('marks only grow, are refused beyond the head, and move the own revision', async () => {
      const direct = await startDirect(store.storage, 'ann', 'bob');
      for (let number = 0; number < 3; number += 1) await say(store.storage, direct, 'ann');
      const { revision } = await store.storage.heads(TENANT, 'bob', 1);
      const mark = (marks: object) => store.storage.mark(TENANT, 'bob', direct, marks);
      assert.deepEqual(await mark({ delivered: 3 }), {
        status: 'moved',
        marks: { delivered: 3, read: 0 },
        unread: 3,
        revision: revision + 1,
        moved: 'delivered',
        memberCount: 2,
      });
      const read = { status: 'moved', moved: 'read', memberCount: 2 };
      assert.deepEqual(await mark({ read: 2 }), { ...read, marks: { delivered: 3, read: 2 }, unread: 2, revision: revision + 2 });
      assert.deepEqual(await mark({ read: 1, delivered: 0 }), { status: 'unchanged', marks: { delivered: 3, read: 2 }, unread: 2 });
      assert.deepEqual(await mark({ read: 5 }), { status: 'beyond-head' });
      assert.deepEqual(await mark({ delivered: 5 }), { status: 'beyond-head' });
      assert.deepEqual(await mark({ read: 4 }), { ...read, marks: { delivered: 4, read: 4 }, unread: 0, revision: revision + 3 });
      assert.deepEqual((await store.storage.heads(TENANT, 'bob', 1)).revision, revision + 3);
      assert.deepEqual((await seenBy(store.storage, 'bob', direct))?.marks, { delivered: 4, read: 4 });
    });

    test('[R5] own messages are never unread; own marks follow them only where nothing of others lies between', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await store.storage.mark(TENANT, 'ann', group, { read: 1 });
      await say(store.storage, group, 'ann');
      const seen = async () => {
        const conversation = await seenBy(store.storage, 'ann', group);
        return { read: conversation?.marks.read, unread: conversation?.unread };
      };
      assert.deepEqual(await seen(), { read: 2, unread: 0 });
      await say(store.storage, group, 'bob');
      await say(store.storage, group, 'ann');
      assert.deepEqual(await seen(), { read: 2, unread: 1 });
    });

    test('the unread count stops at its limit', async () => {
      const direct = await startDirect(store.storage, 'ann', 'cyd');
      await Promise.all(Array.from({ length: LIMITS.unreadCounted + 5 }, () => say(store.storage, direct, 'ann')));
      assert.equal((await seenBy(store.storage, 'cyd', direct))?.unread, LIMITS.unreadCounted);
      const marked = await store.storage.mark(TENANT, 'cyd', direct, { read: 2 });
      assert.ok(marked.status === 'moved' && marked.unread === LIMITS.unreadCounted);
      await store.storage.mark(TENANT, 'cyd', direct, { read: LIMITS.unreadCounted });
      assert.equal((await seenBy(store.storage, 'cyd', direct))?.unread, 6);
    });

    test('a store that was closed commits what it had accepted and then answers UNAVAILABLE', async () => {
      const storage = await open();
      await signUp(storage, ['ann', 'bob']);
      const group = await startGroup(storage, 'ann', ['bob']);
      const sends = Array.from({ length: 50 }, () => storage.append(message(group, 'ann')));
      const closed = storage.close();
      assert.deepEqual(
        (await Promise.all(sends)).map((result) => result.status),
        sends.map(() => 'appended'),
      );
      await Promise.all([closed, storage.close()]);
      const unavailable = (error: unknown) => error instanceof ParleyError && error.code === 'UNAVAILABLE';
      await assert.rejects(storage.append(message(group, 'ann')), unavailable);
      await assert.rejects(storage.range(TENANT, 'ann', group, { limit: 1 }), unavailable);
      await assert.rejects(storage.ping(), unavailable);
    });
  });
}
