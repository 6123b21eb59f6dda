import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ParleyError } from '#protocol';
import { connect } from '../../../server/storage/postgres/connection.js';
import { Database } from '../../../server/storage/postgres/database.js';
import { StoreError, migratePostgres, openPostgresStorage } from '../../../server/storage/postgres/index.js';
import type { StoreErrorCode } from '../../../server/storage/postgres/index.js';
import { MIGRATIONS, migrate, withStoreLocked } from '../../../server/storage/postgres/migrations.js';
import { startPostgres } from '../../support/postgres.js';
import type { PostgresServer } from '../../support/postgres.js';
import { readAll, say, signUp, startGroup, TENANT } from './builders.js';
import { complaints, newDatabase, newStoreDatabase, openPostgres, withClient } from './postgres-stores.js';

const refused = (code: StoreErrorCode) => (error: unknown) => error instanceof StoreError && error.code === code;
const unavailable = (error: unknown) => error instanceof ParleyError && error.code === 'UNAVAILABLE';

describe('opening a store on PostgreSQL', () => {
  test('[G22] nodes that start at once make one store, whatever was there before', async () => {
    const { url } = await newDatabase();
    const nodes = await Promise.all(Array.from({ length: 4 }, () => openPostgres(url)));
    assert.equal(new Set(nodes.map(({ epoch }) => epoch)).size, 1);
    assert.equal(new Set(nodes.map(({ secret }) => Buffer.from(secret).toString('hex'))).size, 1);
    assert.equal(nodes[0]?.secret.length, 32);
    assert.deepEqual(await migratePostgres(url), []);
  });

  test('[G22] a step that fails leaves the schema before it, and the next start makes it', async () => {
    const { url } = await newDatabase();
    const broken = [...MIGRATIONS.slice(0, 1), { number: 2, oldest: 2, sql: 'CREATE TABLE half (a int); SELECT 1 / 0' }];
    const client = await connect(url);
    await assert.rejects(withStoreLocked(client, () => migrate(client, broken)));
    const { rows } = await client.query<{ number: number }>('SELECT number FROM parley.migrations');
    assert.deepEqual(rows, [{ number: 1 }]);
    await client.end();
    await openPostgres(url);
  });

  test('[G22] a newer schema is refused only where it says so, a foreign one always', async () => {
    const { url } = await newStoreDatabase();
    const admit = (oldest: number) =>
      withClient(url, (client) => client.query('INSERT INTO parley.migrations VALUES (999, $1, $2)', ['x', oldest]));
    await admit(1);
    await (await openPostgresStorage({ url })).close();
    await withClient(url, (client) => client.query('DELETE FROM parley.migrations WHERE number = 999'));
    await admit(999);
    await assert.rejects(openPostgresStorage({ url }), refused('STORE_TOO_NEW'));
    await withClient(url, (client) =>
      client.query("DELETE FROM parley.migrations WHERE number = 999; UPDATE parley.migrations SET checksum = 'y'"),
    );
    await assert.rejects(openPostgresStorage({ url }), refused('STORE_FOREIGN'));
  });

  test('[G22] a node that may not migrate refuses an old schema and leaves it as it is', async () => {
    const { url } = await newDatabase();
    await assert.rejects(openPostgresStorage({ url, migrate: false }), refused('STORE_TOO_OLD'));
    assert.equal((await migratePostgres(url)).length, MIGRATIONS.length);
    await openPostgres(url, { migrate: false });
  });

  test('[G2] commits that do not wait for the disk are refused at the start, and on every connection after it', async () => {
    const { name, url, adminUrl } = await newStoreDatabase();
    const storage = await openPostgres(url);
    const set = (value: string) =>
      withClient(adminUrl, (client) => client.query(`ALTER DATABASE ${name} SET synchronous_commit = ${value}`));
    for (const value of ['off', 'local']) {
      await set(value);
      await assert.rejects(openPostgresStorage({ url }), refused('STORE_NOT_DURABLE'));
    }
    await assert.rejects(signUp(storage, ['ann']), unavailable);
    await set('on');
    await signUp(storage, ['ann']);
  });

  test('a database that is not there, or does not let in, is refused with a reason and without a password', async () => {
    for (const url of ['postgres://parley:secret@127.0.0.1:1/parley', (await newDatabase()).url.replace(/parley_\w+$/, 'parley_nowhere')])
      await assert.rejects(
        openPostgresStorage({ url }),
        (error) => refused('STORE_UNREACHABLE')(error) && !String(error).includes('secret'),
      );
  });
});

