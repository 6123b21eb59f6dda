import assert from 'node:assert/strict';
import { after } from 'node:test';
import { storageContract } from './contract.js';
import { complaints, newStoreDatabase, openPostgres } from './postgres-stores.js';

const { log, found } = complaints();
after(() => assert.deepEqual(found, [], 'no call failed inside the engine'));

storageContract('postgres', async () => openPostgres((await newStoreDatabase()).url, { connections: 4, log }));
