import type { DirectoryStorage } from '../directory-storage.js';
import type { Database } from './database.js';

export function directoryVerbs(_database: Database): DirectoryStorage {
  return {} as DirectoryStorage;
}