describe('row-level security', () => {
  let url = '';
  let adminUrl = '';
  before(async () => {
    ({ url, adminUrl } = await newStoreDatabase());
    const storage = await openPostgres(url);
    for (const tenant of [TENANT, 'south']) {
      await signUp(storage, ['ann', 'bob'], tenant);
      await startGroup(storage, 'ann', ['bob'], tenant);
    }
  });

  const TABLES = ['conversations', 'members', 'entries', 'user_states', 'people', 'people_words'];

  test('[G15] a statement without a tenant sees nothing, one with a tenant sees its rows, whatever it asks for', async () => {
    await withClient(url, async (client) => {
      await client.query('SET search_path = parley');
      const tenants = async (table: string) =>
        (await client.query<{ tenant: string }>(`SELECT DISTINCT tenant FROM ${table} ORDER BY tenant`)).rows.map(({ tenant }) => tenant);
      for (const table of TABLES) assert.deepEqual(await tenants(table), [], table);
      await client.query("SET parley.tenant = 'south'");
      for (const table of TABLES) assert.deepEqual(await tenants(table), ['south'], table);
      assert.equal((await client.query("UPDATE members SET read = 1 WHERE tenant = 'north'")).rowCount, 0);
      await assert.rejects(client.query("INSERT INTO tenants VALUES ('north', '{}', '[]')"), /row-level security/);
    });
  });

  test('[G15] every table with a tenant has it, for its owner too', async () => {
    const { rows } = await withClient(adminUrl, (client) =>
      client.query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE n.nspname = 'parley' AND c.relkind = 'r' AND a.attname = 'tenant' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
      ),
    );
    assert.deepEqual(rows, []);
  });

  test('[G15] a transaction of one tenant finds nothing of another, and the next one on its connection nothing of the first', async () => {
    const database = new Database({ url, connections: 1 });
    const count = (whose: string | null) =>
      database.read(whose, async ({ query }) => (await query<{ n: number }>('SELECT count(*) AS n FROM entries'))[0]?.n);
    assert.deepEqual([await count('south'), await count('nobody'), await count(''), await count(null)], [1, 0, 0, 2]);
    await database.close();
  });

  test('[G15] a role that it does not hold for is told to the operator', async () => {
    const { log, found } = complaints();
    await openPostgres(adminUrl, { log });
    assert.equal((found[0] as unknown[])[0], 'row-level security does not hold for this role');
  });

  test('[G17] nobody changes or removes an entry, an administrator neither', async () => {
    await withClient(adminUrl, async (client) => {
      await client.query('SET search_path = parley');
      for (const statement of ["UPDATE entries SET body = 'x'", 'DELETE FROM entries', 'TRUNCATE entries CASCADE'])
        await assert.rejects(client.query(statement), /an entry is never/);
    });
  });
});

describe('a PostgreSQL that changes under its nodes', () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.close());

  test('[G3] [SPEC S4] a standby is refused; once it was promoted, nodes that were open answer nothing more and new ones have a new epoch', async () => {
    const { url } = await server.createDatabase();
    const lost: string[] = [];
    const before = await openPostgres(url, { onLost: (reason) => lost.push(reason) });
    await signUp(before, ['ann', 'bob']);
    const group = await startGroup(before, 'ann', ['bob']);
    await server.machine.stop();
    writeFileSync(join(server.data, 'standby.signal'), '');
    await server.machine.start();
    await assert.rejects(openPostgresStorage({ url }), refused('STORE_STANDBY'));
    await assert.rejects(say(before, group, 'ann'), unavailable);
    await assert.rejects(before.range(TENANT, 'ann', group, { limit: 1 }), unavailable, 'nor is anything read from it');
    await withClient(server.url, (client) => client.query('SELECT pg_promote()'));
    await assert.rejects(say(before, group, 'ann'), unavailable);
    await assert.rejects(before.ping(), unavailable);
    assert.equal(lost.length, 1);
    const { log, found } = complaints();
    const after = await openPostgres(url, { log });
    assert.notEqual(after.epoch, before.epoch);
    assert.deepEqual(found, [['store was restored: new epoch', { why: 'another timeline', epoch: after.epoch }]]);
    assert.deepEqual(after.secret, before.secret);
    assert.equal((await readAll(after, group, 'ann')).length, 1);
    const again = await openPostgres(url);
    assert.equal(again.epoch, after.epoch);
  });

  test('[G20] [SPEC S4] a store that was read into another cluster has a new epoch, and its changes begin from then', async () => {
    const { url } = await newStoreDatabase();
    const before = await openPostgres(url);
    await signUp(before, ['ann', 'bob']);
    const group = await startGroup(before, 'ann', ['bob']);
    await before.close();
    // As a dump brings it: the rows, with transactions that this cluster has not come to.
    await withClient(url, (client) =>
      client.query(`SET search_path = parley; SET parley.every_tenant = 'on'; UPDATE store SET system = '1';
        UPDATE user_states SET changed = '999999999999'; ALTER TABLE entries ALTER COLUMN xid SET DEFAULT '999999999999';
        INSERT INTO revocations (tenant, kind, at, xid) VALUES ('north', 'tenant', 1, '999999999999')`),
    );
    const after = await openPostgres(url);
    assert.notEqual(after.epoch, before.epoch);
    const { cursor } = await after.changesSince(null);
    assert.deepEqual((await after.changesSince(cursor)).users, []);
    await say(after, group, 'ann');
    const changes = await after.changesSince(cursor);
    assert.deepEqual(changes.heads, [{ tenant: TENANT, conversation: group, head: 2 }]);
    assert.deepEqual((await after.changesSince(changes.cursor)).heads, []);
    assert.deepEqual(await after.verify(), []);
  });
});
