import type { Client } from 'pg';
import { StoreError } from '../store-error.js';
import type { Storage } from '../storage.js';
import { anchorVerbs } from './anchor-verbs.js';
import { auditVerbs } from './audit-verbs.js';
import { adminVerbs } from './admin-verbs.js';
import { auditorVerbs } from './auditor-verbs.js';
import { SCHEMA, connect, requireDurable } from './connection.js';
import { contactVerbs } from './contact-verbs.js';
import { conversationVerbs } from './conversation-verbs.js';
import { Database } from './database.js';
import type { DatabaseOptions, Door, PostgresLog } from './database.js';
import { directoryVerbs } from './directory-verbs.js';
import { identify } from './epoch.js';
import type { Identity } from './epoch.js';
import { Gate } from './gate.js';
import { historyVerbs } from './history-verbs.js';
import { logVerbs, markVerbs } from './log-verbs.js';
import { migrate, missingMigrations, withStoreLocked } from './migrations.js';
import { revocationVerbs } from './revocations.js';
import { Turns } from './turns.js';

export interface PostgresOptions extends DatabaseOptions {
  /** False refuses a database whose schema is not up to date, with STORE_TOO_OLD, instead of bringing it there. */
  migrate?: boolean | undefined;
  /** The clock, ms UTC. */
  now?: (() => number) | undefined;
}

/**
 * Opens the store in a database, making it when there is none, and brings its schema up to date. Any number of nodes may have it open.
 *
 * @throws StoreError when it cannot be reached, is a standby, does not wait for its disk, or was made by other or newer steps.
 */
export async function openPostgresStorage(options: PostgresOptions): Promise<Storage> {
  const { identity, facts } = await prepare(options);
  const database = new Database(options);
  database.follow(facts);
  const now = options.now ?? Date.now;
  const gate = new Gate();
  const turns = new Turns();
  const personal = (door: Door) => ({
    ...markVerbs(door, turns, now),
    ...conversationVerbs(door, turns, now),
    ...contactVerbs(door, turns, now),
    ...historyVerbs(door, now),
  });
  const verbs = gate.around({
    ...logVerbs(database, now),
    ...personal(database),
    ...directoryVerbs(database, now),
    ...auditVerbs(database, now),
    ...anchorVerbs(database),
    ...auditorVerbs(database, now),
    ...adminVerbs(database),
    ...revocationVerbs(database, now),
    ping: () => database.ping(),
  });
  const close = async (): Promise<void> => {
    await gate.shut();
    await database.close();
  };
  const inNameOf: Storage['inNameOf'] = (acting) => gate.around(personal(database.inNameOf(acting)));
  return { ...verbs, inNameOf, epoch: identity.epoch, secret: identity.secret, close };
}

/**
 * Brings the schema of a database up to date, beside nodes that have it open; resolves to the numbers of the steps that were missing.
 *
 * @throws StoreError as `openPostgresStorage` does.
 */
export async function migratePostgres(url: string): Promise<number[]> {
  return withClient(url, async (client) => {
    const facts = await requireDurable(client);
    return withStoreLocked(client, async () => {
      const done = await migrate(client);
      await identify(client, facts);
      return done;
    });
  });
}

/** The numbers of the steps that the schema of a database still needs; nothing is changed. */
export async function missingInPostgres(url: string): Promise<number[]> {
  return withClient(url, async (client) => (await missingMigrations(client)).map(({ number }) => number));
}

async function prepare({ url, migrate: may = true, log }: PostgresOptions) {
  return withClient(url, async (client) => {
    const facts = await requireDurable(client);
    const identity = await withStoreLocked(client, async () => {
      if (may) await migrate(client);
      else await requireMigrated(client);
      return identify(client, facts);
    });
    await tell(client, identity, log);
    return { identity, facts };
  });
}

async function requireMigrated(client: Client): Promise<void> {
  const missing = await missingMigrations(client);
  if (missing.length > 0)
    throw new StoreError('STORE_TOO_OLD', `The schema of the database is not up to date; "parley migrate" brings it there.`);
}

async function tell(client: Client, { epoch, restored }: Identity, log: PostgresLog | undefined): Promise<void> {
  const { rows } = await client.query<{ version: string; bypasses: boolean }>(
    `SELECT current_setting('server_version') AS version, rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = current_user`,
  );
  const [found] = rows;
  log?.('store opened', { postgres: found?.version, schema: SCHEMA, epoch });
  if (restored !== null) log?.('store was restored: new epoch', { why: restored, epoch });
  // Every statement names its tenant; a role that row-level security does not hold for has lost the second line only.
  if (found?.bypasses) log?.('row-level security does not hold for this role', { advice: 'use a role without SUPERUSER and BYPASSRLS' });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  let client: Client | undefined;
  try {
    client = await connect(url);
    return await work(client);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError('STORE_UNREACHABLE', `The database cannot be opened: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    await client?.end().catch(() => undefined);
  }
}
