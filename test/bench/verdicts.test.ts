import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { row } from './report.js';
import { goalVerdict, passed, verdictsOf } from './verdicts.js';

const of = (median: number) => ({ median, min: median, max: median });
const accepted = (perSecond: number) =>
  row('1:1 messages accepted, SQLite', '/s', { floor: of(1_000), parley: of(perSecond) }, { goal: { least: 0.8, of: 'ratio' } });

describe('the verdicts of a benchmark', () => {
  it('[G26] say by how much a goal is missed', () => {
    const slow = row('p99', 'ms', { floor: of(2), parley: of(4) }, { goal: { most: 1.6, of: 'ratio' } });
    assert.deepEqual(goalVerdict(slow), { name: 'p99: at most 1.6 x', held: false, fails: false, detail: '2.00 x, 25 % over it' });
    assert.equal(goalVerdict(accepted(400))?.detail, '0.40 x, 50 % under it');
    assert.deepEqual(goalVerdict(accepted(800))?.held, true);
    const start = row('start', 's', { parley: of(0.5) }, { goal: { most: 1, of: 'value' } });
    assert.equal(goalVerdict(start)?.detail, '0.500 s');
  });

  it('[G26] say nothing of a figure without a goal or without its floor', () => {
    assert.equal(goalVerdict(row('base', 'MB', { floor: of(1), parley: of(2) })), null);
    assert.equal(goalVerdict(row('p99', 'ms', { parley: of(2) }, { goal: { most: 1, of: 'ratio' } })), null);
  });

  it('[G26] fail the run for a message that is missing and for a lost property, not for a missed goal', () => {
    const of = (perSecond: number, missing: number) => passed({ verdicts: verdictsOf([accepted(perSecond)], missing), failures: [] });
    assert.ok(of(500, 0));
    assert.ok(!of(900, 1));
    assert.ok(!of(300, 0));
  });

  it('[G26] fail the run for what could not be measured', () => {
    const failures = [{ what: 'storm', why: 'there was no time left for it' }];
    assert.ok(!passed({ verdicts: verdictsOf([accepted(900)], 0), failures }));
  });
});
