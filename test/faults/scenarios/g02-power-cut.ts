import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Load } from '../driver/load.js';
import { replay, whyNoPowerCuts } from '../nemeses/power-cut/replay.js';
import { readTrace, straceArguments } from '../nemeses/power-cut/trace.js';
import { NotHere, type Scenario } from './scenario.js';

export const powerCut: Scenario = {
  guarantee: 'G2',
  promise: 'what was acknowledged survives a power cut, on storage that honours a flush',
  engines: ['sqlite'],
  floors: { acknowledged: 100 },
  async run(stage) {
    const reason = whyNoPowerCuts();
    if (reason !== null) throw new NotHere(reason);
    const trace = join(stage.folder, 'trace');
    const subject = await stage.subject({ wrapper: ['strace', ...straceArguments(trace)] });
    const load = await Load.start(subject, 20, stage.random);
    // strace slows the server down to about a tenth.
    await wait(stage.size({ commit: 5_000, nightly: 30_000, release: 60_000 }));
    await load.quiesce();
    load.close();
    await subject.stop();
    const steps = await readTrace(trace, subject.data);
    await rm(trace);
    const cuts = stage.size({ commit: 40, nightly: 500, release: 2_000 });
    const { acknowledged, checkpoints, flushes, worst, findings } = await replay(steps, cuts, stage.folder, stage.random);
    return {
      injected: `${String(cuts)} power cuts, each without a random half of what was not flushed`,
      faults: cuts,
      operations: acknowledged,
      acknowledged,
      findings,
      note: `${String(flushes)} flushes, ${String(checkpoints)} checkpoints crossed; worst cut lost ${String(worst)}`,
    };
  },
};
