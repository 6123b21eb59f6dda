import { closedLoop } from '../traffic/closed-loop.js';
import { signInPairs } from '../traffic/pairs.js';
import type { Job, Figures } from '../job.js';
import type { Figure, Scenario } from './scenario.js';

const UNDER_WAY = 100;

async function load(job: Job): Promise<Figures> {
  const members = await signInPairs(job);
  return { ...(await closedLoop(job, { senders: members, everybody: members, flows: UNDER_WAY })) };
}

function figures(engine: string, goal: Pick<Figure, 'goal'>): Figure[] {
  return [
    { key: 'perSecond', name: `1:1 messages accepted, durable and delivered, ${engine}, 100 under way`, unit: '/s', ...goal },
    { key: 'cpuPerMessage', name: `server CPU per message, ${engine}`, unit: 'µs' },
  ];
}

/** Messages that are accepted, on disk and delivered, with 100 under way between 50 pairs. */
export const durable: Scenario = {
  figures: () => figures('SQLite', { goal: { least: 0.8, of: 'ratio' } }),
  measure: (subject, bench) => bench.load('durable', subject),
  load,
};

/** The same on PostgreSQL; the processor time of its own processes is not counted. */
export const postgres: Scenario = {
  figures: () => figures('PostgreSQL', {}),
  rounds: { short: 1, full: 5 },
  async measure(subject, bench) {
    if (subject === 'relay') return bench.load('postgres', subject);
    const database = await (await bench.postgres()).createDatabase();
    try {
      return await bench.load('postgres', subject, { start: { env: { PARLEY_DATABASE_URL: database.url } } });
    } finally {
      await database.drop();
    }
  },
  load,
};
