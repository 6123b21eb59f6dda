import { GOALS } from '../goals.js';
import type { Figures, Job } from '../job.js';
import { percentile } from '../statistics.js';
import { settled } from '../traffic/closed-loop.js';
import { latencyOf, openLoop } from '../traffic/open-loop.js';
import { signInPairs } from '../traffic/pairs.js';
import { FLUSHING, RELAY } from './scenario.js';
import type { Figure, Scenario } from './scenario.js';

/** Messages a second. */
const RATES = [200, 1_000] as const;
/** Thirty of them are beyond p99; of fewer it is the luck of a few. */
const LEAST_SAMPLES = 3_000;
const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** From the moment at which a message is to be sent to the other's event, at a steady rate; sends do not wait for answers. */
export const latency: Scenario = {
  figures: () =>
    [RELAY, FLUSHING].flatMap((floor) =>
      RATES.flatMap((rate) =>
        Object.keys(SHARES).map((share): Figure => ({
          key: `${share} at ${rate}`,
          name: `1:1 latency at ${rate.toLocaleString('en')} messages/s, ${share}`,
          unit: 'ms',
          floor,
          samples: `samples at ${rate}`,
          goals: floor === RELAY && rate === 200 && share === 'p99' ? [GOALS.latency] : [],
        })),
      ),
    ),
  flushed: 2,
  count: ({ short }) => (short ? 0 : LEAST_SAMPLES),
  async load(job) {
    const figures: Figures = { missing: 0 };
    for (const [index, rate] of RATES.entries()) {
      const { missing, times } = await atRate(job, rate, index);
      figures.missing += missing;
      figures[`samples at ${rate}`] = times.length;
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
  // One more second: what is sent in the last moments comes after the end.
  const until = from + Math.max(job.seconds, job.count === 0 ? 0 : job.count / rate + 1) * 1_000;
  const sent = await openLoop(senders, { rate, over: () => performance.now() > until });
  const missing = await settled(() => sent.missing(members));
  for (const { client } of members) client.close();
  return { times, missing };
}
