import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { logKey, readAnchors } from '../../../server/archive/anchored-heads.js';
import { AUDIT_ACTS } from '../../../server/storage/audit-storage.js';
import { createDatabase } from '../../support/postgres.js';
import { TENANT, message, say, signUp, startGroup } from '../storage/builders.js';
import { newDatabase, openPostgres, withClient } from '../storage/postgres-stores.js';
import { anchor, anchorerOf, newFolder, parley } from './operator.js';

const HOST = { kind: 'host', id: 'key 00c0ffee' } as const;
const CANARY = 'qzjxkwvanarytext';

/** A database with a conversation of ten entries, signed at the fifth and at the last. */
async function written() {
  const database = await newDatabase();
  const data = newFolder();
  const anchors = newFolder();
  const storage = await openPostgres(database.url);
  await signUp(storage, ['ann', 'bob']);
  const conversation = await startGroup(storage, 'ann', ['bob']);
  const untouched = await startGroup(storage, 'bob', ['ann']);
  for (let seq = 2; seq <= 10; seq += 1) {
    await storage.append(message(conversation, 'ann', seq === 3 ? `${CANARY} said aloud` : `text ${seq}`));
    if (seq === 5) await anchor(storage, data, anchors);
  }
  await storage.audit(TENANT, { act: AUDIT_ACTS.userRevoked, by: HOST, subject: { user: 'cem' } });
  await anchor(storage, data, anchors);
  const operator = parley(data, { PARLEY_DATABASE_URL: database.url, PARLEY_ANCHORS: anchors, PARLEY_ERASURE: 'on' });
  return { database, data, anchors, storage, conversation, untouched, operator };
}

const UNLOCK = `ALTER TABLE parley.entries DISABLE TRIGGER USER; ALTER TABLE parley.audit DISABLE TRIGGER USER; SET parley.every_tenant = 'on';`;

