import { setTimeout as wait } from 'node:timers/promises';
import { residentMemory } from '../process-figures.js';
import { signInAll } from '../traffic/sign-in.js';
import type { Scenario } from './scenario.js';

/** Resident memory of idle connections; some come and go before, so that code that is loaded late is not counted. */
export const memory: Scenario = {
  figures: ({ connections }) => [
    {
      key: 'perConnection',
      name: `memory per idle connection, 20 conversations each, of ${connections.toLocaleString('en')}`,
      unit: 'kB',
      goal: { most: 2, of: 'ratio' },
    },
    { key: 'base', name: 'memory before the connections', unit: 'MB' },
  ],
  rounds: { short: 1, full: 2 },
  store: 'crowd',
  async measure(subject, bench) {
    const store = await bench.store('crowd');
    return bench.load('memory', subject, { store, count: bench.connections, limit: 200_000 });
  },
  async load(job) {
    for (const client of await signInAll(job, 100)) client.close();
    await wait(1_000);
    const before = residentMemory(job.pid);
    const clients = await signInAll(job, job.count);
    await wait(2_000);
    const perConnection = (residentMemory(job.pid) - before) / clients.length;
    for (const client of clients) client.close();
    return { base: before / 1_024, perConnection, missing: 0 };
  },
};

/** People before these are left to what is measured meanwhile. */
const IDLE_FROM = 400;

/** No measurement: connections that are there while others are measured, until the process ends. */
export const idle: Scenario = {
  figures: () => [],
  measure: () => Promise.resolve({ missing: 0 }),
  async load(job) {
    await signInAll(job, job.count, IDLE_FROM);
    return { missing: 0 };
  },
};
