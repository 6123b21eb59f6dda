import { killNode } from '../nemeses/processes.js';
import type { Scenario } from './scenario.js';
import { underLoad } from './under-load.js';

export const killedServer: Scenario = {
  guarantee: 'G1',
  promise: 'what was acknowledged survives SIGKILL of the server',
  engines: ['sqlite'],
  everyday: true,
  floors: { acknowledged: 100 },
  async run(stage) {
    const subject = await stage.subject();
    const kill = killNode(subject, stage.random);
    return underLoad(stage, subject, {
      writers: 20,
      faults: stage.size({ everyday: 5, commit: 10, nightly: 300, release: 1_000 }),
      every: stage.size({ commit: 1_500, nightly: 1_500, release: 3_000 }),
      next: () => kill,
    });
  },
};
