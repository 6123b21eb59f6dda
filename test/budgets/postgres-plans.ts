import pg from 'pg';
import type { Scan } from './plans.js';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

/** The columns of each index, in their order. */
type Indexes = ReadonlyMap<string, readonly string[]>;

export async function scansInPostgres(url: string, statements: readonly string[]): Promise<Scan[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // As the connections of the product plan: once, for whatever they are given.
    await client.query(
      `SET search_path = parley; SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off;
       SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET parley.every_tenant = 'on'`,
    );
    const indexes = await indexesOf(client);
    const found: Scan[] = [];
    for (const [index, sql] of statements.entries()) {
      const plan = await planOf(client, `budget_${index}`, sql);
      found.push(...readWhole(plan, indexes).map((table) => ({ table, sql })));
    }
    return found;
  } finally {
    await client.end();
  }
}

async function indexesOf(client: pg.Client): Promise<Indexes> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT i.indexrelid::regclass::text AS name,
       array(SELECT pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnkeyatts) k ORDER BY k) AS columns
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'parley'::regnamespace`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** For any values: which they are is not known when a statement is prepared. */
async function planOf(client: pg.Client, name: string, sql: string): Promise<PlanNode> {
  await client.query(`PREPARE ${name} AS ${sql}`);
  const prepared = await client.query<{ n: number }>(
    'SELECT cardinality(parameter_types) AS n FROM pg_prepared_statements WHERE name = $1',
    [name],
  );
  const nulls = Array.from({ length: prepared.rows[0]?.n ?? 0 }, () => 'NULL').join(', ');
  const explained = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `EXPLAIN (FORMAT JSON) EXECUTE ${name}${nulls === '' ? '' : `(${nulls})`}`,
  );
  const plan = explained.rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (!plan) throw new Error(`no plan for ${sql}`);
  return plan;
}

/** Tables that are read as a whole, or for all of one tenant. */
function readWhole(node: PlanNode, indexes: Indexes): string[] {
  const { 'Relation Name': table, Plans = [] } = node;
  const below = Plans.flatMap((plan) => readWhole(plan, indexes));
  return table === undefined || isNarrow(node, indexes) ? below : [table, ...below];
}

/** Whether it begins at one place of an index: a condition on columns further behind is looked for in all of it. */
function isNarrow({ 'Node Type': type, 'Index Name': index = '', 'Index Cond': condition = '' }: PlanNode, indexes: Indexes): boolean {
  // What writes stands above what it reads.
  if (!/Scan$/.test(type)) return true;
  const columns = (indexes.get(index) ?? []).filter((column) => column !== 'tenant');
  return /^Index/.test(type) && new RegExp(String.raw`\b${columns[0] ?? 'none'}\b`).test(condition);
}
