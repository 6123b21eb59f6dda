import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StoreError } from '../store-error.js';
import { openReader, openWriter, refusing, requireDurable } from './connection.js';
import { MIGRATIONS, migrate, missingMigrations, requireParley } from './migrations.js';
import { holdStore } from './store-lock.js';
import { Witness } from './witness.js';

/**
 * Brings the schema of the store in a folder up to date, making the store when there is none; resolves to the numbers of the steps that
 * were missing.
 *
 * @throws StoreError when a server has it open, or as `openSqliteStorage` does.
 */
export function migrateSqlite(directory: string): number[] {
  const file = fileIn(directory);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  using _hold = holdStore(file);
  const missing = missingInSqlite(directory);
  const db = openWriter(file);
  try {
    const made = migrate(db);
    requireDurable(db);
    const witness = new Witness(db, file);
    witness.open(made);
    witness.close();
    return missing;
  } finally {
    db.close();
  }
}

/** The numbers of the steps that the store in a folder still needs; it only reads, and a server may run. */
export function missingInSqlite(directory: string): number[] {
  const file = fileIn(directory);
  if (!existsSync(file)) return MIGRATIONS.map(({ number }) => number);
  const db = openReader(file);
  try {
    return refusing(file, () => {
      requireParley(db);
      return missingMigrations(db).map(({ number }) => number);
    });
  } finally {
    db.close();
  }
}

/** @throws StoreError STORE_TOO_OLD when a step is missing. A store that does not exist yet is made whole. */
export function requireMigrated(directory: string): void {
  if (existsSync(fileIn(directory)) && missingInSqlite(directory).length > 0)
    throw new StoreError('STORE_TOO_OLD', 'The schema of the database is not up to date; "parley migrate" brings it there.');
}

const fileIn = (directory: string): string => resolve(join(directory, 'parley.db'));
