import type { Storage } from './storage.js';

/** Where the conversations are: in a database of PostgreSQL, or else in a file of SQLite. */
export interface StoreSettings {
  /** Folder of the SQLite database. */
  data: string;
  databaseUrl?: string | undefined;
  databaseConnections: number;
  /** Whether the schema is brought up to date by opening; else what is missing refuses the start (STORE_TOO_OLD). */
  migrate: boolean;
}

/** What an open store tells, whichever it is. */
export interface StoreHooks {
  log: (event: string, facts: Record<string, unknown>) => void;
  /** After every commit: how many calls shared it and how long it took, in milliseconds. */
  onCommit: (size: number, milliseconds: number) => void;
  /** This store answers UNAVAILABLE for good, and only a new one can be opened. Once. */
  onLost: (reason: string) => void;
}

/**
 * Opens the store that the settings name. The driver of the other engine is not even loaded.
 *
 * @throws StoreError, whose code tells operators why it cannot be opened.
 */
export async function openStorage(settings: StoreSettings, hooks: StoreHooks): Promise<Storage> {
  const { data, databaseUrl: url, databaseConnections: connections, migrate } = settings;
  if (url !== undefined) {
    const { openPostgresStorage } = await import('./postgres/index.js');
    return openPostgresStorage({ url, connections, migrate, ...hooks });
  }
  const sqlite = await import('./sqlite/index.js');
  if (!migrate) sqlite.requireMigrated(data);
  return sqlite.openSqliteStorage({ directory: data, ...hooks });
}

/** The numbers of the steps that the schema still needs; nothing is changed. */
export async function missingSteps({ data, databaseUrl: url }: StoreSettings): Promise<number[]> {
  if (url !== undefined) return (await import('./postgres/index.js')).missingInPostgres(url);
  return (await import('./sqlite/index.js')).missingInSqlite(data);
}

/** Brings the schema up to date; resolves to the numbers of the steps that were missing. */
export async function migrateStore({ data, databaseUrl: url }: StoreSettings): Promise<number[]> {
  if (url !== undefined) return (await import('./postgres/index.js')).migratePostgres(url);
  return (await import('./sqlite/index.js')).migrateSqlite(data);
}
