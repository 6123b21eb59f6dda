import { GOALS } from '../goals.js';
import { closedLoop } from '../traffic/closed-loop.js';
import { signInPairs } from '../traffic/pairs.js';
import type { Job, Figures } from '../job.js';
import { FLUSHING, RELAY } from './scenario.js';
import type { Figure, Floor, Scenario } from './scenario.js';

const UNDER_WAY = 100;

async function load(job: Job): Promise<Figures> {
  const members = await signInPairs(job);
  return { ...(await closedLoop(job, { senders: members, everybody: members, flows: UNDER_WAY })) };
}

interface Engine {
  name: string;
  /** What of its processor time is not counted, in words. */
  uncounted?: string;
}

const SQLITE: Engine = { name: 'SQLite' };
const POSTGRES: Engine = { name: 'PostgreSQL', uncounted: ', without the database' };

function figures({ name: engine, uncounted = '' }: Engine, floor: Floor, goals: Figure['goals'] = []): Figure[] {
  return [
    {
      key: 'perSecond',
      name: `1:1 messages accepted, durable and delivered, ${engine}, 100 under way`,
      unit: '/s',
      floor,
      goals,
    },
    {
      key: 'cpuPerMessage',
      name: `server CPU per message, ${engine}${uncounted}`,
      unit: 'µs',
      floor,
    },
  ];
}

/** Messages that are accepted, on disk and delivered, with 100 under way between 50 pairs. */
export const durable: Scenario = {
  figures: () => [...figures(SQLITE, RELAY, [GOALS.durable, GOALS.peers, GOALS.leastDurable]), ...figures(SQLITE, FLUSHING)],
  flushed: 2,
  load,
};

/** The same on PostgreSQL; the processor time of its own processes is not counted. */
export const postgres: Scenario = {
  figures: () => figures(POSTGRES, RELAY),
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
