import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { growthRows } from './growth.js';
import type { Cost } from './growth.js';
import { growthMarkdown, growthSummary, growthTable } from './table.js';

const costs = (figure: string, subject: Cost['subject'], power: number): Cost[] =>
  [100, 10, 1_000].map((size) => ({ figure, unit: 'ms', axis: 'members', size, subject, value: 2 * size ** power }));

describe('growth', () => {
  it('[G26] is the exponent over the sizes, in order, of the medians of all rounds', () => {
    const late = { figure: 'page', unit: 'ms', axis: 'members' as const, size: 10, subject: 'parley' as const, value: 1_000 };
    const [row] = growthRows([...costs('page', 'parley', 0.5), ...costs('page', 'parley', 0.5), late]);
    assert.ok(row);
    assert.deepEqual(
      row.points.map(({ size }) => size),
      [10, 100, 1_000],
    );
    assert.ok(Math.abs(row.exponent - 0.5) < 1e-9);
    assert.equal(row.points[0]?.cost.max, 1_000);
    assert.match(growthTable([row])[1] ?? '', / {2}6\.32 \(6\.32, 1,000\) {2,}20\.0 \(20\.0, 20\.0\) .* 2 +0\.50 +GROWS$/);
  });

  it('[G26] is flagged above the threshold, and not where the floor of the stack grows as much', () => {
    const rows = growthRows([
      ...costs('flat', 'parley', 0.1),
      ...costs('grows', 'parley', 0.4),
      ...costs('grows with the stack', 'parley', 0.4),
      ...costs('grows with the stack', 'relay', 0.35),
      ...costs('shrinks under it', 'parley', 0.2),
      ...costs('shrinks under it', 'relay', -0.5),
    ]);
    assert.deepEqual(
      rows.filter(({ flagged }) => flagged).map(({ figure }) => figure),
      ['grows', 'shrinks under it'],
    );
    assert.equal(growthSummary(rows), 'Grows by more than the power 0.15 of the size: grows with members; shrinks under it with members.');
    assert.match(growthTable(rows).join('\n'), /^grows +ms +members \(10, 100, 1,000\).* 0\.40 +GROWS$/m);
    assert.equal(growthMarkdown(rows).length, 6);
  });

  it('[G26] is not told of one size alone', () => {
    const [row] = growthRows(costs('page', 'parley', 1).slice(0, 1));
    assert.ok(row && Number.isNaN(row.exponent) && !row.flagged);
    assert.equal(growthSummary([row]), 'Not measured at all sizes: page with members.');
    assert.equal(
      growthSummary(growthRows(costs('nothing', 'parley', 0).map((cost) => ({ ...cost, value: cost.size === 10 ? 0 : 2 })))),
      'Not measured at all sizes: nothing with members.',
    );
    assert.equal(growthSummary([]), 'Nothing was measured.');
    assert.equal(growthSummary(growthRows(costs('page', 'parley', 0))), 'Nothing grows by more than the power 0.15 of the size.');
  });
});
