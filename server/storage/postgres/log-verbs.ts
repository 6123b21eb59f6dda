import type { Storage } from '../storage.js';
import type { Database } from './database.js';

export type LogVerb =
  'userState' | 'conversations' | 'heads' | 'activeConversations' | 'append' | 'range' | 'mark' | 'changesSince' | 'verify';

export function logVerbs(_database: Database): Pick<Storage, LogVerb> {
  return {} as Pick<Storage, LogVerb>;
}
