import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StoreError } from '../store-error.js';
import type { Damage } from '../storage.js';
import { openReader, refusing } from './connection.js';
import { requireParley } from './migrations.js';
import { verifyChains } from './verify.js';

/**
 * Checks the chains of the store in a folder without writing to it, whatever its schema, and whether or not a server has it open.
 *
 * @throws StoreError when there is none, or none that can be read.
 */
export async function verifyStore(directory: string): Promise<Damage[]> {
  const file = resolve(join(directory, 'parley.db'));
  if (!existsSync(file)) throw new StoreError('STORE_UNREACHABLE', `There is no store: ${file} does not exist.`);
  const db = openReader(file);
  try {
    refusing(file, () => requireParley(db));
    return await verifyChains(db);
  } finally {
    db.close();
  }
}
