import { cpuTime } from '../process-figures.js';
import { percentile } from '../statistics.js';
import { SEARCHER } from '../stores/plan.js';
import { signIn } from '../traffic/sign-in.js';
import type { Figure, Scenario } from './scenario.js';

const WARM_UP = 3;
const MADE_UP = { is: 'bare relay: 50 hits made up, nothing is searched' };
const KINDS = {
  frequent: 'the most frequent word',
  rare: 'a rare word',
  beginning: 'the beginning of a word',
  both: 'a frequent and a rare word',
  nobody: 'a word that nobody wrote',
};

/** Searches of somebody who is in half of the groups; a relay answers with a page from its memory. */
export const search: Scenario = {
  figures({ sizes }) {
    const name = `search in ${sizes.archive.toLocaleString('en')} entries`;
    return [
      ...Object.entries(KINDS).map(([key, what]): Figure => ({
        key,
        name: `${name}, ${what}, p50`,
        unit: 'ms',
        floor: MADE_UP,
        samples: 'calls',
      })),
      { key: 'cpu', name: `server CPU per ${name}, of all five kinds`, unit: 'µs', floor: MADE_UP },
    ];
  },
  rounds: { short: 1, full: 3 },
  store: 'archive',
  count: () => 30,
  async load(job) {
    const client = await signIn(job, SEARCHER);
    const [frequent = 'word'] = job.store?.words.frequent ?? [];
    const [rare = 'rarely'] = job.store?.words.rare ?? [];
    const texts = { frequent, rare, beginning: rare.slice(0, 3), both: `${frequent} ${rare}`, nobody: 'zzzzzzzzzzzz' };
    const figures: Record<string, number> = {};
    const before = cpuTime(job.pid);
    for (const [key, text] of Object.entries(texts)) {
      const times: number[] = [];
      for (let call = 0; call < WARM_UP + job.count; call += 1) {
        const { ms } = await client.time('message:search', { text, limit: 50 });
        if (call >= WARM_UP) times.push(ms);
      }
      figures[key] = percentile(times, 0.5);
    }
    client.close();
    const searches = Object.keys(texts).length * (WARM_UP + job.count);
    return { ...figures, cpu: (cpuTime(job.pid) - before) / searches, calls: job.count, missing: 0 };
  },
};