describe('the archive in PostgreSQL', () => {
  test('[G17] [attack 74] signed heads confirm it, and find what was changed, cut off or removed', async () => {
    const { database, storage, conversation, untouched, operator, anchors } = await written();
    assert.deepEqual((await operator('verify')).lines.slice(0, 2), [
      'Every entry fits its chain.',
      'Every log is as it was signed (signed lines: 2; epochs: 1).',
    ]);
    await storage.close();
    const one = `(SELECT id FROM parley.conversations WHERE uuid = '${conversation}')`;
    const found = async (sql: string) => {
      const copy = await createDatabase({ template: database.name });
      try {
        await withClient(copy.adminUrl, (client) => client.query(UNLOCK + sql));
        const { code, lines } = await parley(newFolder(), { PARLEY_DATABASE_URL: copy.url, PARLEY_ANCHORS: anchors })('verify');
        return `${code} ${lines.join('\n')}`;
      } finally {
        await copy.drop();
      }
    };
    assert.match(
      await found(`UPDATE parley.entries SET author = 'bob' WHERE conversation = ${one} AND seq = 4`),
      new RegExp(`^1 ${TENANT} ${conversation} entry 4: chain`),
    );
    const cut = `DELETE FROM parley.entries WHERE conversation = ${one} AND seq > 7;
      UPDATE parley.conversations SET head = 7, chain = (SELECT hash FROM parley.entries WHERE conversation = ${one} AND seq = 7) WHERE id = ${one}`;
    assert.equal(await found(cut), `1 ${TENANT} ${conversation} entry 8: missing`);
    const gone = ['entries', 'members', 'message_words'].map(
      (table) => `DELETE FROM parley.${table} WHERE conversation = (SELECT id FROM parley.conversations WHERE uuid = '${untouched}');`,
    );
    assert.equal(
      await found(`${gone.join('')} DELETE FROM parley.conversations WHERE uuid = '${untouched}'`),
      `1 ${TENANT} ${untouched} entry 1: missing`,
    );
    assert.match(
      await found(`UPDATE parley.audit SET record = replace(record, 'cem', 'dan')`),
      new RegExp(`^1 ${TENANT} audit record 1: chain`),
    );
  });

  test('[G17] of several nodes one writes at a time, and nobody misses what commits meanwhile', async () => {
    const { database, data, anchors, conversation, operator } = await written();
    const nodes = await Promise.all([1, 2, 3].map(() => openPostgres(database.url)));
    const anchorers = nodes.map((node) => anchorerOf(node, data, anchors));
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([
        ...anchorers.map((anchorer) => anchorer.run()),
        ...nodes.map((node, index) => say(node, conversation, 'ann', `round ${round} of ${index}`)),
      ]);
    }
    for (const anchorer of anchorers) await anchorer.run();
    await Promise.all(nodes.map((node) => node.close()));
    const { epochs, faults } = await readAnchors(anchors);
    assert.deepEqual(faults, []);
    assert.equal(epochs[0]?.heads.get(logKey(TENANT, conversation))?.seq, 40);
    assert.equal((await operator('verify')).code, 0);
  });

  test('[G18] an erasure while nodes go on: text, words and dead rows are gone, the chain stays', async () => {
    const { database, storage, conversation, operator } = await written();
    // What autovacuum does now and then: the planner takes samples of the columns.
    await withClient(database.adminUrl, (client) => client.query('ANALYZE parley.entries; ANALYZE parley.message_words'));
    const asked = [
      'erase',
      '--tenant',
      TENANT,
      '--conversation',
      conversation,
      '--seq',
      '3',
      '--by',
      'Ann',
      '--second',
      'Bob',
      '--reason',
      'law',
    ];
    const { code, lines } = await operator(...asked);
    assert.equal(code, 0);
    assert.match(lines.join('\n'), /pg_wal/);
    const page = await storage.range(TENANT, 'ann', conversation, { after: 2, limit: 1 });
    assert.deepEqual(page?.entries[0]?.body, { kind: 'erased' });
    assert.deepEqual((await storage.searchMessages(TENANT, 'ann', { text: CANARY, limit: 5 }))?.hits, []);
    assert.deepEqual(await storage.verify(), []);
    assert.equal((await operator('verify')).code, 0);
    assert.match((await operator(...asked)).lines.join(), /erased before/);
    await say(storage, conversation, 'bob', 'life goes on');
    const bytes = await withClient(database.adminUrl, async (client) => {
      await client.query('CHECKPOINT');
      const { rows } = await client.query<{ path: string }>(
        `SELECT current_setting('data_directory') || '/' || pg_relation_filepath(c.oid) AS path FROM pg_class c
         WHERE (c.relnamespace = 'parley'::regnamespace OR c.relname = 'pg_statistic') AND pg_relation_filepath(c.oid) IS NOT NULL AND pg_relation_size(c.oid) > 0`,
      );
      return rows.map(({ path }) => readFileSync(path));
    });
    assert.ok(bytes.length > 10);
    assert.ok(!bytes.some((file) => file.includes(CANARY)), 'in no file of a table or an index');
    await withClient(database.adminUrl, (client) =>
      assert.rejects(
        client.query(`SET search_path = parley; UPDATE entries SET body = '{"kind":"erased"}', salt = '' WHERE seq = 4`),
        /never changed/,
      ),
    );
  });

  test('[G18] while somebody still reads since before an erasure, it is not said that the text is gone', async () => {
    const { database, storage, conversation, operator } = await written();
    const place = ['--tenant', TENANT, '--conversation', conversation, '--seq', '3'];
    const asked = ['erase', ...place, '--by', 'Ann', '--second', 'Bob', '--reason', 'law'];
    await withClient(database.adminUrl, async (reader) => {
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await reader.query('SELECT 1 FROM pg_class LIMIT 1');
      await assert.rejects(operator(...asked), /still in the files/);
      await reader.query('COMMIT');
    });
    assert.match((await operator(...asked)).lines.join(), /erased before/);
    await storage.close();
  });

  test('[G20] a dump that was read in is another history: checked, with a new epoch, and without what was erased since', async () => {
    const { data, anchors, storage, conversation, operator } = await written();
    const file = join(newFolder(), 'parley.dump');
    assert.deepEqual(await operator('backup', file), { code: 0, lines: [`3 logs with 12 entries in ${file}.`] });
    assert.equal(statSync(file).mode & 0o777, 0o600, 'nobody else may read it');
    await assert.rejects(operator('backup', file), /overwrites nothing/);
    await operator(
      'erase',
      '--tenant',
      TENANT,
      '--conversation',
      conversation,
      '--seq',
      '3',
      '--by',
      'Ann',
      '--second',
      'Bob',
      '--reason',
      'law',
    );
    await anchor(storage, data, anchors);
    const { epoch } = storage;
    await storage.close();
    const fresh = await newDatabase();
    execFileSync('pg_restore', ['--no-owner', '--role=parley', '--dbname', fresh.adminUrl, file], { stdio: 'pipe' });
    const restored = parley(data, { PARLEY_DATABASE_URL: fresh.url, PARLEY_ANCHORS: anchors });
    await assert.rejects(restored('restore', file, '--by', 'Eve', '--reason', 'fire'), /by its own tools/);
    const node = await openPostgres(fresh.url);
    await node.ping();
    await assert.rejects(restored('restore', '--by', 'Eve', '--reason', 'fire'), /Nodes have the database open/);
    await node.close();
    const { code, lines } = await restored('restore', '--by', 'Eve', '--reason', 'fire');
    assert.equal(code, 0);
    assert.match(lines.join('\n'), /1 messages that were erased since are erased again/);
    const again = await openPostgres(fresh.url);
    assert.notEqual(again.epoch, epoch);
    const page = await again.range(TENANT, 'ann', conversation, { after: 2, limit: 1 });
    assert.deepEqual(page?.entries[0]?.body, { kind: 'erased' });
    assert.equal((await again.auditRecords('', { after: 0, limit: 10 })).records.at(-1)?.act, AUDIT_ACTS.storeRestored);
    assert.equal((await restored('verify')).code, 3, 'the record of the erasure itself, which was signed, is gone with the old history');
  });
});
