import type { Bench, StoreName } from '../bench.js';
import type { Goal } from '../goals.js';
import type { Figures, Job } from '../job.js';
import type { SubjectName } from '../subjects.js';

/** What stands beside a figure. */
export interface Floor {
  /** The relay's figure of the same key unless it is said. */
  of?: SubjectName;
  key?: string;
  /** In words: what it is, and what it does not do of what stands beside it. */
  is: string;
}

/** The floor of all that is sent. */
export const RELAY: Floor = { is: 'bare relay: checks no token, stores nothing' };

/** What it costs on this disk to tell nobody of a message that could still be lost: without it a goal against the bare relay says little of Parley. */
export const FLUSHING: Floor = { of: 'flushing-relay', is: 'relay that flushes a line of each message first: no token, no index, no hash' };

/** A figure of the table. */
export interface Figure {
  /** By which the measurement names it. */
  key: string;
  name: string;
  unit: string;
  floor: Floor;
  /** Where it is a share of many samples: by which key the measurement says how many. */
  samples?: string;
  goals?: readonly Goal[];
}

export interface Scenario {
  figures(bench: Bench): Figure[];
  /** How often it is measured at most; where it is not said, as often as the time allows. */
  rounds?: { short: number; full: number };
  /** Rounds in which a relay that flushes is measured as well; in none where it is not said. */
  flushed?: number;
  /** The store that it is measured on, where an empty one does not do. */
  store?: StoreName;
  /** How many of what it has many of. */
  count?(bench: Bench): number;
  /** ms that its load may take, where it is much. */
  limit?: number;
  /** In a process of its own: puts the load on a server. */
  load?(job: Job): Promise<Figures>;
  /** In the process of the bench, where it is more than a server with its load. */
  measure?(subject: SubjectName, bench: Bench): Promise<Figures>;
}

/** Measures one subject once. */
export async function measureOnce(name: string, scenario: Scenario, subject: SubjectName, bench: Bench): Promise<Figures> {
  if (scenario.measure) return scenario.measure(subject, bench);
  const store = scenario.store && (await bench.store(scenario.store));
  return bench.load(name, subject, { store, count: scenario.count?.(bench), limit: scenario.limit });
}
