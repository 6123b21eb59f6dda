import { DatabaseSync } from 'node:sqlite';
import type { Engine, Figure } from './budget.js';
import { SMALL_TABLES, WHOLE } from './plan-budgets.js';
import { scansInPostgres } from './postgres-plans.js';

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
