import type { DatabaseSync } from 'node:sqlite';
import { ChangeReader } from './changes.js';
import { ListReader } from './list-reader.js';
import { LogReader } from './log-reader.js';
import { MessageSearcher } from './message-search.js';
import type { ReadHandlers } from './messages.js';
import { PeopleReader } from './people-reader.js';

/**
 * Every verb that reads, over statements that are prepared once: building a text for each call cost more than SQLite needs to answer it.
 * Each is called inside a read transaction, so that all it finds is of one moment.
 */
export function readHandlers(db: DatabaseSync): ReadHandlers {
  const changes = new ChangeReader(db);
  const people = new PeopleReader(db);
  const lists = new ListReader(db, people);
  const logs = new LogReader(db);
  const messages = new MessageSearcher(db);
  return {
    people: (...args) => people.people(...args),
    searchPeople: (...args) => people.search(...args),
    userState: (...args) => lists.userState(...args),
    conversations: (...args) => lists.conversations(...args),
    heads: (...args) => lists.heads(...args),
    activeConversations: (...args) => lists.activeConversations(...args),
    conversation: (...args) => lists.conversation(...args),
    standing: (...args) => logs.standing(...args),
    members: (...args) => logs.members(...args),
    range: (...args) => logs.range(...args),
    searchMessages: (...args) => messages.search(...args),
    changesSince: (cursor) => changes.since(cursor),
    ping: () => undefined,
  };
}
