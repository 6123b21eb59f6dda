import type { ConversationStorage } from '../conversation-storage.js';
import type { Database } from './database.js';

export function conversationVerbs(_database: Database): ConversationStorage {
  return {} as ConversationStorage;
}
