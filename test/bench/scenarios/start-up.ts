import { percentile } from '../statistics.js';
import type { Scenario } from './scenario.js';

const TIMES = 3;

/** From the start of the process until it serves. */
export const startUp: Scenario = {
  figures: ({ sizes }) => [
    {
      key: 'seconds',
      name: `start to ready on a store of ${sizes.archive.toLocaleString('en')} entries`,
      unit: 's',
      goal: { most: 1, of: 'value' },
    },
  ],
  rounds: { short: 1, full: 3 },
  store: 'archive',
  async measure(subject, bench) {
    const store = await bench.store('archive');
    const times: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const begin = performance.now();
      const server = await bench.start(subject, { store });
      times.push((performance.now() - begin) / 1_000);
      await server.stop();
    }
    return { seconds: percentile(times, 0.5), missing: 0 };
  },
};
