import { LIMITS } from '#protocol';
import { percentile } from '../statistics.js';
import { READER } from '../stores/plan.js';
import { signIn } from '../traffic/sign-in.js';
import type { WireClient } from '../wire.js';
import type { Scenario } from './scenario.js';

const TIMES = 5;

/** Everything that was missed in one conversation, in the largest pages, each after the one before it. */
export const catchUp: Scenario = {
  figures: ({ sizes }) => [
    {
      key: 'all',
      name: `catch-up after ${sizes.missed.toLocaleString('en')} missed entries, all of them there, p50`,
      unit: 'ms',
      floor: { is: 'bare relay: pages made up in memory, nothing is read' },
      samples: 'times',
    },
  ],
  rounds: { short: 1, full: 5 },
  store: 'archive',
  count: ({ sizes }) => sizes.missed,
  async load(job) {
    const client = await signIn(job, READER);
    const conversation = job.store?.logs['long'] ?? '';
    const head = await headOf(client, conversation);
    const times: number[] = [];
    let missing = 0;
    for (let time = 0; time <= TIMES; time += 1) {
      const begin = performance.now();
      let at = Math.max(0, head - job.count);
      while (at < head) {
        const { frame } = await client.time('entry:range', { conversation, after: at, limit: LIMITS.rangePage });
        const to = numberOf(frame, 'to');
        if (!(to > at)) break;
        at = to;
      }
      missing += head - at;
      // The first one warms up.
      if (time > 0) times.push(performance.now() - begin);
    }
    client.close();
    const all = percentile(times, 0.5);
    return { all, perEntry: (all * 1_000) / Math.min(head, job.count), times: times.length, missing };
  },
};

async function headOf(client: WireClient, conversation: string): Promise<number> {
  const { frame } = await client.time('entry:range', { conversation, limit: 1 });
  return numberOf(frame, 'head');
}

/** The last one in the frame: texts of entries stand before it. */
function numberOf(frame: string, name: string): number {
  const at = frame.lastIndexOf(`"${name}":`);
  return Number.parseInt(frame.slice(at + name.length + 3, at + name.length + 15), 10);
}
