import { Client, Pool, types } from 'pg';
import type { ClientBase, ClientConfig, CustomTypesConfig } from 'pg';
import { StoreError } from '../store-error.js';
import { GatheringSocket } from './gathering-socket.js';

/** Everything of Parley is in a schema of its own: the database may be shared with the tables of the host. */
export const SCHEMA = 'parley';

/** ms. What takes longer is refused UNAVAILABLE, and its client tries again. */
const TIMES = {
  connect: 5_000,
  /** By the database. */
  statement: 7_000,
  lock: 3_000,
  /** Of a node that stood still with rows locked. */
  idleInTransaction: 10_000,
  /** By this side, for a database that answers nothing: after its own limits. */
  answer: 9_000,
  /** Of a connection that nobody needs. */
  idle: 60_000,
} as const;

/** How far commits wait. `remote_write` and `remote_apply` wait for a standby besides, never less for the own disk. */
const DURABLE: ReadonlySet<string> = new Set(['on', 'remote_write', 'remote_apply']);

/**
 * Every statement follows indexes from few rows to few rows, so its plan does not depend on what it is given: made once, it saves the half
 * of what a short statement costs. Plans that read a table as a whole look good while it is small, and are kept when it is not.
 */
const PLANS = `SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off; SET enable_bitmapscan = off;
     SET enable_hashjoin = off; SET enable_mergejoin = off;`;

const INT8 = 20;
/** Numbers in the store are counters and times, all far below 2^53: as numbers they are what SQLite gives. */
const ownTypes: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : (types.getTypeParser(oid, format) as (value: string) => unknown),
};

export interface PoolOptions {
  url: string;
  /** Connections at most. */
  connections: number;
  /** What else a new connection has to be; throws when it is not. */
  admit(facts: ConnectionFacts): void;
  /** A connection ended although nobody ended it. */
  ended(error: Error): void;
}

/** Which history of which cluster a connection speaks to. */
export interface ConnectionFacts {
  system: string;
  timeline: string;
}

export function openPool({ url, connections, admit, ended }: PoolOptions): Pool {
  const pool = new Pool({
    ...clientConfig(url),
    max: connections,
    idleTimeoutMillis: TIMES.idle,
    // A transaction's first statements leave together with its BEGIN.
    pipeline: true,
    query_timeout: TIMES.answer,
    // The driver waits for it although its types do not say so: nobody gets a connection that was not looked at.
    onConnect: (client: ClientBase) => {
      // Who uses it learns of its end by the statement under way; without a listener the process would end with it.
      client.on('error', () => undefined);
      return requireDurable(client).then(admit) as unknown as void;
    },
  });
  // One that nobody uses says so here.
  pool.on('error', ended);
  return pool;
}

/** One connection for what may take its time, such as a step of the schema. */
export async function connect(url: string): Promise<Client> {
  const client = new Client(clientConfig(url));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function clientConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'parley',
    connectionTimeoutMillis: TIMES.connect,
    keepAlive: true,
    stream: () => new GatheringSocket(),
    types: ownTypes,
  };
}

interface Durability {
  synchronous_commit: string;
  fsync: string;
  standby: boolean;
  system: string;
  timeline: string | null;
}

/**
 * Refuses a connection whose commits do not wait for the disk, and one to a standby, which would show what is no more or not yet.
 * What it found is then set for the session: a later change of the server's configuration does not take it back.
 */
export async function requireDurable(client: ClientBase): Promise<ConnectionFacts> {
  const { rows } = await client.query<Durability>(
    `SELECT current_setting('synchronous_commit') AS synchronous_commit, current_setting('fsync') AS fsync,
       pg_is_in_recovery() AS standby, (SELECT system_identifier::text FROM pg_control_system()) AS system,
       CASE WHEN pg_is_in_recovery() THEN NULL ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END AS timeline`,
  );
  const found = rows[0];
  if (!found || found.standby || found.timeline === null)
    throw new StoreError('STORE_STANDBY', 'The database is a standby, which cannot be written and may be behind. Name the primary.');
  if (found.fsync !== 'on') throw new StoreError('STORE_NOT_DURABLE', 'The database does not flush to the disk (fsync is off).');
  if (!DURABLE.has(found.synchronous_commit))
    throw new StoreError(
      'STORE_NOT_DURABLE',
      `Commits do not wait for the disk (synchronous_commit is ${found.synchronous_commit}, on is needed).`,
    );
  await client.query(
    `SET synchronous_commit = ${found.synchronous_commit}; SET search_path = ${SCHEMA}; SET timezone = 'UTC';
     ${PLANS}
     SET statement_timeout = ${TIMES.statement}; SET lock_timeout = ${TIMES.lock};
     SET idle_in_transaction_session_timeout = ${TIMES.idleInTransaction}`,
  );
  return { system: found.system, timeline: found.timeline };
}
