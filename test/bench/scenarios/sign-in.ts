import { GOALS } from '../goals.js';
import { WireClient } from '../wire.js';
import { credentials } from '../traffic/sign-in.js';
import type { Job } from '../job.js';
import { cpuTime } from '../process-figures.js';
import { percentile } from '../statistics.js';
import { userOf } from '../stores/plan.js';
import { newestConversation } from '../traffic/started.js';
import type { Floor, Scenario } from './scenario.js';

/** People who sign in, each of them once before the measurement, so that the directory knows them. */
const PEOPLE = 100;
const PAGE = 50;
const BARE: Floor = { key: 'connect', is: 'bare connect: no token checked, no state read or sent, no entries' };

/** From opening the connection to the state, and to the newest entries of the conversation that is open; one after the other. */
export const signInToReady: Scenario = {
  figures: () => [
    {
      key: 'ready',
      name: 'sign-in to ready, 50 conversations of five and the newest 50 entries of one, p50',
      unit: 'ms',
      floor: BARE,
      samples: 'sign-ins',
      goals: [GOALS.signIn],
    },
    { key: 'connect', name: 'of it until the state is there, p50', unit: 'ms', floor: BARE, samples: 'sign-ins' },
    { key: 'cpu', name: 'server CPU per sign-in to ready', unit: 'µs', floor: { is: BARE.is } },
    { key: 'ready p99', name: 'sign-in to ready, p99', unit: 'ms', floor: { ...BARE, key: 'connect p99' }, samples: 'sign-ins' },
  ],
  rounds: { short: 1, full: 5 },
  store: 'archive',
  count: ({ short }) => (short ? 200 : 1_000),
  async load(job) {
    const conversations: (string | null)[] = [];
    for (let person = 0; person < PEOPLE; person += 1) {
      const client = await WireClient.connect(job.url, userOf(person), await credentials(job, userOf(person)));
      conversations.push(newestConversation(client.started));
      client.close();
    }
    const connects: number[] = [];
    const readies: number[] = [];
    const before = cpuTime(job.pid);
    for (let count = 0; count < job.count; count += 1) {
      const { connect, ready } = await signInOnce(job, userOf(count % PEOPLE), conversations[count % PEOPLE] ?? null);
      connects.push(connect);
      readies.push(ready);
    }
    return {
      cpu: (cpuTime(job.pid) - before) / job.count,
      connect: percentile(connects, 0.5),
      'connect p99': percentile(connects, 0.99),
      ready: percentile(readies, 0.5),
      'ready p99': percentile(readies, 0.99),
      'sign-ins': readies.length,
      missing: 0,
    };
  },
};

/** The relay knows of no conversation and is ready once it has said so. */
async function signInOnce(job: Job, user: string, conversation: string | null): Promise<{ connect: number; ready: number }> {
  const given = await credentials(job, user);
  const begin = performance.now();
  const client = await WireClient.connect(job.url, user, given);
  const connect = performance.now() - begin;
  if (conversation !== null) await client.time('entry:range', { conversation, limit: PAGE });
  const ready = performance.now() - begin;
  client.close();
  return { connect, ready };
}
