import { peopleIn } from '../../domain/people-in.js';
import { membersOf, summariesOf } from '../sql/summaries.js';
import type { ConversationRecord, Summary } from '../storage.js';
import type { Session } from './database.js';
import { readSeenBy } from './list-reader.js';
import type { Reading } from './list-reader.js';
import { readMembers } from './log-reader.js';
import { readPeople } from './people-reader.js';

/** See `Storage.conversation`. */
export async function readConversation(session: Session, { tenant, user, now }: Reading, id: string): Promise<ConversationRecord | null> {
  const [{ conversations }, members] = await Promise.all([
    readSeenBy(session, { tenant, users: [user], now }, id),
    readMembers(session, tenant, id, user),
  ]);
  const [conversation] = conversations;
  return conversation ? { conversation, members, people: await readPeople(session, tenant, membersOf(conversation, members)) } : null;
}

/** See `Storage.summaries`. */
export async function readSummaries(
  session: Session,
  seenBy: { tenant: string; users: readonly string[]; now: number },
  id: string,
): Promise<Map<string, Summary>> {
  const { rows, conversations } = await readSeenBy(session, seenBy, id);
  return summariesOf(rows, conversations, await readPeople(session, seenBy.tenant, peopleIn(conversations)));
}
