import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdown, number, row, table } from './report.js';

const of = (median: number) => ({ median, min: median / 2, max: median * 2 });
const rows = [
  row('sent', '/s', { floor: of(20_000), parley: of(15_000) }, { goal: { least: 0.8, of: 'ratio' } }),
  row('opened', 'ms', { floor: of(1), parley: of(1.25) }, { floorName: 'of 100', goal: { most: 1.3, of: 'ratio' } }),
  row('rows | nodes', '', { parley: of(18) }, { goal: { most: 40, of: 'value' } }),
];

describe('the table of a benchmark', () => {
  it('[G26] names the floor, the ratio and the goal of each figure, in columns', () => {
    const lines = table(rows);
    assert.equal(lines.length, 4);
    assert.match(lines[1] ?? '', /^sent .* 20,000 \(10,000, 40,000\) +15,000 \(7,500, 30,000\) +0\.75 +at least 0\.8 x$/);
    assert.match(lines[2] ?? '', /of 100: 1\.00 \(0\.500, 2\.00\) +1\.25 \(0\.625, 2\.50\) +1\.25 +at most 1\.3 x$/);
    assert.match(lines[3] ?? '', / - +18\.0 \(9\.00, 36\.0\) +- +at most 40$/);
    assert.equal(new Set(lines.map((line) => line.length)).size, 1, 'the last column ends at the same place');
  });

  it('[G26] is a table in Markdown whatever a name holds', () => {
    const lines = markdown(rows);
    assert.equal(lines.length, 5);
    const columns = lines.map((line) => line.replaceAll('\\|', '').split('|').length);
    assert.deepEqual(new Set(columns), new Set([8]));
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
