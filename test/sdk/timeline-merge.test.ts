import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '#protocol';
import type { OutboxItem } from '#sdk';
import { EMPTY_LOG, gaps, merge } from '../../sdk/stores/timeline-merge.js';
import type { Log, Page } from '../../sdk/stores/timeline-merge.js';
import { TimelineView } from '../../sdk/stores/timeline-view.js';
import { deliveryOf, reachedBy, recipientsOf } from '../../sdk/stores/deliveries.js';
import { CONVERSATION, entryId } from './support/fake-server.js';

const LENGTH = 40;
/** Numbers that are not for this viewer: legal holes. */
const HIDDEN = new Set([7, 8, 21]);
const MINE = 'anna';

const log: Entry[] = Array.from({ length: LENGTH }, (_, index) => {
  const seq = index + 1;
  return {
    conversation: CONVERSATION,
    seq,
    cid: entryId(seq),
    author: seq % 3 ? 'ben' : MINE,
    at: seq,
    body: { kind: 'message', text: `${seq}`, links: [] },
  };
});
const visible = log.filter(({ seq }) => !HIDDEN.has(seq));

type Step = { live: number } | { from: number; size: number } | { echo: number } | { acknowledged: number };
const number = fc.integer({ min: 1, max: LENGTH });
const own = fc.integer({ min: 1, max: Math.floor(LENGTH / 3) }).map((n) => n * 3);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ live: number }),
  fc.record({ from: number, size: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ echo: own }),
  fc.record({ acknowledged: own }),
);

/** The naive model: the set of numbers known about. */
function check(held: Log, known: ReadonlySet<number>): void {
  const numbers = [...known].sort((a, b) => a - b);
  assert.deepEqual(
    held.entries.map(({ seq }) => seq),
    numbers.filter((seq) => !HIDDEN.has(seq)),
  );
  const missing = numbers.flatMap((seq, index) => {
    const before = numbers[index - 1];
    return before !== undefined && seq > before + 1 ? [{ from: before + 1, to: seq - 1 }] : [];
  });
  assert.deepEqual(gaps(held), missing);
}

function pageOf(from: number, size: number): Page {
  const to = Math.min(LENGTH, from + size - 1);
  return { from, to, entries: visible.filter(({ seq }) => seq >= from && seq <= to) };
}

test('[G6] [D1] [D2] [D3] [L6] any order of pages, live entries, repeats, echoes and acknowledgements gives an ordered list with its gaps marked, at every step', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let held = EMPTY_LOG;
      let pending: OutboxItem[] = [];
      const known = new Set<number>();
      const view = new TimelineView(MINE);
      let before = new Map<string, unknown>();
      const take = (page: Page) => {
        held = merge(held, page);
        for (let seq = page.from; seq <= page.to; seq++) known.add(seq);
      };
      const all: Step[] = [...steps, { from: 1, size: LENGTH }];
      for (const one of all) {
        if ('live' in one) HIDDEN.has(one.live) || take(pageOf(one.live, 1));
        else if ('from' in one) take(pageOf(one.from, one.size));
        else if ('echo' in one) {
          const cid = entryId(one.echo);
          if (!pending.some((item) => item.cid === cid))
            pending = [...pending, { cid, conversation: CONVERSATION, text: '', links: [], at: 0, state: 'sending' }];
        } else pending = pending.filter(({ cid }) => cid !== entryId(one.acknowledged));
        check(held, known);
        const lines = view.lines(held, { delivered: 0, read: 0, held: 0, from: 1 }, pending);
        assert.equal(new Set(lines.map(({ key }) => key)).size, lines.length, 'no line twice');
        let last = 0;
        for (const line of lines) {
          if (line.type === 'pending') last = Infinity;
          else if (line.type === 'gap') {
            assert.ok(line.from > last);
            last = line.to;
          } else {
            assert.ok(line.entry.seq > last);
            last = line.entry.seq;
            const same = before.get(line.key);
            if (same && (same as { type: string }).type === 'entry') assert.equal(line, same, 'an unchanged line is the same object');
          }
        }
        before = new Map(lines.map((line) => [line.key, line]));
      }
      assert.deepEqual(held.entries, visible);
      assert.deepEqual(gaps(held), []);
    }),
    { numRuns: 500 },
  );
});

