import type { Figures, Job } from '../job.js';
import { percentile } from '../statistics.js';
import { settled } from '../traffic/closed-loop.js';
import { latencyOf, openLoop } from '../traffic/open-loop.js';
import { signInPairs } from '../traffic/pairs.js';
import type { Figure, Scenario } from './scenario.js';

/** Messages a second. */
const RATES = [200, 1_000] as const;
const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** From the moment at which a message is to be sent to the other's event, at a steady rate; sends do not wait for answers. */
export const latency: Scenario = {
  figures: () =>
    RATES.flatMap((rate) =>
      Object.keys(SHARES).map((share): Figure => {
        const goal = rate === 200 && share === 'p99' ? { goal: { most: 1.5, of: 'ratio' as const } } : {};
        return {
          key: `${share} at ${rate}`,
          name: `1:1 latency at ${rate.toLocaleString('en')} messages/s, ${share}`,
          unit: 'ms',
          ...goal,
        };
      }),
    ),
  measure: (subject, bench) => bench.load('latency', subject),
  async load(job) {
    const figures: Figures = { missing: 0 };
    for (const [index, rate] of RATES.entries()) {
      const { missing, times } = await atRate(job, rate, index);
      figures.missing += missing;
      for (const [name, share] of Object.entries(SHARES)) figures[`${name} at ${rate}`] = percentile(times, share);
    }
    return figures;
  },
};

async function atRate(job: Job, rate: number, index: number): Promise<{ times: number[]; missing: number }> {
  const times: number[] = [];
  let from = Number.POSITIVE_INFINITY;
  // The sender is even, its partner odd: the echo to the sender is not the delivery.
  const delivered = (frame: string, member: number): void => {
    if (member % 2 === 0) return;
    const took = latencyOf(frame);
    if (performance.now() - took >= from) times.push(took);
  };
  const members = await signInPairs(job, { from: index * 200, delivered });
  const senders = members.filter((_, number) => number % 2 === 0);
  from = performance.now() + job.warmUpSeconds * 1_000;
  const until = from + job.seconds * 1_000;
  const sent = await openLoop(senders, { rate, over: () => performance.now() > until });
  const missing = await settled(() => sent.missing(members));
  for (const { client } of members) client.close();
  return { times, missing };
}
