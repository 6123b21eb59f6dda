import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from '../bench.js';
import { GOALS } from '../goals.js';
import type { Goal } from '../goals.js';
import { percentile } from '../statistics.js';
import { hold } from '../subjects.js';
import type { Load, SubjectName } from '../subjects.js';
import { closedLoop } from '../traffic/closed-loop.js';
import { signInPairs } from '../traffic/pairs.js';
import type { Figure, Scenario } from './scenario.js';

/** Starts of each subject in a round. */
const TIMES = { short: 1, full: 3 };
const UNDER_WAY = 100;
/** A store of fewer entries has no such goal. */
const MILLION = 1_000_000;
/** Copies delivered before a crash; those who write go on until it comes. */
const WRITTEN = 5_000;

function figures({ sizes }: Bench, { after = '', floor, goal }: { after?: string; floor: string; goal?: Goal }): Figure[] {
  const name = `start to ready on a store of ${sizes.archive.toLocaleString('en')} entries${after}, p50`;
  const goals = goal && sizes.archive >= MILLION ? [goal] : [];
  return [{ key: 'seconds', name, unit: 's', floor: { is: floor }, samples: 'times', goals }];
}

/** Each after what `before` did to the server that ran before it. */
async function measure(subject: SubjectName, bench: Bench, before: () => Promise<void> = () => Promise.resolve()) {
  const store = await bench.store('archive');
  const times: number[] = [];
  for (let time = 0; time < TIMES[bench.short ? 'short' : 'full']; time += 1) {
    await before();
    const begin = performance.now();
    const server = await bench.start(subject, { store });
    times.push((performance.now() - begin) / 1_000);
    await server.stop();
  }
  return { seconds: percentile(times, 0.5), times: times.length, missing: 0 };
}

/** From the start of the process until it serves. */
export const startUp: Scenario = {
  figures: (bench) => figures(bench, { floor: 'bare relay: opens no store', goal: GOALS.startUp }),
  rounds: { short: 1, full: 3 },
  store: 'archive',
  measure: (subject, bench) => measure(subject, bench),
};

/** The same on a file that was put back, of which nobody knows that it is sound: it is checked before it is served. */
export const startChecked: Scenario = {
  figures: (bench) => figures(bench, { after: ' that was put back', floor: 'bare relay: opens no store and checks no file' }),
  rounds: { short: 1, full: 2 },
  store: 'archive',
  measure: (subject, bench) =>
    measure(subject, bench, async () => {
      const { data } = await bench.store('archive');
      await rm(join(data, 'parley.db.sound'), { force: true });
    }),
};

/** The same after the server before it was killed while a hundred people wrote to each other. */
export const startAfterCrash: Scenario = {
  figures: (bench) =>
    figures(bench, {
      after: ' after kill -9 while 100 wrote',
      floor: 'bare relay: has nothing to recover or to check',
      goal: GOALS.startAfterCrash,
    }),
  rounds: { short: 1, full: 3 },
  store: 'archive',
  measure: (subject, bench) => measure(subject, bench, () => crash(subject, bench)),
  async load(job) {
    // Nobody whom another scenario signs in: their conversations stay as they were built.
    const members = await signInPairs(job, { from: job.count });
    const loop = { senders: members, everybody: members, flows: UNDER_WAY };
    // For longer than it lives.
    const writing = closedLoop({ ...job, warmUpSeconds: 3_600 }, loop);
    writing.catch(() => undefined);
    const written = (): number => members.reduce((sum, { received }) => sum + received, 0);
    while (written() < WRITTEN) await Promise.race([wait(5), writing]);
    return { missing: 0 };
  },
};

async function crash(subject: SubjectName, bench: Bench): Promise<void> {
  const store = await bench.store('archive');
  const server = await bench.start(subject, { store });
  const job = bench.job('start-after-crash', server, { store, count: store.plan.people });
  let writing: Load | undefined;
  try {
    writing = await hold(job);
  } finally {
    await server.stop('SIGKILL');
    writing?.release();
  }
}
