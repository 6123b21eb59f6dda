export { migratePostgres, missingInPostgres, openPostgresStorage } from './postgres-storage.js';
export type { PostgresOptions } from './postgres-storage.js';
export { openPostgresArchive } from './archive.js';
export { erasePostgres, renewPostgres } from './offline.js';
export type { PostgresLog } from './database.js';
export { StoreError } from '../store-error.js';
export type { StoreErrorCode } from '../store-error.js';
