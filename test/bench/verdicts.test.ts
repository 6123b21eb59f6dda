import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GOALS } from './goals.js';
import { row } from './report.js';
import type { Row } from './report.js';
import { summary } from './statistics.js';
import { passed, verdictLine, verdictOf, verdictsOf } from './verdicts.js';

const TIER = 'the short tier';
const of = (median: number) => summary([median]);
const accepted = (perSecond: number): Row =>
  row(
    '1:1 messages accepted, SQLite',
    '/s',
    { floor: of(10_000), parley: of(perSecond) },
    { goals: [GOALS.durable, GOALS.peers, GOALS.leastDurable] },
  );

describe('the verdicts of a benchmark', () => {
  it('[G26] say by how much a goal is missed', () => {
    const slow = row('p99', 'ms', { floor: of(2), parley: of(4.5) }, { goals: [GOALS.latency] });
    assert.deepEqual(verdictOf(GOALS.latency, [slow]), { name: 'p99: at most 1.5 x', outcome: 'missed', detail: '2.25 x, 50 % over it' });
    assert.equal(verdictOf(GOALS.durable, [accepted(4_000)])?.detail, '0.40 x, 50 % under it');
    assert.equal(verdictOf(GOALS.durable, [accepted(8_000)])?.outcome, 'met');
    const start = row('start', 's', { parley: of(0.5) }, { goals: [GOALS.startUp] });
    assert.equal(verdictOf(GOALS.startUp, [start])?.detail, '0.500 s');
    const jump = row('jump', 'px', { parley: of(3) }, { goals: [GOALS.jump] });
    assert.equal(verdictOf(GOALS.jump, [jump])?.detail, '3.00 px');
  });

  it('[G26] name each goal, also where the run has no figure for it', () => {
    const bare = row('sign-in', 'ms', { parley: of(2) }, { goals: [GOALS.signIn] });
    const none = row('start', 's', { parley: of(Number.NaN) }, { goals: [GOALS.startUp] });
    const verdicts = verdictsOf([accepted(9_000), bare, none], 0, TIER);
    assert.equal(
      verdictLine(verdictsOf([], null, TIER)[0] ?? assert.fail()),
      `not measured: each message delivered to everybody once and in order (${TIER})`,
    );
    assert.equal(verdicts.length, 1 + Object.keys(GOALS).length);
    const unmeasured = verdicts.filter(({ outcome }) => outcome === 'not measured').map(verdictLine);
    assert.equal(unmeasured.length, Object.keys(GOALS).length - 3);
    for (const { name } of [GOALS.signIn, GOALS.startUp, GOALS.memory, GOALS.rows])
      assert.ok(
        unmeasured.some((line) => line.startsWith(`not measured: ${name}: at most`) && line.endsWith(`(${TIER})`)),
        name,
      );
  });

  it('[G26] fail the run for a message that is missing and for a lost property, not for a missed goal', () => {
    const run = (perSecond: number, missing: number) =>
      passed({ verdicts: verdictsOf([accepted(perSecond)], missing, TIER), failures: [] });
    assert.ok(run(5_000, 0));
    assert.ok(!run(9_000, 1));
    assert.ok(!run(3_000, 0));
  });

  it('[G26] fail the run for what could not be measured', () => {
    const failures = [{ what: 'storm', why: 'there was no time left for it' }];
    assert.ok(!passed({ verdicts: verdictsOf([accepted(9_000)], 0, TIER), failures }));
  });
});
