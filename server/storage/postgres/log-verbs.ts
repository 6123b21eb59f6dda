import type { Storage } from '../storage.js';
import { readChanges } from './changes.js';
import type { Database, Door } from './database.js';
import { readActive, readConversations, readHeads, readUserState } from './list-reader.js';
import { readRange } from './log-reader.js';
import { writeMark } from './marks.js';
import { MessageAppender } from './message-appender.js';
import { readSignIn } from './sign-in-reader.js';
import { keyOf } from './turns.js';
import type { Turns } from './turns.js';
import { verifyChains } from './verify.js';

export type LogVerb =
  'signIn' | 'userState' | 'conversations' | 'heads' | 'activeConversations' | 'append' | 'range' | 'changesSince' | 'verify';

/** The list of a user and the logs in it. */
export function logVerbs(database: Database, now: () => number): Pick<Storage, LogVerb> {
  const messages = new MessageAppender(database, now);
  return {
    signIn: (tenant, user, asked) => database.read(tenant, (session) => readSignIn(session, { tenant, user, now: now() }, asked)),
    userState: (tenant, user, limit) => database.read(tenant, (session) => readUserState(session, { tenant, user, now: now() }, limit)),
    conversations: (tenant, user, page) =>
      database.read(tenant, (session) => readConversations(session, { tenant, user, now: now() }, page)),
    heads: (tenant, user, limit) => database.read(tenant, (session) => readHeads(session, tenant, user, limit)),
    activeConversations: (tenant, user) => database.read(tenant, (session) => readActive(session, tenant, user)),
    append: (message) => messages.append(message),
    range: (tenant, user, uuid, page) => database.read(tenant, (session) => readRange(session, { tenant, user, uuid, page, now: now() })),
    changesSince: (cursor) => database.read(null, (session) => readChanges(session, cursor)),
    verify: (pace) => verifyChains(database, pace),
  };
}

/** How far somebody has read. */
export function markVerbs(database: Door, turns: Turns, now: () => number): Pick<Storage, 'mark'> {
  return {
    mark: (tenant, user, conversation, wanted) =>
      turns.run(keyOf(tenant, user), () =>
        database.write(tenant, (session) => writeMark(session, { tenant, user, conversation, wanted, now: now() })),
      ),
  };
}
