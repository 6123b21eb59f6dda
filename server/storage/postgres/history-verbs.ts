import type { HistoryStorage } from '../history-storage.js';
import type { Database } from './database.js';

export function historyVerbs(_database: Database): HistoryStorage {
  return {} as HistoryStorage;
}
