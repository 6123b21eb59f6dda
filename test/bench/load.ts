import type { Figures, Job } from './scenarios.js';
import { scenarios } from './scenarios.js';

/** The load process: does one job that its parent sends, answers with the figures, and ends. */
process.once('message', (job: Job) => {
  const done: Promise<Figures> = scenarios[job.scenario](job);
  void done.then(
    (figures) => process.send?.({ figures }, () => process.exit(0)),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, () => process.exit(1)),
  );
});
