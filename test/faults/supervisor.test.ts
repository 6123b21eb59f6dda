import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { eventually } from '../support/eventually.js';
import { isAlive } from '../support/machine.js';
import type { Result } from './runner.js';
import { supervise, type Supervision } from './supervisor.js';
import type { Row } from './worker.js';

const CONDITIONS = { tier: 'commit', seed: 1, minutes: null, plant: null } as const;
const rows: Row[] = ['G1', 'G2', 'G3'].map((guarantee) => ({ guarantee, engine: 'sqlite', nodes: 1 }));

/** Speaks as the real one does, and never comes to an end with G2, of which it starts a program that would outlive it. */
const hangs = (how: string) => `
import { spawn } from 'node:child_process';
process.once('disconnect', () => process.exit(1));
process.once('message', async ({ rows }) => {
  for (const row of rows) {
    if (row.guarantee === 'G2') {
      const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      process.send({ type: 'said', line: 'child ' + pid }, undefined, undefined, () => { ${how} });
      await new Promise(() => {});
    }
    process.send({ type: 'result', result: { ...row, violations: 0 } });
  }
  process.disconnect();
});
setInterval(() => {}, 1000);
`;

describe('whoever watches over a run', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-watch-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function run(how: string, supervision: Supervision): Promise<Result[]> {
    const worker = join(folder, 'worker.mjs');
    await writeFile(worker, hangs(how));
    const told: Result[] = [];
    await supervise(rows, CONDITIONS, async (result) => void told.push(result), { worker, ...supervision });
    return told;
  }

  const childOf = (result: Result | undefined): number => Number(/child (\d+)/.exec(result?.examples[0] ?? '')?.[1]);
  const outcomes = (results: Result[]): string[] => results.map(({ guarantee, violations }) => `${guarantee} ${String(violations)}`);

  it('[G1] ends what hangs with all that it started, calls it broken and goes on with the others', async () => {
    const told = await run('for (;;);', { longest: 1_500 });
    assert.deepEqual(outcomes(told), ['G1 0', 'G2 1', 'G3 0']);
    assert.match(told[1]?.examples[0] ?? '', /^down it was not over after 2 s/);
    const child = childOf(told[1]);
    assert.ok(child > 0);
    await eventually(() => (isAlive(child) ? undefined : true), 'the end of what it started');
  });

  it('[G1] calls broken what ends by itself before it has a result', async () => {
    const told = await run('process.exit(3)', {});
    assert.deepEqual(outcomes(told), ['G1 0', 'G2 1', 'G3 0']);
    assert.match(told[1]?.examples[0] ?? '', /ended with 3; said last: child/);
    process.kill(childOf(told[1]), 'SIGKILL');
  });

  it('[G1] begins nothing when the time of all is over, and says so', async () => {
    const told = await run('for (;;);', { longest: 1_500, altogether: 1_000 });
    assert.deepEqual(outcomes(told), ['G1 0', 'G2 1', 'G3 1']);
    assert.match(told[2]?.examples[0] ?? '', /not begun/);
  });
});
