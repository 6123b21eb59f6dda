import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Erasure, ErasureResult } from '../archive.js';
import { INSTALLATION } from '../audit-storage.js';
import type { AuditDraft } from '../audit-storage.js';
import { StoreError } from '../store-error.js';
import { AuditWriter } from './audit.js';
import { openReader, openWriter, refusing } from './connection.js';
import { Eraser } from './eraser.js';
import { migrate, requireParley } from './migrations.js';
import { holdStore } from './store-lock.js';
import { Witness } from './witness.js';

function storeFile(directory: string): string {
  return resolve(join(directory, 'parley.db'));
}

/**
 * Copies a store into one file, as it is at one moment, whether or not a server writes to it meanwhile. The file is there whole or not at all.
 *
 * @throws StoreError when there is no store, or the target exists.
 */
export async function backUpSqlite(directory: string, target: string): Promise<void> {
  const file = storeFile(directory);
  if (!existsSync(file)) throw new StoreError('STORE_UNREACHABLE', `There is no store: ${file} does not exist.`);
  const path = resolve(target);
  if (existsSync(path)) throw new StoreError('STORE_EXISTS', `${path} exists; a backup overwrites nothing.`);
  const half = `${path}.half`;
  await rm(half, { force: true });
  // Made first, so that nobody else may read what is written into it.
  await (await open(half, 'w', 0o600)).close();
  const db = openReader(file);
  try {
    refusing(file, () => {
      requireParley(db);
      db.prepare('VACUUM INTO ?').run(half);
    });
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  } finally {
    db.close();
  }
  await flush(half);
  await rename(half, path);
  await flush(dirname(path));
}

export interface Restoration {
  directory: string;
  /** A backup that was verified. */
  file: string;
  /** Puts aside the store that is there. */
  force: boolean;
  record: AuditDraft;
  /** Of entries that were erased after the backup was made. */
  erasures: readonly Erasure[];
}

/**
 * Puts a backup in the place of the store, under a new epoch: clients drop what they hold of the old one (SPEC S4).
 *
 * @throws StoreError when a server has the store, or there is one and `force` is not said.
 */
export async function restoreSqlite({
  directory,
  file,
  force,
  record,
  erasures,
}: Restoration): Promise<{ epoch: string; erased: number; aside: string | null }> {
  const target = storeFile(directory);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  using _hold = holdStore(target);
  if (existsSync(target) && !force)
    throw new StoreError('STORE_EXISTS', `${target} exists. --force puts it aside, under another name in the same folder.`);
  const fresh = `${target}.restoring`;
  await copyFile(file, fresh);
  await flush(fresh);
  const aside = existsSync(target) ? putAside(target) : null;
  await rm(`${target}.witness`, { force: true });
  await rename(fresh, target);
  await flush(dirname(target));
  return changing(target, (db) => {
    // Without a witness beside it the store counts as one that was put back, which it is.
    const witness = new Witness(db, target);
    witness.open(false);
    const epoch = String(db.prepare('SELECT epoch FROM store').get()?.['epoch']);
    db.exec('BEGIN IMMEDIATE');
    new AuditWriter(db).add(INSTALLATION, { ...record, facts: { ...record.facts, epoch } });
    db.exec('COMMIT');
    const erased = eraseAll(db, erasures).filter((result) => result === 'erased').length;
    witness.close();
    return { epoch, erased, aside };
  });
}

/**
 * Erases messages for good; see `Eraser`.
 *
 * @throws StoreError when a server has the store: it must be stopped first.
 */
export function eraseSqlite(directory: string, erasures: readonly Erasure[]): ErasureResult[] {
  const file = storeFile(directory);
  if (!existsSync(file)) throw new StoreError('STORE_UNREACHABLE', `There is no store: ${file} does not exist.`);
  using _hold = holdStore(file);
  return changing(file, (db) => eraseAll(db, erasures));
}

function eraseAll(db: DatabaseSync, erasures: readonly Erasure[]): ErasureResult[] {
  if (erasures.length === 0) return [];
  const eraser = new Eraser(db);
  const results = erasures.map((erasure) => eraser.erase(erasure));
  // Also when it was erased before: a kill may have come between the two.
  if (results.some((result) => result === 'erased' || result === 'already')) eraser.scrub();
  return results;
}

function changing<T>(file: string, change: (db: DatabaseSync) => T): T {
  const db = openWriter(file);
  try {
    migrate(db);
    return change(db);
  } finally {
    db.close();
  }
}

/** The write-ahead log goes with its database: without it the newest commits would be missing. */
function putAside(target: string): string {
  const aside = `${target}.before-${new Date().toISOString().replaceAll(':', '')}`;
  for (const suffix of ['-wal', '-shm', '']) if (existsSync(target + suffix)) renameSync(target + suffix, aside + suffix);
  return aside;
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows flushes no folder.
    if (process.platform !== 'win32') throw error;
  } finally {
    await handle.close();
  }
}
