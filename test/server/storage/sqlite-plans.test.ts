import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { openWriter } from '../../../server/storage/sqlite/connection.js';
import { MessageIndexer } from '../../../server/storage/sqlite/message-index.js';
import { migrate } from '../../../server/storage/sqlite/migrations.js';
import { readHandlers } from '../../../server/storage/sqlite/read-handlers.js';
import { Witness } from '../../../server/storage/sqlite/witness.js';
import { writeHandlers } from '../../../server/storage/sqlite/write-handlers.js';
import { TENANT } from './builders.js';
import { newFile } from './stores.js';

/** What may be walked, and why: it is one row, one row a tenant, or a few hundred whatever the store holds. */
const SMALL = /^(?:store|anchors|tenants|audit_heads|directory_groups|mailboxes)$/;
/** Steps that go through all of a tenant, and why they may. */
const ALLOWED: [statement: RegExp, why: string][] = [
  [/^SELECT g\..* FROM (?:directory_groups|mailboxes) g /, 'there are hundreds of them (directory-groups.ts)'],
  [/^SELECT p\..* FROM people p WHERE .* ORDER BY p\.sort_name, p\.id LIMIT \?$/, 'a walk by name that ends with its limit'],
  [/^SELECT p\..* FROM \( SELECT i\.id FROM people i WHERE .* ORDER BY i\.sort_name, i\.id LIMIT \?\) found/, 'the same'],
  [/^SELECT \(SELECT count\(\*\) FROM \(SELECT 1 FROM people .* LIMIT 10001\)\)/, 'an administrator asks, and it ends at 10,000'],
  [
    /^SELECT c\.uuid, .* FROM \(SELECT id FROM conversations WHERE tenant = \?1 AND \+id < \?2 /,
    'the same: only where there are no more than 10,000',
  ],
  [/^UPDATE user_states SET .* WHERE tenant = \?$/, 'a policy that changes what everybody is shown'],
];
/** A step that reads every row of a table, or every row of a tenant. */
const WALK =
  /^SCAN (?!\(|\w+ VIRTUAL|CONSTANT|s$|found$|counted$|w$)(\w+)|^SEARCH (\w+) USING .* \((?:tenant=\?)(?: AND deactivated_at=\?)?\)|AUTOMATIC/;

/** The statements that are prepared on the connection while `use` has it. */
function preparedBy(db: DatabaseSync, use: (watched: DatabaseSync) => void): string[] {
  const texts = new Set<string>();
  const watched = new Proxy(db, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key);
      if (key === 'prepare') return (text: string) => (texts.add(text), target.prepare(text));
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  use(watched);
  return [...texts];
}

describe('statements that take as long on a large store as on a small one', () => {
  const file = newFile();
  let db: DatabaseSync;
  before(() => {
    db = openWriter(file);
    migrate(db);
  });
  after(() => db.close());

  test('[G26] none walks what grows', () => {
    const texts = preparedBy(db, (watched) => {
      const reads = readHandlers(watched);
      for (const text of ['', 'one', 'one two']) reads.searchPeople(TENANT, text, 20);
      for (const page of [{}, { contains: 'a' }, { group: 'g' }, { group: 'g', contains: 'a', after: '["a","b"]' }])
        reads.browsePeople(TENANT, { limit: 20, ...page });
      writeHandlers(watched);
      new MessageIndexer(watched, (error) => assert.fail(String(error))).close();
      new Witness(watched, file).close();
    });
    assert.ok(texts.length > 80, `${texts.length} statements`);
    for (const text of texts.filter((one) => /^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)/.test(one))) {
      const statement = text.replace(/\s+/g, ' ').trim();
      const walks = db
        .prepare(`EXPLAIN QUERY PLAN ${text}`)
        .all()
        .map((row) => String(row['detail']))
        .filter((step) => {
          const [, scanned, searched] = WALK.exec(step) ?? [];
          return WALK.test(step) && !SMALL.test(scanned ?? searched ?? '');
        });
      if (walks.length > 0)
        assert.ok(
          ALLOWED.some(([allowed]) => allowed.test(statement)),
          `${walks.join('; ')}: ${statement}`,
        );
    }
  });
});
