import type { BuiltStore } from './stores/plan.js';

/** One measurement of one server, made by a process of its own. */
export interface Job {
  /** Whose `load` it is. */
  scenario: string;
  url: string;
  /** The server's process. */
  pid: number;
  secret: string;
  seconds: number;
  warmUpSeconds: number;
  /** Connections, members, entries or attempts: what the scenario has many of. */
  count: number;
  /** What the server's store holds, where it was filled before; a relay answers as if it had the same. */
  store?: BuiltStore | undefined;
}

/** Figures by name. `missing` counts messages that were accepted and not delivered to each member once and in order; it must be 0. */
export type Figures = Record<string, number> & { missing: number };
