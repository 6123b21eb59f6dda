import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MOST_COUNTED } from '../../../server/storage/admin-storage.js';
import type { Storage } from '../../../server/storage/storage.js';
import { TENANT } from './builders.js';
import { newStoreDatabase, openPostgres, withClient } from './postgres-stores.js';
import { newFile, openStore, tamper } from './stores.js';

/** Every fourth row is of another tenant, so that a page has to pass them. */
const ROWS = Math.ceil(((MOST_COUNTED + 51) * 4) / 3);
const COLUMNS = 'tenant, uuid, kind, creator, cid, head, chain, member_count, updated_at';
const values = (n: string, text: string, blob: string) =>
  `SELECT CASE WHEN ${n} % 4 = 0 THEN 'south' ELSE '${TENANT}' END, ${text}, 'group', 'ann', ${text}, 1, ${blob}, 2, ${n}`;

const stores: Readonly<Record<string, () => Promise<Storage>>> = {
  async sqlite() {
    const file = newFile();
    const storage = await openStore(file);
    const numbers = `WITH RECURSIVE s(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM s WHERE n < ${ROWS})`;
    tamper(file, `${numbers} INSERT INTO conversations (${COLUMNS}) ${values('n', "printf('c%06d', n)", "x'00'")} FROM s`);
    return storage;
  },
  async postgres() {
    const { url, adminUrl } = await newStoreDatabase();
    const storage = await openPostgres(url);
    const text = "'c' || lpad(n::text, 6, '0')";
    await withClient(adminUrl, (client) =>
      client.query(`INSERT INTO parley.conversations (${COLUMNS}) ${values('n', text, "'\\x00'")} FROM generate_series(1, ${ROWS}) n`),
    );
    return storage;
  },
};

for (const [engine, open] of Object.entries(stores))
  describe(`${engine}: a tenant with more conversations than are counted`, () => {
    test('[Y2] counting ends, and the pages go on as those of a small one', async () => {
      const storage = await open();
      assert.equal((await storage.tenantCounts(TENANT)).conversations, MOST_COUNTED + 1);
      const small = (await storage.tenantCounts('south')).conversations;
      assert.ok(small > 0 && small <= MOST_COUNTED);
      for (const tenant of [TENANT, 'south']) {
        const own = Array.from({ length: ROWS }, (_, index) => index + 1)
          .filter((n) => (n % 4 === 0) === (tenant === 'south'))
          .map((n) => `c${String(n).padStart(6, '0')}`)
          .reverse();
        const first = await storage.conversationFacts(tenant, { limit: 30 });
        const second = await storage.conversationFacts(tenant, { limit: 30, before: first.conversations.at(-1)?.id });
        assert.deepEqual(
          [...first.conversations, ...second.conversations].map(({ id }) => id),
          own.slice(0, 60),
        );
        const last = await storage.conversationFacts(tenant, { limit: 30, before: own.at(-11) });
        assert.deepEqual([last.conversations.length, last.more, first.more], [10, false, true]);
      }
    });
  });
