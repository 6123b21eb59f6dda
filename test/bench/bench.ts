import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { newFolder } from '../support/machine.js';
import { startPostgres } from '../support/postgres.js';
import type { PostgresServer } from '../support/postgres.js';
import type { Figures, Job } from './job.js';
import { StoreShelf } from './stores/shelf.js';
import type { BuiltStore, StorePlan } from './stores/plan.js';
import { load, startParley, startRelay } from './subjects.js';
import type { Subject, SubjectName, SubjectOptions } from './subjects.js';

/** Files beside the connections that a server and a load process have open. */
const OTHER_FILES = 500;

export interface LoadOptions {
  store?: BuiltStore | undefined;
  count?: number | undefined;
  start?: SubjectOptions;
  /** ms */
  limit?: number | undefined;
}

/** How large what is measured is: entries, connections. */
export interface Sizes {
  archive: number;
  long: number;
  missed: number;
  storm: number;
  /** Idle connections. */
  connections: number;
}

/** `archive` has many entries, `crowd` many people. */
export type StoreName = 'archive' | 'crowd';

export const FULL: Sizes = { archive: 1_000_000, long: 100_000, missed: 10_000, storm: 2_000, connections: 5_000 };
/** The long conversation is as long as in a full run: it is what its figure is about. */
export const SHORT: Sizes = { archive: 120_000, long: 100_000, missed: 10_000, storm: 500, connections: 1_000 };

/** What scenarios share during one run: sizes, stores that were built, a PostgreSQL. Everything is gone after `close`. */
export class Bench {
  readonly short: boolean;
  readonly sizes: Sizes;
  /** Idle connections: as many as this process may open files for. */
  readonly connections: number;
  /** When the last server was ready, in microseconds of the machine's monotonic clock. */
  servedFrom = 0;
  readonly #shelf: StoreShelf;
  readonly #nodeArguments: readonly string[];
  #postgres: Promise<PostgresServer> | undefined;

  constructor({ short, nodeArguments = [] }: { short: boolean; nodeArguments?: readonly string[] }) {
    this.short = short;
    this.sizes = short ? SHORT : FULL;
    this.connections = Math.min(this.sizes.connections, openFiles() - OTHER_FILES);
    this.#nodeArguments = nodeArguments;
    const folder = newFolder('bench');
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    this.#shelf = new StoreShelf(folder, availableParallelism());
  }

  store(name: StoreName): Promise<BuiltStore> {
    return this.#shelf.get(this.#planOf(name));
  }

  /** Builds stores, so that nothing is built while something is measured; who needs one that failed is told then. */
  async prepare(names: ReadonlySet<StoreName>): Promise<void> {
    await Promise.allSettled([...names].map((name) => this.store(name)));
  }

  /** A store of the run; the first call builds it. */
  built(plan: StorePlan): Promise<BuiltStore> {
    return this.#shelf.get(plan);
  }

  #planOf(name: StoreName): StorePlan {
    return name === 'archive' ? archivePlan(this.sizes.archive, this.sizes.long) : crowdPlan(this.short ? 1_000 : 5_000);
  }

  postgres(): Promise<PostgresServer> {
    return (this.#postgres ??= startPostgres());
  }

  async start(subject: SubjectName, { store, ...options }: SubjectOptions & { store?: BuiltStore } = {}): Promise<Subject> {
    if (subject !== 'parley') return startRelay({ flushing: subject === 'flushing-relay' });
    const server = await startParley({ data: store?.data, nodeArguments: this.#nodeArguments, ...options });
    this.servedFrom = Number(process.hrtime.bigint() / 1_000n);
    return server;
  }

  job(scenario: string, { pid, url, secret }: Subject, { store, count = 0 }: LoadOptions = {}): Job {
    const times = this.short ? { seconds: 2, warmUpSeconds: 1 } : { seconds: 5, warmUpSeconds: 2 };
    return { scenario, pid, url, secret, count, store, ...times };
  }

  /** Starts the subject, puts the load of the scenario on it, and stops it. */
  async load(scenario: string, subject: SubjectName, options: LoadOptions = {}): Promise<Figures> {
    const { store, start = {}, limit } = options;
    const server = await this.start(subject, { ...start, ...(store ? { store } : {}) });
    try {
      return await load(this.job(scenario, server, options), limit);
    } finally {
      await server.stop();
    }
  }

  async close(): Promise<void> {
    await (await this.#postgres?.catch(() => undefined))?.close();
    await this.#shelf.close();
  }
}

/** Everybody of the 200 is in a fortieth of the groups; as it stands, in 50. */
export function archivePlan(entries: number, long: number, groups = 2_000): StorePlan {
  return { people: 200, groups, members: 5, entries, logs: { long, brief: 100 } };
}

/** Everybody is in 20 conversations of `members`. */
export function crowdPlan(people: number, members = 20): StorePlan {
  return { people, groups: (people * 20) / members, members, entries: 4 * people + 2_000, logs: { long: 1_000, brief: 100 } };
}

/** How many files a process may open: Node raises its own limit to the greatest that is allowed, in the server as in the load. */
function openFiles(): number {
  try {
    const [, , most] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(readFileSync(join('/proc', 'self', 'limits'), 'utf8')) ?? [];
    return most === 'unlimited' || most === undefined ? Number.POSITIVE_INFINITY : Number(most);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
