import assert from 'node:assert/strict';
import { after } from 'node:test';
import { openPostgresStorage } from '../../../server/storage/postgres/index.js';
import { createDatabase } from '../../support/postgres.js';
import { storageContract } from './contract.js';

const complaints: unknown[] = [];
const opened: { close(): Promise<void> }[] = [];
after(async () => {
  for (const { close } of opened) await close();
  assert.deepEqual(complaints, [], 'no call failed inside the engine');
});

storageContract('postgres', async () => {
  const database = await createDatabase();
  const storage = await openPostgresStorage({
    url: database.url,
    connections: 4,
    log: (event, facts) => event === 'store opened' || complaints.push([event, facts]),
  });
  opened.push({
    async close() {
      await storage.close();
      await database.drop();
    },
  });
  return storage;
});
