import { DatabaseSync } from 'node:sqlite';
import type { StatementResultingChanges } from 'node:sqlite';
import { plantIntoWorkers } from './in-workers.js';

/**
 * A planted bug, loaded with `--import` into the server under test: the COMMIT of messages says yes at once and happens a little later,
 * so every acknowledgement goes out before its commit. The fault run must fail with this; if it passes, the run proves nothing.
 */
const DELAY = 30;
/** Connections whose open transaction holds messages; others commit as they should, so that the run can be set up. */
const withMessages = new WeakSet<DatabaseSync>();
const held = new WeakMap<DatabaseSync, NodeJS.Timeout>();
const exec = DatabaseSync.prototype.exec;
const close = DatabaseSync.prototype.close;
const prepare = DatabaseSync.prototype.prepare;

function commitNow(database: DatabaseSync): void {
  const timer = held.get(database);
  if (timer === undefined) return;
  clearTimeout(timer);
  held.delete(database);
  exec.call(database, 'COMMIT');
}

/** Within a transaction that is held open, later ones become savepoints of it. */
function planted(database: DatabaseSync, sql: string): boolean {
  const word = /^\s*(begin|commit|rollback)\b(?!\s+to)/i.exec(sql)?.[1]?.toLowerCase();
  const holding = held.has(database);
  if (word === 'begin' && holding) exec.call(database, 'SAVEPOINT planted');
  else if (word === 'rollback' && holding) exec.call(database, 'ROLLBACK TO planted; RELEASE planted');
  else if (word === 'commit' && holding) exec.call(database, 'RELEASE planted');
  else if (word === 'commit' && withMessages.delete(database)) {
    held.set(
      database,
      setTimeout(() => {
        commitNow(database);
      }, DELAY),
    );
  } else return false;
  return true;
}

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
  if (!planted(this, sql)) exec.call(this, sql);
};
DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql, ...rest) {
  const statement = prepare.call(this, sql, ...rest);
  if (/^\s*insert\s+into\s+entries\b/i.test(sql)) {
    const insert = statement.run.bind(statement) as (...parameters: unknown[]) => StatementResultingChanges;
    statement.run = (...parameters: unknown[]) => {
      if (parameters.some((parameter) => parameter === 'message')) withMessages.add(this);
      return insert(...parameters);
    };
  }
  if (!/^\s*(begin|commit|rollback)\b/i.test(sql)) return statement;
  const run = statement.run.bind(statement);
  statement.run = () => (planted(this, sql) ? { changes: 0, lastInsertRowid: 0 } : run());
  return statement;
};
DatabaseSync.prototype.close = function (this: DatabaseSync) {
  commitNow(this);
  close.call(this);
};
plantIntoWorkers(import.meta.url);
