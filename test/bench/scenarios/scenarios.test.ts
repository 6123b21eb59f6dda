import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FULL, SHORT } from '../bench.js';
import type { Bench, Sizes } from '../bench.js';
import { GOALS } from '../goals.js';
import { rowsOf } from '../runner.js';
import type { Measured } from '../runner.js';
import { SCENARIOS } from './index.js';

const benchOf = (sizes: Sizes) => ({ sizes, connections: sizes.connections }) as Bench;
const figuresOf = (sizes: Sizes) => Object.values(SCENARIOS).flatMap((scenario) => scenario.figures(benchOf(sizes)));
const SERVER = [
  'durable',
  'peers',
  'leastDurable',
  'latency',
  'fanOut',
  'memory',
  'signIn',
  'opening',
  'startUp',
  'startAfterCrash',
] as const;

describe('the scenarios of the benchmark', () => {
  it('[G26] have a figure for each goal of the server, and in the short tier for those that its sizes allow', () => {
    const goals = (sizes: Sizes) => new Set(figuresOf(sizes).flatMap((figure) => figure.goals ?? []));
    for (const name of SERVER) {
      assert.ok(goals(FULL).has(GOALS[name]), name);
      assert.equal(goals(SHORT).has(GOALS[name]), !name.startsWith('start'), name);
    }
  });

  it('[G26] say in words what each floor is, and of each share of many how many they are', () => {
    for (const { name, floor, samples } of figuresOf(FULL)) {
      assert.ok(floor.is.includes(':'), `${name}: ${floor.is}`);
      assert.equal(samples !== undefined, /\bp(50|95|99)\b|against one of 100$/.test(name), name);
    }
  });

  it('[G26] give rows with the samples of the round that had the fewest', () => {
    const round = (subject: Measured['subject'], p99: number, samples: number): Measured => ({
      scenario: 'latency',
      subject,
      figures: { missing: 0, 'p99 at 200': p99, 'samples at 200': samples },
    });
    const measured = [
      round('relay', 1, 400),
      round('parley', 3, 390),
      round('parley', 2, 380),
      round('relay', 1, 400),
      round('parley', 4, 395),
    ];
    const [row, ...others] = rowsOf(SCENARIOS, benchOf(FULL), measured);
    assert.ok(row && others.length === 0);
    assert.equal(row.samples, 380);
    assert.deepEqual(row.parley, { median: 3, min: 2, max: 4, n: 3 });
    assert.equal(row.ratio, 3);
  });
});
