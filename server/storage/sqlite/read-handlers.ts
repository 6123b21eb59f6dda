import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { findRange } from '../sql/log.js';
import { findActive, findMembers, findStanding } from '../sql/memberships.js';
import { findPeople, searchPeople } from '../sql/people.js';
import type { Tables } from '../sql/schema.js';
import { findConversations, findUserHeads, findUserState } from '../sql/summaries.js';
import { ChangeReader } from './changes.js';
import { NodeSqliteDialect } from './dialect.js';
import type { ReadHandlers } from './messages.js';

/** Every verb that reads. Each is called inside a read transaction, so that all it finds is of one moment. */
export function readHandlers(connection: DatabaseSync): Omit<ReadHandlers, 'verify'> {
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(connection) });
  const changes = new ChangeReader(connection);
  return {
    people: (...args) => findPeople(db, ...args),
    searchPeople: (...args) => searchPeople(db, ...args),
    userState: (...args) => findUserState(db, ...args),
    conversations: (...args) => findConversations(db, ...args),
    heads: (...args) => findUserHeads(db, ...args),
    activeConversations: (...args) => findActive(db, ...args),
    async conversation(tenant, user, conversation) {
      const { conversations } = await findConversations(db, tenant, user, { ids: [conversation], limit: 1 });
      return conversations[0] ?? null;
    },
    standing: (...args) => findStanding(db, ...args),
    members: (...args) => findMembers(db, ...args),
    range: (...args) => findRange(db, ...args),
    changesSince: (cursor) => changes.since(cursor),
    ping: () => undefined,
  };
}
