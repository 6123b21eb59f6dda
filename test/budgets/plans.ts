import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Engine, Figure } from './budget.js';
import { SMALL_TABLES, WHOLE } from './plan-budgets.js';

/** A way through a table that reads all of it, or all of one tenant. */
export interface Scan {
  table: string;
  sql: string;
}

/** Each statement that was really asked, as the engine means to answer it: those that read a table as a whole, by table. */
export async function scans(engine: Engine, database: string, statements: readonly string[]): Promise<Figure[]> {
  const found = engine === 'sqlite' ? scansInSqlite(database, statements) : await scansInPostgres(database, statements);
  const unforeseen = found.filter(
    ({ table, sql }) => !SMALL_TABLES.has(table) && !WHOLE.some((known) => known.table === table && known.sql.test(sql)),
  );
  return [
    ...unforeseen.map(({ table, sql }) => ({
      what: `${engine}, all of ${table} is read by ${sql.replace(/\s+/g, ' ').slice(0, 160)}`,
      measured: 1,
      most: 0,
      why: 'What one command costs must not grow with the store: a statement follows an index from few rows to few rows.',
    })),
    {
      what: `${engine}, statements that read a table as a whole`,
      measured: unforeseen.length,
      most: 0,
      why: `Of ${statements.length} that were executed, each explained on a filled store.`,
    },
  ];
}

export function scansInSqlite(file: string, statements: readonly string[]): Scan[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const tables = new Set(
    db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name)),
  );
  try {
    return statements.flatMap((sql) => {
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      return steps.flatMap(({ detail }) => {
        // `SCAN e`, `SCAN e USING INDEX ...`, or all of one tenant; virtual tables and what a statement makes for itself are of its own size.
        const [, scanned, searched] = /^(?:SCAN (\w+)(?! VIRTUAL TABLE)|SEARCH (\w+) USING .*\(tenant=\?\)$)/.exec(String(detail)) ?? [];
        const name = scanned ?? searched;
        // One that the statement does not name is reached by a foreign key or a trigger.
        const table = name === undefined ? undefined : tables.has(name) ? name : tableOf(sql, name);
        return table === undefined ? [] : [{ table, sql }];
      });
    });
  } finally {
    db.close();
  }
}

/** The table behind a name in a statement; undefined for what is none. */
function tableOf(sql: string, name: string): string | undefined {
  const named = new RegExp(String.raw`\b(?:from|join|into|update)\s+"?(\w+)"?\s+(?:as\s+)?"?${name}"?\b`, 'i').exec(sql)?.[1];
  const plain = new RegExp(String.raw`\b(?:from|join|into|update)\s+"?${name}"?(?![\w(])`, 'i').test(sql) ? name : undefined;
  const made = new RegExp(String.raw`\b${name}\s*(?:\([^)]*\)\s*)?AS\s+(?:NOT\s+)?(?:MATERIALIZED\s+)?\(`, 'i').test(sql);
  const table = named ?? plain;
  return made || table === undefined || isMade(sql, table) ? undefined : table;
}

function isMade(sql: string, name: string): boolean {
  return name === 'json_each' || new RegExp(String.raw`\bWITH\b[\s\S]*\b${name}\s+AS\b`, 'i').test(sql);
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

async function scansInPostgres(url: string, statements: readonly string[]): Promise<Scan[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // As the connections of the product plan: without it a table that is small by chance is read as a whole.
    await client.query(
      `SET search_path = parley; SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off;
       SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET parley.every_tenant = 'on'`,
    );
    const found: Scan[] = [];
    for (const [index, sql] of statements.entries()) {
      const name = `budget_${index}`;
      await client.query(`PREPARE ${name} AS ${sql}`);
      const count = Number(
        (await client.query<{ n: number }>(`SELECT cardinality(parameter_types) AS n FROM pg_prepared_statements WHERE name = '${name}'`))
          .rows[0]?.n,
      );
      const given = count === 0 ? '' : `(${Array.from({ length: count }, () => 'NULL').join(', ')})`;
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(`EXPLAIN (FORMAT JSON) EXECUTE ${name}${given}`);
      for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) found.push(...readWhole(Plan).map((table) => ({ table, sql })));
    }
    return found;
  } finally {
    await client.end();
  }
}

/** A table that is read without a condition that an index answers, or without another one than whose it is. */
function readWhole(node: PlanNode): string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Cond': condition, Plans = [] } = node;
  const narrow = condition !== undefined && !/^\(tenant = \$\d+\)$/.test(condition);
  const whole = table !== undefined && (type === 'Seq Scan' || (/^Index/.test(type) && !narrow));
  return [...(whole ? [table] : []), ...Plans.flatMap(readWhole)];
}
