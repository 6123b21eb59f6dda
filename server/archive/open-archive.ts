import type { ServerConfig } from '../config.js';
import type { Archive } from '../storage/archive.js';
import { openSqliteArchive } from '../storage/sqlite/index.js';

/** The store of this configuration, for an operator's command. */
export async function openArchive({ data }: ServerConfig): Promise<Archive> {
  return openSqliteArchive({ directory: data });
}