test('[D2] what is held already changes nothing, not even the object', () => {
  const held = merge(EMPTY_LOG, pageOf(1, 20));
  assert.equal(merge(held, pageOf(5, 3)), held);
  assert.equal(merge(held, pageOf(20, 1)), held);
});

test('a page of a faulty server, out of order, doubled and beyond its range, is put right', () => {
  const [a, b, c] = visible as [Entry, Entry, Entry];
  const held = merge(EMPTY_LOG, { from: 1, to: 2, entries: [b, a, a, c] });
  assert.deepEqual(held.entries, [a, b]);
});

test('one more entry in a timeline of 100,000 costs one line', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => ({ ...(log[0] as Entry), seq: index + 1, author: 'ben' }));
  const view = new TimelineView(MINE);
  const held = merge(EMPTY_LOG, { from: 1, to: many.length, entries: many });
  const before = view.lines(held, { delivered: 0, read: 0, held: 0, from: 1 }, []);
  const next = merge(held, { from: 100_001, to: 100_001, entries: [{ ...(log[0] as Entry), seq: 100_001 }] });
  const after = view.lines(next, { delivered: 0, read: 0, held: 0, from: 1 }, []);
  assert.equal(after.length, 100_001);
  assert.ok(before.every((line, index) => line === after[index]));
});

test('[R1] marks that move change exactly the own lines that they pass', () => {
  const view = new TimelineView(MINE);
  const held = merge(EMPTY_LOG, pageOf(1, 12));
  const before = view.lines(held, { delivered: 0, read: 0, held: 0, from: 1 }, []);
  const after = view.lines(held, { delivered: 9, read: 3, held: 0, from: 1 }, []);
  const states = after.flatMap((line) => (line.type === 'entry' && line.mine ? [line.state] : []));
  assert.deepEqual(states, ['read', 'delivered', 'delivered', 'sent']);
  assert.equal(after.filter((line, index) => line !== before[index]).length, 3);
});

test('[B12] [SPEC R6] who comes later takes nothing away from what the others have read, and is no recipient of it', () => {
  const member = (user: string, mark: number, since?: number) => ({
    user,
    active: true,
    marks: { delivered: mark, read: mark },
    ...(since === undefined ? {} : { since }),
  });
  const states = (...others: ReturnType<typeof member>[]) =>
    [4, 6].map((seq) => deliveryOf(seq, reachedBy([member(MINE, 9), ...others], MINE)));
  assert.deepEqual(states(member('ben', 4)), ['read', 'sent']);
  assert.deepEqual(states(member('ben', 4), member('cleo', 0, 5)), ['read', 'sent']);
  assert.deepEqual(states(member('ben', 6), member('cleo', 0, 5)), ['read', 'sent'], 'of what came after, they are one more');
  assert.deepEqual(states(member('cleo', 6, 5)), ['sent', 'read'], 'what was said to nobody was read by nobody');
  const listed = (seq: number) => recipientsOf([member(MINE, 9), member('ben', 4), member('cleo', 6, 5)], seq, MINE, false);
  assert.deepEqual(listed(4), [{ user: 'ben', state: 'read' }]);
  assert.deepEqual(
    listed(6).map(({ user }) => user),
    ['ben', 'cleo'],
  );
});

test('[S6] what waits for the end of somebody\'s "do not disturb" is held, as soon as all the others have it', () => {
  const member = (user: string, delivered: number, read: number, held = false) => ({
    user,
    active: true,
    held,
    marks: { delivered, read },
  });
  const reached = reachedBy([member(MINE, 9, 9), member('ben', 6, 2), member('cleo', 3, 3, true)], MINE);
  assert.deepEqual(
    [2, 3, 4, 6, 7].map((seq) => deliveryOf(seq, reached)),
    ['read', 'delivered', 'held', 'held', 'sent'],
  );
  const alone = reachedBy([member(MINE, 9, 9), member('cleo', 3, 3, true)], MINE);
  assert.equal(deliveryOf(9, alone), 'held', 'with nobody else there is nothing else to wait for');
});
