import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store-error.js';
import type { StoreErrorCode } from '../store-error.js';

/** Before it, a WAL that was reset while another connection wrote could damage the database (reliability 1.12). */
const OLDEST_ENGINE = '3.51.3';
const BUSY_TIMEOUT = 5_000;
/**
 * Pages in the write-ahead log (8 MB) before they are put into the database. Each time costs two flushes for which every sender waits: with
 * SQLite's own 1,000 that is every two-hundredth message of those sent by themselves. Not more, because a flush takes half as long again
 * while the file still grows to that size, which it does after every start (measured).
 */
const CHECKPOINT_PAGES = 2_000;

/**
 * Pages that a reader keeps, in kB. With SQLite's own 2,000 those of a sign-in were copied out of the system's memory again and again: at a
 * million entries it took 938 us, with these 876, and a tenth less of the processor (measured).
 */
const READER_CACHE = 16_000;

/** What SQLite says of a failing disk or a damaged file, as opposed to a statement that is wrong (primary result codes). */
const STORAGE_FAILURES: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 11, 13, 14, 15, 26]);
const DAMAGE: ReadonlySet<number> = new Set([11, 26]);

export function isStorageFailure(error: unknown): boolean {
  return STORAGE_FAILURES.has(primaryCode(error));
}

export function isDamage(error: unknown): boolean {
  return DAMAGE.has(primaryCode(error));
}

function primaryCode(error: unknown): number {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : -1;
}

/** The connection that writes. Every commit on it waits until the disk has it. `check`: the whole file is checked before anything is read of it. */
export function openWriter(file: string, { check = true } = {}): DatabaseSync {
  return refusing(file, () => {
    // Made first where there is none, so that nobody else may read it, whatever the folder allows; what SQLite lays beside it follows it.
    closeSync(openSync(file, 'a', 0o600));
    const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true });
    requireEngine(db);
    const journal = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
    if (journal !== 'wal') throw new StoreError('STORE_NOT_DURABLE', `The file system of ${file} does not allow a write-ahead log.`);
    // After journal_mode, because that may lower it; fullfsync is what makes macOS wait for the disk and not for its cache.
    db.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1');
    db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    if (check) requireWhole(db, file);
    requireDurable(db);
    return db;
  });
}

/** Reads all of the file. @throws StoreError STORE_DAMAGED */
export function requireWhole(db: DatabaseSync, file: string): void {
  const damage = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (damage !== 'ok') throw new StoreError('STORE_DAMAGED', `${file} is damaged: ${String(damage)}. Restore a backup.`);
}

/** What tells this store from every other: its epoch, and the secret that it was made with. */
export function readIdentity(db: DatabaseSync): { epoch: string; secret: Uint8Array } {
  const row = db.prepare('SELECT epoch, secret FROM store').get();
  const secret = row?.['secret'];
  if (!(secret instanceof Uint8Array)) throw new StoreError('STORE_DAMAGED', 'The store has lost its secret. Restore a backup.');
  return { epoch: String(row?.['epoch']), secret };
}

/** A connection that reads what was committed, and can do nothing else. */
export function openReader(file: string): DatabaseSync {
  return refusing(file, () => {
    const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT });
    db.exec(`PRAGMA cache_size = -${READER_CACHE}`);
    return db;
  });
}

/**
 * Refuses a connection whose commits do not wait for the disk. The value counts only after a first statement: on a new file the
 * pragma still reads FULL just after the change to WAL and falls to the compiled default then (reliability 1.6).
 */
export function requireDurable(db: DatabaseSync): void {
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  const synchronous = Number(db.prepare('PRAGMA synchronous').get()?.['synchronous']);
  if (!(synchronous >= 2)) {
    throw new StoreError('STORE_NOT_DURABLE', `The database does not wait for the disk (synchronous is ${synchronous}, FULL is 2).`);
  }
}

export function requireEngine(db: DatabaseSync, oldest: string = OLDEST_ENGINE): void {
  const version = String(db.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  if (version.localeCompare(oldest, 'en', { numeric: true }) < 0) {
    throw new StoreError(
      'STORE_ENGINE_TOO_OLD',
      `SQLite ${version} can damage a store; ${oldest} or later is needed (a newer Node brings it).`,
    );
  }
}

/** A statement that the schema does not fit: every one is of this program and fits the schema that it made. */
const UNFITTING = 1;

/** Why a store cannot be opened, whatever it was that failed. */
export function refusalOf(file: string, error: unknown): { code: StoreErrorCode | null; message: string } {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isDamage(error) || primaryCode(error) === UNFITTING)
    return { code: 'STORE_DAMAGED', message: `${file} is damaged: ${message}. Restore a backup.` };
  return isStorageFailure(error)
    ? { code: 'STORE_UNREACHABLE', message: `${file} cannot be opened: ${message}.` }
    : { code: null, message };
}

/** Says in one way of every failure to open, what an operator can do about it. */
export function refusing<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw isDamage(error)
      ? new StoreError('STORE_DAMAGED', `${file} is damaged: ${reason}. Restore a backup.`)
      : new StoreError('STORE_UNREACHABLE', `${file} cannot be opened: ${reason}.`);
  }
}
