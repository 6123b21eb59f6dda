import type { ConversationStorage, NewConversation } from '../conversation-storage.js';
import { decline, join } from '../sql/answer-invitation.js';
import { end, rename } from '../sql/change-conversation.js';
import { invite, leave } from '../sql/change-members.js';
import { createConversation } from '../sql/create-conversation.js';
import type { WriteContext } from '../sql/membership-changes.js';
import { removeMember } from '../sql/remove-member.js';
import type { MemberChange, MembersChanged } from '../storage.js';
import { writeAvailability } from './availability.js';
import { readConversation, readSummaries } from './conversation-reader.js';
import type { Door } from './database.js';
import { writeContext } from './entry-writer.js';
import { readInvitations } from './invitation-reader.js';
import { readMembers, readStanding } from './log-reader.js';
import { keyOf } from './turns.js';
import type { Turns } from './turns.js';

/** Conversations and who is in them. The changes themselves are those of SQLite (sql/), with locks. */
export function conversationVerbs(database: Door, turns: Turns, now: () => number): ConversationStorage {
  /** Of one conversation one after the other. */
  const changing =
    <I extends MemberChange>(change: (context: WriteContext, input: I) => Promise<MembersChanged>) =>
    (input: I): Promise<MembersChanged> =>
      turns.run(keyOf(input.tenant, input.conversation), () =>
        database.write(input.tenant, (session) => change(writeContext(session, now()), input)),
      );

  return {
    conversation: (tenant, user, conversation) =>
      database.read(tenant, (session) => readConversation(session, { tenant, user, now: now() }, conversation)),
    summaries: (tenant, conversation, users) =>
      database.read(tenant, (session) => readSummaries(session, { tenant, users, now: now() }, conversation)),
    standing: (tenant, user, conversation) => database.read(tenant, (session) => readStanding(session, tenant, user, conversation)),
    members: (tenant, conversation, viewer) => database.read(tenant, (session) => readMembers(session, tenant, conversation, viewer)),
    invitations: (tenant, users) => database.read(tenant, (session) => readInvitations(session, tenant, users)),
    createConversation: (input) =>
      turns.run(meant(input), () => database.write(input.tenant, (session) => createConversation(writeContext(session, now()), input))),
    invite: changing(invite),
    join: changing(join),
    decline: changing(decline),
    leave: changing(leave),
    removeMember: changing(removeMember),
    rename: changing(rename),
    end: changing(end),
    setAvailability: (tenant, user, availability, message) =>
      turns.run(keyOf(tenant, user, 'state'), () =>
        database.write(tenant, (session) => writeAvailability(session, { tenant, user, availability, message, now: now() })),
      ),
  };
}

/** The pair of a direct conversation: whoever of the two asks first has made it. */
function meant({ tenant, kind, author, members, cid }: NewConversation): string {
  return keyOf(tenant, ...(kind === 'direct' ? [...new Set([author, ...members])].sort() : [author, cid, 'group']));
}
