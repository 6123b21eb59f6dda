import type { Bench, StoreName } from '../bench.js';
import type { Figures, Job } from '../job.js';
import type { Goal } from '../report.js';
import type { SubjectName } from '../subjects.js';

/** A figure of the table. */
export interface Figure {
  /** By which the measurement names it. */
  key: string;
  name: string;
  unit: string;
  /** What stands beside it: the relay's figure of the same key unless it is said. Null: nothing can be a floor. */
  floor?: { of: SubjectName; key: string; name?: string } | null;
  goal?: Goal;
}

export interface Scenario {
  figures(bench: Bench): Figure[];
  /** How often it is measured at most; where it is not said, as often as the time allows. */
  rounds?: { short: number; full: number };
  /** The store that it is measured on, where an empty one does not do. */
  store?: StoreName;
  /** In the process of the bench: a server, a load for it, and what came out. */
  measure(subject: SubjectName, bench: Bench): Promise<Figures>;
  /** In a process of its own: puts the load on a server. */
  load?(job: Job): Promise<Figures>;
}
