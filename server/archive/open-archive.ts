import type { ServerConfig } from '../config.js';
import type { Archive, Erasure, ErasureResult } from '../storage/archive.js';

type Place = Pick<ServerConfig, 'data' | 'databaseUrl'>;

/**
 * The store of this configuration, for an operator's command. The driver of the other engine is not even loaded.
 *
 * @throws StoreError when there is none, or none that can be read.
 */
export async function openArchive({ data, databaseUrl }: Place): Promise<Archive> {
  if (databaseUrl !== undefined) return (await import('../storage/postgres/index.js')).openPostgresArchive(databaseUrl);
  return (await import('../storage/sqlite/index.js')).openSqliteArchive({ directory: data });
}

/** See `Eraser`: with SQLite the server must be stopped, with PostgreSQL nodes go on and wait. */
export async function eraseIn({ data, databaseUrl }: Place, erasures: readonly Erasure[]): Promise<ErasureResult[]> {
  if (databaseUrl !== undefined) return (await import('../storage/postgres/index.js')).erasePostgres(databaseUrl, erasures);
  return (await import('../storage/sqlite/index.js')).eraseSqlite(data, erasures);
}
