import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  belongsAfter,
  firstVisible,
  isActive,
  lastVisible,
  overlaps,
  pageOf,
  viewOf,
  visibleTo,
} from '../../../server/domain/visibility.js';
import type { Interval, SeqRange } from '../../../server/domain/visibility.js';

const intervals = fc.array(fc.record({ from: fc.integer({ min: 1, max: 30 }), to: fc.option(fc.integer({ min: 1, max: 30 })) }), {
  maxLength: 5,
});
const head = fc.integer({ min: 0, max: 30 });
const edge = fc.option(fc.integer({ min: 0, max: 32 }), { nil: undefined });

/** Which entries are in one of the periods, one by one. */
function naive(periods: readonly Interval[], last: number): number[] {
  const seqs = Array.from({ length: last }, (_, index) => index + 1);
  return seqs.filter((seq) => periods.some(({ from, to }) => from <= seq && seq <= (to ?? last)));
}

function spread(ranges: readonly SeqRange[]): number[] {
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

describe('what a member may see', () => {
  test('[B17] [G12] is exactly the entries of their periods, whatever the periods are', () => {
    fc.assert(
      fc.property(intervals, head, (periods, last) => {
        const ranges = visibleTo({ intervals: periods }, last);
        assert.deepEqual(spread(ranges), naive(periods, last));
        ranges.slice(1).forEach((range, index) => assert.ok(range.from > (ranges[index]?.to ?? 0) + 1, 'ranges do not touch'));
      }),
    );
  });

  test('[S3] [S6] [G12] a window takes away what is too old and what waits, entry by entry, and nothing else', () => {
    fc.assert(
      fc.property(intervals, head, edge, edge, (periods, last, from, to) => {
        const open = naive(periods, last).filter((seq) => seq <= (to ?? last));
        const seen = open.filter((seq) => seq >= (from ?? 0));
        const view = viewOf({ intervals: periods }, last, { from, to });
        assert.deepEqual(spread(view.ranges), seen);
        assert.deepEqual(spread(visibleTo({ intervals: periods }, last, { from, to })), seen);
        assert.deepEqual(spread(view.periods), open, 'who was there is known of what is too old as well');
        assert.equal(view.head, open.at(-1) ?? 0, 'a head does not go back because entries grow old');
        assert.equal(view.floor, seen[0] ?? (open.length > 0 ? view.head + 1 : 0));
      }),
    );
  });

  test('both ends belong to it: the entry that let them in and the one that let them out', () => {
    const membership = {
      intervals: [
        { from: 3, to: 5 },
        { from: 8, to: null },
      ],
    };
    assert.deepEqual(visibleTo(membership, 9), [
      { from: 3, to: 5 },
      { from: 8, to: 9 },
    ]);
    assert.equal(isActive(membership), true);
    assert.equal(isActive({ intervals: [{ from: 3, to: 5 }] }), false);
    assert.deepEqual(
      [2, 3, 4, 5, 7, 8].filter((seq) => belongsAfter(membership, seq)),
      [3, 4, 8],
    );
    assert.equal(overlaps(membership, [{ from: 1, to: 2 }]), false);
    assert.equal(overlaps(membership, [{ from: 5, to: 7 }]), true);
  });

  test('[G9] pages in either direction cover the visible entries once and speak for the whole span between them', () => {
    fc.assert(
      fc.property(intervals, head, fc.integer({ min: 1, max: 8 }), (periods, last, limit) => {
        const ranges = visibleTo({ intervals: periods }, last);
        const forward: number[] = [];
        let after = 0;
        for (let page = pageOf(ranges, { after, limit }); page.to > 0; page = pageOf(ranges, { after, limit })) {
          const seqs = spread(page.ranges);
          assert.ok(seqs.length <= limit && page.to > after);
          assert.equal(page.from, Math.max(after + 1, firstVisible(ranges)));
          assert.deepEqual(
            seqs,
            naive(periods, last).filter((seq) => seq >= page.from && seq <= page.to),
          );
          forward.push(...seqs);
          after = page.to;
        }
        const backward: number[] = [];
        let before: number | undefined;
        for (let page = pageOf(ranges, { before, limit }); page.to > 0; page = pageOf(ranges, { before, limit })) {
          assert.equal(page.to, Math.min((before ?? Infinity) - 1, lastVisible(ranges)));
          backward.unshift(...spread(page.ranges));
          before = page.from;
        }
        assert.deepEqual(forward, naive(periods, last));
        assert.deepEqual(backward, naive(periods, last));
      }),
    );
  });

  test('[G9] positions that no honest client has give an empty page', () => {
    const ranges = visibleTo({ intervals: [{ from: 1, to: null }] }, 10);
    for (const page of [{ after: 10 }, { after: 2 ** 53 }, { before: 1 }, { after: 8, before: 3 }]) {
      assert.deepEqual(pageOf(ranges, { ...page, limit: 5 }), { ranges: [], from: 0, to: 0 });
    }
    assert.deepEqual(pageOf([], { limit: 5 }), { ranges: [], from: 0, to: 0 });
  });
});
