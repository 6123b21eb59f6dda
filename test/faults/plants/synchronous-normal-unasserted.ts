import { DatabaseSync } from 'node:sqlite';
import { plantIntoWorkers } from './in-workers.js';
import './synchronous-normal.js';

/**
 * As `synchronous-normal`, and the setting lies when it is read back: what the assertion at the start would miss,
 * the power-cut replay has to find.
 */
const prepare = DatabaseSync.prototype.prepare;

DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql, ...rest) {
  return prepare.call(this, /^\s*pragma\s+synchronous\s*;?\s*$/i.test(sql) ? 'SELECT 2 AS synchronous' : sql, ...rest);
};
plantIntoWorkers(import.meta.url);
