import pg from 'pg';

/** Rows more of each: so many that whoever reads all of one tenant would be told by what it costs. */
const ROWS = 20_000;

/** A column that is another one in each copy, as an expression of the number `n`. */
const COPIES: readonly { table: string; differs: Readonly<Record<string, string>> }[] = [
  { table: 'people', differs: { id: "'copy-' || n", sort_name: "'copy ' || n" } },
  { table: 'people_words', differs: { user_id: "'copy-' || n", word: "'copy' || n" } },
  { table: 'user_states', differs: { user_id: "'copy-' || n" } },
  { table: 'contacts', differs: { owner: "'copy-' || n % 400", user_id: "'copy-' || n" } },
  { table: 'conversations', differs: { id: '1000000 + n', uuid: 'gen_random_uuid()', cid: 'gen_random_uuid()', pair: "'copy-' || n" } },
  { table: 'members', differs: { conversation: '1000000 + n % 400', user_id: "'copy-' || n" } },
  { table: 'entries', differs: { id: '1000000 + n', conversation: '1000000 + n % 400', seq: 'n', cid: 'gen_random_uuid()' } },
  { table: 'message_words', differs: { id: '1000000 + n', word: "'copy' || n % 1000" } },
];

/**
 * Lays copies of one row of a tenant beside it, past every rule of the store: what they say is of no account, that they are there is. With
 * the usual ways it would take minutes. PostgreSQL plans by how much there is; SQLite does not look.
 */
export async function enlarge(adminUrl: string, tenant: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Neither foreign keys nor the rules of the evidence.
    await client.query(`SET session_replication_role = replica; SET search_path = parley; SET parley.every_tenant = 'on'`);
    for (const { table, differs } of COPIES) {
      const changes = Object.entries(differs).map(([column, value]) => `'${column}', ${value}`);
      await client.query(
        `INSERT INTO ${table} OVERRIDING SYSTEM VALUE
         SELECT (jsonb_populate_record(r, jsonb_build_object(${changes.join(', ')}))).*
         FROM ${table} r, generate_series(1, ${ROWS}) n WHERE r.ctid = (SELECT ctid FROM ${table} WHERE tenant = $1 LIMIT 1)`,
        [tenant],
      );
    }
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}
