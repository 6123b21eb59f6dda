import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import type { Storage } from '../../../server/storage/storage.js';
import { storageContract } from './contract.js';

const root = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
const opened = new Set<Storage>();
after(async () => {
  await Promise.all([...opened].map((storage) => storage.close()));
  rmSync(root, { recursive: true });
});

storageContract('sqlite', async () => {
  const complaints: unknown[] = [];
  const storage = await openSqliteStorage({
    directory: mkdtempSync(join(root, 'store-')),
    log: (event, facts) => event === 'store opened' || complaints.push([event, facts]),
  });
  opened.add(storage);
  after(() => assert.deepEqual(complaints, [], 'no call failed inside the engine'));
  return storage;
});
