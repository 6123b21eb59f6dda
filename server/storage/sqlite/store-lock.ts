import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store-error.js';

/**
 * Holds a store for one process: two writers would each number entries from their own memory of what was committed together.
 * The lock is the operating system's, taken through a transaction on a file beside the store that is never committed, so it ends
 * with the process, however the process ends, and no stale lock has to be cleared by hand.
 */
export function holdStore(file: string): Disposable {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) {
      throw new StoreError('STORE_LOCKED', `Another process uses ${file}. Stop it first, or give this one a folder of its own.`);
    }
    throw error;
  }
  return { [Symbol.dispose]: () => lock.close() };
}
