import type { Figures, Job } from './job.js';
import { SCENARIOS } from './scenarios/index.js';

/** The load process: does one job that its parent sends, answers with the figures, and ends when it is told or when its parent is gone. */
process.once('message', (job: Job) => {
  const load = SCENARIOS[job.scenario]?.load;
  const done: Promise<Figures> = load ? load(job) : Promise.reject(new Error(`nothing to do for ${job.scenario}`));
  void done.then(
    (figures) => process.send?.({ figures }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.once('disconnect', () => process.exit());
