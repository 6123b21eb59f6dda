import type { HistoryStorage } from '../history-storage.js';
import { sendHistory, settleMail, takeMail } from '../sql/mail-queue.js';
import type { Door } from './database.js';
import { writeContext } from './entry-writer.js';
import { searchMessages } from './message-search.js';

/** What somebody does with what was said before, and the mails that have to leave, which belong to no tenant until they are taken. */
export function historyVerbs(database: Door, now: () => number = Date.now): HistoryStorage {
  return {
    searchMessages: (tenant, user, search) => database.read(tenant, (session) => searchMessages(session, tenant, user, search, now())),
    sendHistory: (input) => database.write(input.tenant, (session) => sendHistory(writeContext(session, now()), input)),
    takeMail: (...args) => database.write(null, (session) => takeMail(writeContext(session, now()), ...args)),
    settleMail: (...args) => database.write(null, (session) => settleMail(writeContext(session, now()), ...args)),
  };
}
