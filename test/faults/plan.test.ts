import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readCommandLine } from './command-line.js';
import { ELSEWHERE } from './elsewhere.js';
import { objections, planRows } from './plan.js';
import { type Result, runScenario } from './runner.js';
import { NotHere, type Outcome, type Scenario } from './scenarios/scenario.js';

const plan = (...args: string[]) => planRows(readCommandLine(args));
const ROOT = new URL('../../../', import.meta.url);

describe('what a run is made of', () => {
  it('[G1] is refused when a guarantee that was named would not be tried', () => {
    assert.throws(() => plan('--only', 'G1', '--engine', 'postgres'), /no row, it is tried on sqlite only/);
    assert.throws(() => plan('--only', 'G3,G1', '--engine', 'postgres'), /G1 .*no row/);
    assert.throws(() => plan('--only', 'G3', '--engine', 'sqlite'), /no row/);
    assert.throws(() => plan('--only', 'G1,G99'), /there is no G99/);
    assert.deepEqual(plan('--only', 'G1'), [{ guarantee: 'G1', engine: 'sqlite', nodes: 1 }]);
  });

  it('[G10] [G11] [G18] says of what is proved elsewhere where that is: in files that name it', () => {
    assert.throws(() => plan('--only', 'G10'), /outbox\.test\.ts.*PARLEY_OUTBOX_ROUNDS=/);
    assert.throws(() => plan('--only', 'G11'), /outbox-limits/);
    assert.throws(() => plan('--only', 'G18'), /erasure/);
    for (const { guarantee, files } of ELSEWHERE)
      for (const file of files) {
        const place = new URL(file, ROOT);
        assert.ok(existsSync(place), file);
        assert.ok(readFileSync(place, 'utf8').includes(`[${guarantee}]`), `${file} names ${guarantee}`);
      }
  });
});

describe('whether a run may be called passed', () => {
  const row = { guarantee: 'G2', engine: 'sqlite', nodes: 1 } as const;
  const held = { ...row, guarantee: 'G1', violations: 0 };
  const skipped = { ...row, violations: 0, skipped: 'no strace' };
  const rows = [{ ...row, guarantee: 'G1' }, row];

  it('[G1] may when every row held, and may not when one is broken or is missing', () => {
    const commit = readCommandLine([]);
    assert.deepEqual(objections(rows, [held, { ...held, guarantee: 'G2' }], commit), []);
    assert.match(objections(rows, [held, { ...held, guarantee: 'G2', violations: 1 }], commit).join(), /broken: G2 on sqlite with 1 node/);
    assert.match(objections(rows, [held], commit).join(), /1 of 2 rows/);
    assert.match(objections([], [], commit).join(), /nothing was tried/);
  });

  it('[G2] may not when a row was skipped, unless that was allowed for this one or the tier is that of a developer', () => {
    const on = (...args: string[]): string => objections(rows, [held, skipped], readCommandLine(args)).join();
    assert.match(on(), /skipped: G2 on sqlite with 1 node, no strace/);
    assert.match(on('--tier', 'nightly', '--may-skip', 'G19'), /skipped: G2/);
    assert.equal(on('--may-skip', 'G2'), '');
    assert.equal(on('--tier', 'everyday'), '');
    assert.match(objections([row], [skipped], readCommandLine(['--may-skip', 'G2'])).join(), /nothing was tried/);
  });
});

describe('a scenario in which nothing happened', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-unproved-'));
  after(() => rmSync(folder, { recursive: true }));
  const good: Outcome = { injected: '3 x something', faults: 3, operations: 10_876, acknowledged: 10_000, findings: [] };

  function run(outcome: Partial<Outcome> | Error, floors: Scenario['floors'] = {}): Promise<Result> {
    const scenario: Scenario = {
      guarantee: 'G1',
      promise: 'it holds',
      engines: ['sqlite'],
      floors,
      run: () => (outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve({ ...good, ...outcome })),
    };
    const say = (): void => undefined;
    return runScenario(scenario, {
      tier: 'commit',
      engine: 'sqlite',
      nodes: 1,
      seed: 1,
      minutes: null,
      folder,
      backing: undefined,
      nodeArguments: [],
      say,
    });
  }

  it('[G1] is a finding: no acknowledgement, no fault, or fewer than the scenario asks for', async () => {
    assert.deepEqual((await run({})).findings, {});
    assert.deepEqual((await run({ acknowledged: 0 })).findings, { 'nothing-proved': 1 });
    assert.deepEqual((await run({ faults: 0 })).findings, { 'nothing-proved': 1 });
    assert.deepEqual((await run({ acknowledged: 0, faults: 0 })).violations, 2);
    assert.deepEqual((await run({ acknowledged: 99 }, { acknowledged: 100 })).findings, { 'nothing-proved': 1 });
    assert.deepEqual((await run({}, { faults: 4 })).findings, { 'nothing-proved': 1 });
  });

  it('[G2] is none where it says that it cannot be tried here', async () => {
    const result = await run(new NotHere('no strace'));
    assert.equal(result.skipped, 'no strace');
    assert.equal(result.violations, 0);
  });
});
