import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GOALS } from './goals.js';
import { markdown, number, row, table } from './report.js';
import { summary } from './statistics.js';

const of = (median: number) => summary([median / 2, median, median * 2]);
const rows = [
  row(
    'sent',
    '/s',
    { floor: of(20_000), parley: of(15_000) },
    { floorIs: 'relay: stores nothing', goals: [GOALS.durable, GOALS.leastDurable] },
  ),
  row('opened, p99', 'ms', { floor: of(1), parley: of(1.25), samples: 1_200 }, { floorIs: 'of 100', goals: [GOALS.opening] }),
  row('rows | nodes', '', { parley: of(18) }, { goals: [GOALS.rows] }),
];

describe('the table of a benchmark', () => {
  it('[G26] names the floor, the rounds and samples, the ratio and the goal of each figure, in columns', () => {
    const lines = table(rows);
    assert.equal(lines.length, 4);
    assert.match(
      lines[1] ?? '',
      /^sent .* 20,000 \(10,000, 40,000\) +15,000 \(7,500, 30,000\) +3 +0\.75 +at least 0\.8 x {2}relay: stores nothing$/,
    );
    assert.match(lines[2] ?? '', / 1\.00 \(0\.500, 2\.00\) +1\.25 \(0\.625, 2\.50\) +3 x 1,200 +1\.25 +at most 1\.3 x {2}of 100$/);
    assert.match(lines[3] ?? '', / - +18\.0 \(9\.00, 36\.0\) +3 +- +at most 40$/);
    const column = lines[0]?.indexOf('what the floor is');
    assert.deepEqual([lines[1]?.indexOf('relay: '), lines[2]?.indexOf('of 100')], [column, column], 'the words begin at the same place');
  });

  it('[G26] says of how many rounds a floor is that was measured in fewer', () => {
    const [, line = ''] = table([row('sent', '/s', { floor: summary([1, 2]), parley: of(15_000), samples: 40 })]);
    assert.match(line, / 2 \/ 3 x 40 /);
  });

  it('[G26] has no ratio to nothing', () => {
    assert.equal(row('jump', 'px', { floor: summary([0]), parley: summary([0]) }).ratio, null);
  });

  it('[G26] is a table in Markdown whatever a name holds', () => {
    const lines = markdown(rows);
    assert.equal(lines.length, 5);
    const columns = lines.map((line) => line.replaceAll('\\|', '').split('|').length);
    assert.deepEqual(new Set(columns), new Set([10]));
  });

  it('[G26] shows no more digits than a run can know', () => {
    assert.deepEqual([0, 0.1234, 1.234, 12.34, 123.4, 12_345.6, Number.NaN].map(number), [
      '0',
      '0.123',
      '1.23',
      '12.3',
      '123',
      '12,346',
      'none',
    ]);
  });
});
