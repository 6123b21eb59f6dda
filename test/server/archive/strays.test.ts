import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import type { Storage } from '../../../server/storage/storage.js';
import { TENANT, say, signUp, startGroup } from '../storage/builders.js';
import { newDatabase, openPostgres, withClient } from '../storage/postgres-stores.js';
import { unlock } from './mutations.js';
import { newFolder, parley } from './operator.js';

interface Engine {
  open(): Promise<Storage>;
  operator: ReturnType<typeof parley>;
  /** Without what refuses it. */
  run(sql: string): Promise<void>;
}

async function sqlite(): Promise<Engine> {
  const directory = newFolder();
  return {
    open: () => openSqliteStorage({ directory }),
    operator: parley(directory),
    async run(sql) {
      const db = new DatabaseSync(join(directory, 'parley.db'));
      unlock(db);
      db.exec(sql);
      db.close();
    },
  };
}

async function postgres(): Promise<Engine> {
  const { url, adminUrl } = await newDatabase();
  return {
    open: () => openPostgres(url),
    operator: parley(newFolder(), { PARLEY_DATABASE_URL: url }),
    run: (sql) =>
      withClient(adminUrl, async (client) => {
        await client.query("SET search_path = parley; SET session_replication_role = replica; SET parley.every_tenant = 'on'");
        await client.query(sql);
      }),
  };
}

describe('entries without a conversation', () => {
  for (const [name, start] of Object.entries({ sqlite, postgres }))
    test(`[attack 74] [G17] ${name}: a conversation whose row was taken away is found without any signed head, by operator and server`, async () => {
      const engine = await start();
      const storage = await engine.open();
      await signUp(storage, ['ann', 'bob']);
      const groups = [];
      for (let count = 0; count < 4; count += 1) groups.push(await startGroup(storage, 'ann', ['bob']));
      const [, second = '', , last = ''] = groups;
      await say(storage, second, 'ann');
      assert.deepEqual(await storage.verify(), []);
      await storage.close();
      assert.deepEqual(await engine.operator('verify'), { code: 0, lines: ['Every entry fits its chain.'] });
      await engine.run(`DELETE FROM conversations WHERE uuid IN ('${second}', '${last}')`);
      const { code, lines } = await engine.operator('verify');
      assert.equal(code, 1);
      assert.deepEqual(lines, [`${TENANT} (row 2) entry 1: stray`, `${TENANT} (row 4) entry 1: stray`]);
      const again = await engine.open();
      assert.deepEqual(await again.verify(), [
        { tenant: TENANT, conversation: '(row 2)', seq: 1, what: 'stray' },
        { tenant: TENANT, conversation: '(row 4)', seq: 1, what: 'stray' },
      ]);
      await again.close();
    });

  test('[G17] sqlite: they are found behind more conversations than one step looks at', async () => {
    const engine = await sqlite();
    await (await engine.open()).close();
    await engine.run(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1203)
       INSERT INTO conversations (id, tenant, uuid, kind, creator, cid, head, chain, member_count, updated_at)
       SELECT i, 't', 'c' || i, 'group', 'ann', 'c' || i, 1, x'00', 0, 0 FROM n;
       INSERT INTO entries (tenant, conversation, seq, author, cid, kind, at, body, salt, commitment, hash)
       SELECT 't', id, 1, 'ann', cid, 'message', 0, '{}', x'', x'', x'00' FROM conversations;
       DELETE FROM conversations WHERE id IN (700, 1203)`,
    );
    const storage = await engine.open();
    const strays = (await storage.verify()).filter(({ what }) => what === 'stray');
    assert.deepEqual(
      strays.map(({ conversation }) => conversation),
      ['(row 700)', '(row 1203)'],
    );
    await storage.close();
  });
});
