import { after } from 'node:test';
import pg from 'pg';
import { openPostgresStorage } from '../../../server/storage/postgres/index.js';
import type { PostgresLog, PostgresOptions } from '../../../server/storage/postgres/index.js';
import type { Storage } from '../../../server/storage/storage.js';
import { createDatabase } from '../../support/postgres.js';
import type { TestDatabase } from '../../support/postgres.js';

const opened = new Set<Storage>();
const databases = new Set<TestDatabase>();
after(async () => {
  await Promise.all([...opened].map((storage) => storage.close()));
  await Promise.all([...databases].map((database) => database.drop()));
});

let template: Promise<TestDatabase> | undefined;

/** A database with an empty store in it, copied from one that was made once: that takes a tenth of the time of its schema. */
export async function newStoreDatabase(): Promise<TestDatabase> {
  const { name } = await (template ??= makeTemplate());
  return register(await createDatabase({ template: name }));
}

/** A database without anything. */
export async function newDatabase(): Promise<TestDatabase> {
  return register(await createDatabase());
}

export async function openPostgres(url: string, more: Partial<PostgresOptions> = {}): Promise<Storage> {
  const storage = await openPostgresStorage({ url, ...more });
  opened.add(storage);
  return storage;
}

/** Collects what an operator is told beside what is usual. */
export function complaints(): { log: PostgresLog; found: unknown[] } {
  const found: unknown[] = [];
  return { log: (event, facts) => void (event === 'store opened' || found.push([event, facts])), found };
}

/** Runs statements on a connection of its own, outside of what the engine does. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function makeTemplate(): Promise<TestDatabase> {
  const database = register(await createDatabase());
  await (await openPostgresStorage({ url: database.url })).close();
  // A copy would have its epoch.
  await withClient(database.adminUrl, (client) => client.query('DELETE FROM parley.store'));
  return database;
}

function register(database: TestDatabase): TestDatabase {
  databases.add(database);
  return database;
}
