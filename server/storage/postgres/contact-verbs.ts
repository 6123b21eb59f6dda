import type { ContactStorage } from '../contact-storage.js';
import type { Database } from './database.js';

export function contactVerbs(_database: Database): ContactStorage {
  return {} as ContactStorage;
}
