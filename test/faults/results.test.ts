import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { merged } from './results.js';
import type { Result } from './runner.js';
import { isCaught } from './self-test.js';
import { PLANTS } from './plants/index.js';

const result: Result = {
  guarantee: 'G1',
  promise: 'it holds',
  engine: 'sqlite',
  nodes: 1,
  tier: 'commit',
  seed: 7,
  injected: '10 x SIGKILL of a node',
  faults: 10,
  operations: 1_000,
  acknowledged: 900,
  violations: 0,
  findings: {},
  examples: [],
  seconds: 12.3,
};
const rows = (text: string): string[] => (text.split('## The promises')[0] ?? '').split('\n').filter((line) => /^\| G\d/.test(line));
const DAY = new Date('2026-05-04T00:00:00Z');

describe('the table of results', () => {
  it('[G1] has a row with the number of faults and the bound that follows from it', () => {
    const [row] = rows(merged('', [result], DAY));
    assert.match(
      row ?? '',
      /^\| G1 \| commit \| sqlite \| 1 \| 10 x SIGKILL of a node \| 10 \| 1000 \| 0 \| < 0\.30 \| 7 \| 2026-05-04 \| 12 \|/,
    );
  });

  it('[G1] puts a later run in the place of the earlier one, beside other tiers and engines', () => {
    const first = merged('', [result, { ...result, tier: 'nightly' }, { ...result, guarantee: 'G10' }], DAY);
    const second = rows(
      merged(
        first,
        [
          { ...result, seed: 8 },
          { ...result, guarantee: 'G2', skipped: 'no strace' },
        ],
        DAY,
      ),
    );
    assert.equal(second.length, 3);
    assert.match(second[0] ?? '', /\| 8 \|/);
    assert.match(second[2] ?? '', /^\| G10 /);
  });

  it('[G10] [G11] [G18] names below what is proved elsewhere, once, however often it is written', () => {
    const twice = merged(merged('', [result], DAY), [result], DAY);
    const [, places = ''] = twice.split('## Proved elsewhere');
    for (const guarantee of ['G10', 'G11', 'G14', 'G18']) assert.equal(places.split(`| ${guarantee} |`).length, 2, guarantee);
    assert.deepEqual(rows(twice).length, 1);
  });

  it('[G1] claims no bound where something was broken', () => {
    assert.doesNotMatch(rows(merged('', [{ ...result, violations: 1 }], DAY))[0] ?? '', /</);
  });
});

describe('the self-test of the harness', () => {
  it('[G1] plants twelve bugs, and counts as caught only what the bug does', () => {
    assert.equal(PLANTS.length, 13, 'twelve, one of them in two ways');
    const [plant] = PLANTS;
    assert.deepEqual(isCaught(plant, [{ findings: { lost: 3 } }]), ['lost']);
    assert.deepEqual(isCaught(plant, [{ findings: { down: 1, start: 1 } }]), []);
  });
});
