import { DatabaseSync } from 'node:sqlite';
import { plantIntoWorkers } from './in-workers.js';

/**
 * A planted bug, loaded with `--import` into the server under test: whoever sets `synchronous` to FULL gets NORMAL, under which a
 * commit is not flushed. SIGKILL alone loses nothing then, so the server's own assertion at the start has to end the run.
 */
const lowered = (sql: string) => sql.replace(/(pragma\s+synchronous\s*=\s*)\w+/gi, '$1NORMAL');
const exec = DatabaseSync.prototype.exec;
const prepare = DatabaseSync.prototype.prepare;

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
  exec.call(this, lowered(sql));
};
DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql, ...rest) {
  return prepare.call(this, lowered(sql), ...rest);
};
plantIntoWorkers(import.meta.url);
