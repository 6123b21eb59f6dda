import type { Statement } from './statement.js';

/** What was asked of a store since the last time. */
export interface Counts {
  /** The verbs of the storage interface, where they cross to another thread. */
  verbs: string[];
  /** Messages between threads, both ways. */
  messages: number;
  /** Without those of upkeep. */
  statements: Statement[];
  /** Of what follows commits at its own pace. */
  upkeep: Statement[];
  reads: number;
  writes: number;
  commits: number;
  /** How often the database was turned to after something of it had been heard: each is a wait. */
  trips: number;
}

/** Counts what a server asks of its store. */
export interface Counter {
  /** Nothing is under way. */
  readonly quiet: boolean;
  /** Grows with everything that happens. */
  readonly moved: number;
  /** What was counted since the last call. */
  take(): Counts;
}
