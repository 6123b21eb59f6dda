import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { exponent, percentile, summary } from './statistics.js';

describe('the figures of a benchmark', () => {
  it('[G26] gives the median of an odd and of an even number of rounds, with the extremes', () => {
    assert.deepEqual(summary([3, 1, 2]), { median: 2, min: 1, max: 3, n: 3 });
    assert.deepEqual(summary([4, 1, 3, 2]), { median: 2.5, min: 1, max: 4, n: 4 });
  });

  it('[G26] gives a percentile that is one of the values, and never one of none', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.equal(percentile(values, 0.5), 50);
    assert.equal(percentile(values, 0.99), 99);
    assert.equal(percentile([7], 0.99), 7);
    assert.ok(Number.isNaN(percentile([], 0.5)));
  });

  it('[G26] finds the power by which a cost grows, whatever the unit is', () => {
    const power = fc.double({ min: -2, max: 3, noNaN: true });
    const factor = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(power, factor, (wanted, scale) => {
        const points = [1_000, 10_000, 100_000].map((size) => ({ size, cost: scale * size ** wanted }));
        assert.ok(Math.abs(exponent(points) - wanted) < 1e-6);
      }),
    );
  });

  it('[G26] says of one size alone that nothing is known of growth', () => {
    assert.ok(Number.isNaN(exponent([{ size: 10, cost: 3 }])));
    assert.ok(Number.isNaN(exponent([])));
  });
});
