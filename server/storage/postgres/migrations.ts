import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { StoreError } from '../store-error.js';
import { SCHEMA_3 } from './archive-schema.js';
import { SCHEMA_5 } from './audit-schema.js';
import { SCHEMA } from './connection.js';
import { SCHEMA_2 } from './directory-schema.js';
import { SCHEMA_1 } from './schema.js';
import { SCHEMA_4 } from './search-schema.js';

export interface Migration {
  number: number;
  sql: string;
  /** Programs that know the schema up to this step work with it: they go on beside newer ones while nodes are replaced one by one. */
  oldest: number;
}

/** Steps of the schema, forward only and additive. A step that was released is never changed: a store remembers what it was made by. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, oldest: 1, sql: SCHEMA_1 },
  { number: 2, oldest: 2, sql: SCHEMA_2 },
  { number: 3, oldest: 3, sql: SCHEMA_3 },
  { number: 4, oldest: 4, sql: SCHEMA_4 },
  { number: 5, oldest: 4, sql: SCHEMA_5 },
];

/** "Parl" in ASCII: nodes that open a store at once take turns. */
const LOCK = 0x5061726c;

/** Runs `work` while no other node opens or migrates the store. However long it takes, nothing of it is timed out. */
export async function withStoreLocked<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0');
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}

/** Says what is missing without changing anything. */
export async function missingMigrations(client: Client, migrations: readonly Migration[] = MIGRATIONS): Promise<Migration[]> {
  const done = await readDone(client);
  for (const { number, checksum, oldest } of done) {
    const known = migrations.find((migration) => migration.number === number);
    if (known && checksumOf(known) !== checksum)
      throw new StoreError('STORE_FOREIGN', `Schema ${number} of the store was made by another step than this program has.`);
    const newest = migrations.at(-1)?.number ?? 0;
    if (!known && oldest > newest)
      throw new StoreError(
        'STORE_TOO_NEW',
        `The store has schema ${number}, for programs that know ${oldest} or later; this one knows ${newest}.`,
      );
  }
  return migrations.filter(({ number }) => !done.some((step) => step.number === number));
}

/**
 * Brings the schema up to date: each step in a transaction of its own, so that a kill leaves the schema before it or after it. Inside
 * `withStoreLocked`. Resolves to the numbers of the steps that were missing.
 */
export async function migrate(client: Client, migrations: readonly Migration[] = MIGRATIONS): Promise<number[]> {
  const missing = await missingMigrations(client, migrations);
  if (missing.length === 0) return [];
  const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [SCHEMA]);
  // Asked first: whoever may not create schemas may have been given this one.
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${SCHEMA}`);
  await client.query(`SET search_path = ${SCHEMA}`);
  await client.query('CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, checksum text NOT NULL, oldest integer NOT NULL)');
  for (const migration of missing) {
    await client.query('BEGIN');
    try {
      await client.query(migration.sql);
      const { number, oldest } = migration;
      await client.query('INSERT INTO migrations (number, checksum, oldest) VALUES ($1, $2, $3)', [number, checksumOf(migration), oldest]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
  return missing.map(({ number }) => number);
}

async function readDone(client: Client): Promise<{ number: number; checksum: string; oldest: number }[]> {
  const { rows } = await client.query<{ made: boolean }>("SELECT to_regclass($1 || '.migrations') IS NOT NULL AS made", [SCHEMA]);
  if (!rows[0]?.made) return [];
  return (
    await client.query<{ number: number; checksum: string; oldest: number }>(
      `SELECT number, checksum, oldest FROM ${SCHEMA}.migrations ORDER BY number`,
    )
  ).rows;
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}
