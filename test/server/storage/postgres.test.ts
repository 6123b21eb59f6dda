import assert from 'node:assert/strict';
import { after } from 'node:test';
import { openPostgresStorage } from '../../../server/storage/postgres/index.js';
import { createDatabase } from '../../support/postgres.js';
import { storageContract } from './contract.js';

/** What an operator is told of an engine that does as it should. */
const EXPECTED: ReadonlySet<string> = new Set(['store opened']);

storageContract('postgres', async () => {
  const complaints: unknown[] = [];
  const database = await createDatabase();
  const storage = await openPostgresStorage({
    url: database.url,
    connections: 4,
    log: (event, facts) => EXPECTED.has(event) || complaints.push([event, facts]),
  });
  after(async () => {
    await storage.close();
    await database.drop();
    assert.deepEqual(complaints, [], 'no call failed inside the engine');
  });
  return storage;
});
