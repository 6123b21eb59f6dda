import { DatabaseSync, StatementSync } from 'node:sqlite';
import { isMainThread, parentPort } from 'node:worker_threads';
import type { Statement } from './statement.js';

/*
 * Loaded into each thread of the store: notes every statement that SQLite is given, and sends the notes right before each message of the
 * thread, so that whoever has the answer of a call has what it took.
 */
const FILE = /\/storage\/(?:sqlite|sql)\/([\w-]+)\.js/;
let noted: Statement[] = [];
const texts = new WeakMap<StatementSync, string>();

function note(sql: string): void {
  const by = FILE.exec(new Error().stack ?? '')?.[1] ?? 'unknown';
  noted.push({ sql, by });
}

function install(): void {
  const { prepare, exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...args: Parameters<typeof prepare>) {
    const statement = prepare.apply(this, args);
    texts.set(statement, args[0]);
    return statement;
  };
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    note(sql);
    exec.call(this, sql);
  };
  for (const verb of ['run', 'get', 'all', 'iterate'] as const) {
    const given = Reflect.get(StatementSync.prototype, verb) as (...args: unknown[]) => unknown;
    Reflect.set(StatementSync.prototype, verb, function (this: StatementSync, ...args: unknown[]) {
      note(texts.get(this) ?? 'unknown');
      return given.apply(this, args);
    });
  }
}

if (!isMainThread && parentPort) {
  install();
  const port = parentPort;
  const post = port.postMessage.bind(port);
  port.postMessage = (message: unknown) => {
    const statements = noted;
    noted = [];
    if (statements.length > 0) post({ noted: statements });
    post(message);
  };
}
