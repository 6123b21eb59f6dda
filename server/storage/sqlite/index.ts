export { openSqliteStorage } from './sqlite-storage.js';
export type { SqliteOptions, StoreLog } from './sqlite-storage.js';
export { StoreError } from '../store-error.js';
export type { StoreErrorCode } from '../store-error.js';
export { verifyStore } from './verify-file.js';
