export { openSqliteStorage } from './sqlite-storage.js';
export type { SqliteOptions, StoreLog } from './sqlite-storage.js';
export { StoreError } from '../store-error.js';
export type { StoreErrorCode } from '../store-error.js';
export { openSqliteArchive } from './archive.js';
export { backUpSqlite, eraseSqlite, restoreSqlite } from './offline.js';
export { migrateSqlite, missingInSqlite, requireMigrated } from './migrate-file.js';
