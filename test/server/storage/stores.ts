import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after } from 'node:test';
import { StoreError, openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import type { StoreErrorCode, StoreLog } from '../../../server/storage/sqlite/index.js';
import type { Storage } from '../../../server/storage/storage.js';

const root = mkdtempSync(join(tmpdir(), 'parley-store-'));
const opened = new Set<Storage>();
after(async () => {
  await Promise.all([...opened].map((storage) => storage.close()));
  rmSync(root, { recursive: true });
});

/** A path of a store that does not exist yet; it is removed after the tests of the file. */
export function newFile(): string {
  return join(mkdtempSync(join(root, 'store-')), 'parley.db');
}

export async function openStore(
  file: string,
  hooks: { log?: StoreLog; onCommit?: (size: number, milliseconds: number) => void } = {},
): Promise<Storage> {
  const storage = await openSqliteStorage({ file, ...hooks });
  opened.add(storage);
  return storage;
}

/** What somebody does who has the file and a database tool. */
export function tamper(file: string, ...statements: readonly string[]): void {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  try {
    for (const statement of statements) db.exec(statement);
  } finally {
    db.close();
  }
}

export function storeError(code: StoreErrorCode) {
  return (error: unknown): boolean => error instanceof StoreError && error.code === code;
}
