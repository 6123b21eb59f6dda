import assert from 'node:assert/strict';
import { chmodSync, closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { requireDurable, requireEngine } from '../../../server/storage/sqlite/connection.js';
import { MIGRATIONS, migrate } from '../../../server/storage/sqlite/migrations.js';
import { readAll, say, signUp, startGroup } from './builders.js';
import { newFile, openStore, storeError, tamper } from './stores.js';

describe('opening a SQLite store', () => {
  test('[G2] the connection that writes waits for the disk, by its own word after its first statement', async () => {
    const opened: Record<string, unknown>[] = [];
    await openStore(newFile(), { log: (event, facts) => event === 'store opened' && opened.push(facts) });
    assert.equal(opened.length, 1);
    assert.equal(opened[0]?.['synchronous'], 2);
    assert.equal(opened[0]['journal'], 'wal');
  });

  test('[attack 71] its files are for their owner only, whatever the folder allows', { skip: process.platform === 'win32' }, async () => {
    const file = newFile();
    chmodSync(dirname(file), 0o755);
    const store = await openStore(file);
    await signUp(store, ['ann']);
    for (const name of [file, `${file}-wal`]) assert.equal(statSync(name).mode & 0o777, 0o600, name);
  });

  test('[G2] a connection that does not wait for the disk is refused', () => {
    const db = new DatabaseSync(newFile());
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    assert.throws(() => requireDurable(db), storeError('STORE_NOT_DURABLE'));
    db.exec('PRAGMA synchronous = FULL');
    requireDurable(db);
    db.close();
  });

  test('a SQLite with known faults is refused', () => {
    const db = new DatabaseSync(':memory:');
    requireEngine(db);
    assert.throws(() => requireEngine(db, '99.0.0'), storeError('STORE_ENGINE_TOO_OLD'));
    db.close();
  });

  test('everything is there again after closing and opening, under the same epoch', async () => {
    const file = newFile();
    const first = await openStore(file);
    await signUp(first, ['ann', 'bob']);
    const group = await startGroup(first, 'ann', ['bob']);
    const said = await say(first, group, 'ann', 'kept');
    await first.close();
    const again = await openStore(file);
    assert.equal(again.epoch, first.epoch);
    assert.deepEqual((await readAll(again, group, 'bob')).at(-1), said);
    assert.deepEqual(await again.verify(), []);
  });

  test('a second opener is refused while the first has the store, and let in afterwards', async () => {
    const file = newFile();
    const first = await openStore(file);
    await assert.rejects(openStore(file), storeError('STORE_LOCKED'));
    await first.ping();
    await first.close();
    await openStore(file);
  });

  test('[G21] a file that is no database is refused and left as it is', async () => {
    const file = newFile();
    writeFileSync(file, 'not a database at all, however long it may be '.repeat(50));
    const before = readFileSync(file);
    await assert.rejects(openStore(file), storeError('STORE_DAMAGED'));
    assert.deepEqual(readFileSync(file), before);
  });

  test('[G21] a database with overwritten or missing pages is refused', async () => {
    for (const damage of [overwrite, (file: string) => truncateSync(file, 8 * 4096)]) {
      const file = newFile();
      const storage = await openStore(file);
      await signUp(
        storage,
        Array.from({ length: 500 }, (_, number) => `user-${number}`),
      );
      await storage.close();
      damage(file);
      await assert.rejects(openStore(file), storeError('STORE_DAMAGED'));
    }
  });

  test('a database of another program is refused and not touched', async () => {
    const file = newFile();
    tamper(file, 'CREATE TABLE recipes (name TEXT)');
    await assert.rejects(openStore(file), storeError('STORE_FOREIGN'));
    const db = new DatabaseSync(file);
    assert.equal(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'], 1);
    db.close();
  });

  test('[G22] a newer schema, or one made by other steps, is refused', async () => {
    const newer = newFile();
    await (await openStore(newer)).close();
    tamper(newer, "INSERT INTO migrations VALUES (999, 'x')");
    await assert.rejects(openStore(newer), storeError('STORE_TOO_NEW'));
    const other = newFile();
    await (await openStore(other)).close();
    tamper(other, "UPDATE migrations SET checksum = 'x'");
    await assert.rejects(openStore(other), storeError('STORE_FOREIGN'));
  });

  test('[G22] a step that fails leaves the schema as it was before it', () => {
    const db = new DatabaseSync(newFile());
    migrate(db);
    const number = MIGRATIONS.length + 1;
    const broken = [...MIGRATIONS, { number, sql: 'CREATE TABLE half (a); CREATE TABLE half (a)' }];
    const schema = () => db.prepare('SELECT name FROM sqlite_schema ORDER BY name').all();
    const before = schema();
    assert.throws(() => migrate(db, broken));
    assert.deepEqual(schema(), before);
    migrate(db, [...MIGRATIONS, { number, sql: 'CREATE TABLE whole (a)' }]);
    assert.equal(db.prepare('SELECT max(number) AS n FROM migrations').get()?.['n'], number);
    db.close();
  });

  test('a folder that cannot be made is said, not thrown into the void', async () => {
    const file = newFile();
    writeFileSync(file, '');
    await assert.rejects(openStore(`${file}/below/parley.db`));
  });
});

/** Garbage in the middle of the file, where the pages of the directory are. */
function overwrite(file: string): void {
  const size = statSync(file).size;
  const handle = openSync(file, 'r+');
  for (let at = 4096 * 6; at + 4096 < size; at += 4096) writeSync(handle, Buffer.alloc(600, 0xa5), 0, 600, at);
  closeSync(handle);
}
