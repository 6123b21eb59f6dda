import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { record } from './record.js';
import type { Outcome } from './record.js';
import { row } from './report.js';
import { verdictsOf } from './verdicts.js';

const of = (median: number) => ({ median, min: median, max: median });
const rows = [row('1:1 messages accepted, SQLite', '/s', { floor: of(20_000), parley: of(9_000) }, { goal: { least: 0.8, of: 'ratio' } })];
const outcome: Outcome = {
  rows,
  growth: [],
  verdicts: verdictsOf(rows, 0),
  failures: [{ what: 'browser', why: 'cannot read /srv/somebody/parley/dist/x.js: gone\n    at file:///srv/somebody/y.js:1' }],
  flushMs: 0.5,
  seconds: 1_140,
  machine: { processor: 'Some Processor, 2 cores', Node: '24.21.0' },
};

describe('BENCHMARKS.md', () => {
  const text = record(outcome, new Date('2026-11-21T20:00:00Z'));

  it('[G26] says when, on what and with which versions, and what the peers take', () => {
    assert.match(text, /on 2026-11-21, in 19 minutes/);
    assert.match(text, /Some Processor, 2 cores; Node 24\.21\.0; a flush of 4 kB takes 0\.50 ms/);
    assert.match(text, /^\| Parley, SQLite \(this run\) \| 9,000 \| - \| - \|$/m);
    assert.match(text, /^\| ejabberd 23\.01, PostgreSQL \| 1,800 \|/m);
  });

  it('[G26] says which goals are missed and what was not measured, without a path of the machine', () => {
    assert.match(text, /^- missed: 1:1 messages accepted, SQLite: at least 0\.8 x \(0\.45 x, 44 % under it\)$/m);
    assert.match(text, /^- not measured: browser: cannot read \(a file\): gone$/m);
    assert.ok(!text.includes('somebody'));
  });
});
