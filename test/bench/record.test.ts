import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { record } from './record.js';
import { GOALS } from './goals.js';
import type { Outcome } from './record.js';
import { row } from './report.js';
import { summary } from './statistics.js';
import { verdictsOf } from './verdicts.js';

const rows = [
  row(
    '1:1 messages accepted, SQLite',
    '/s',
    { floor: summary([20_000]), parley: summary([9_000, 8_000, 10_000]), samples: 400 },
    { floorIs: 'bare relay: stores nothing', goals: [GOALS.durable, GOALS.peers] },
  ),
];
const outcome: Outcome = {
  rows,
  growth: [],
  verdicts: verdictsOf(rows, 0, 'the full tier'),
  failures: [{ what: 'browser', why: 'cannot read /srv/somebody/parley/dist/x.js: gone\n    at file:///srv/somebody/y.js:1' }],
  notes: ['4,000 idle connections instead of 5,000.'],
  loadBefore: 0.25,
  loadAfter: 1.5,
  flushMs: 0.5,
  seconds: 1_140,
  machine: { processor: 'Some Processor, 2 cores', Node: '24.21.0' },
};

describe('BENCHMARKS.md', () => {
  const text = record(outcome, new Date('2026-11-21T20:00:00Z'));

  it('[G26] says when, on what and with which versions, and what the peers take', () => {
    assert.match(text, /on 2026-11-21, in 19 minutes/);
    assert.match(
      text,
      /Some Processor, 2 cores; Node 24\.21\.0; load of the machine before the run 0\.25, after it 1\.50; a flush of 4 kB takes 0\.50 ms/,
    );
    assert.match(text, /^\| Parley, SQLite \(this run\) \| 9,000 \| - \| - \|$/m);
    assert.match(text, /^\| ejabberd 23\.01, PostgreSQL \| 1,800 \|/m);
    assert.match(
      text,
      /^\| the best of them, each with the machine to itself \| 3,610 \| 37,400 \| 4\.50 \|$/m,
      'no run is set beside their busy hours alone',
    );
  });

  it('[G26] says in words that the machine was not quiet', () => {
    const busy = record({ ...outcome, loadBefore: 0.75 }, new Date());
    assert.match(busy, /before the run 0\.75 \(not quiet: others worked on it\), after it 1\.50;/);
    assert.ok(!text.includes('not quiet'));
  });

  it('[G26] has each figure with its extremes, its rounds and samples, and what its floor leaves out', () => {
    const cells = [
      '20,000 (20,000, 20,000)',
      '9,000 (8,000, 10,000)',
      '1 / 3 x 400',
      '0.45',
      'at least 0.8 x, at least 3,610 /s',
      'bare relay: stores nothing',
    ];
    assert.ok(text.includes(`| 1:1 messages accepted, SQLite | /s | ${cells.join(' | ')} |`));
    assert.match(text, /^4,000 idle connections instead of 5,000\.$/m);
  });

  it('[G26] says which goals are met, which are missed and by how much, and what was not measured, without a path of the machine', () => {
    assert.match(text, /^- met: 1:1 messages accepted, SQLite: at least 3,610 \/s \(9,000 \/s\)$/m);
    assert.match(text, /^- missed: 1:1 messages accepted, SQLite: at least 0\.8 x \(0\.45 x, 44 % under it\)$/m);
    assert.match(text, /^- not measured: memory per idle connection, with state: at most 2 x \(the full tier\)$/m);
    assert.match(text, /^- not measured: browser: cannot read \(a file\): gone$/m);
    assert.ok(!text.includes('somebody'));
  });
});
