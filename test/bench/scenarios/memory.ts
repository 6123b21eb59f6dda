import { setTimeout as wait } from 'node:timers/promises';
import { GOALS } from '../goals.js';
import { residentMemory } from '../process-figures.js';
import { signInAll } from '../traffic/sign-in.js';
import type { Scenario } from './scenario.js';

/** People who are left, where there are enough of them, to what is measured while these are connected: a second device of theirs would cost. */
export const OTHERS = 400;

/** Resident memory of idle connections, which stay until this process ends; some come and go before, so that code that is loaded late is not counted. */
export const memory: Scenario = {
  figures: ({ connections }) => [
    {
      key: 'perConnection',
      name: `memory per idle connection, 20 conversations each, of ${connections.toLocaleString('en')}`,
      unit: 'kB',
      floor: { is: 'bare relay: its users are in no conversation' },
      goals: [GOALS.memory],
    },
    { key: 'base', name: 'memory before the connections', unit: 'MB', floor: { is: 'bare relay: has no store and serves no files' } },
  ],
  rounds: { short: 1, full: 2 },
  store: 'crowd',
  count: ({ connections }) => connections,
  limit: 200_000,
  async load(job) {
    for (const client of await signInAll(job, 100)) client.close();
    await wait(1_000);
    const before = residentMemory(job.pid);
    const from = Math.max(0, Math.min(OTHERS, (job.store?.plan.people ?? 0) - job.count));
    const clients = await signInAll(job, job.count, from);
    await wait(2_000);
    const lost = clients.filter(({ open }) => !open).length;
    if (lost > 0) throw new Error(`${String(lost)} of ${String(clients.length)} connections did not last`);
    const perConnection = (residentMemory(job.pid) - before) / clients.length;
    return { base: before / 1_024, perConnection, missing: 0 };
  },
};
