import type { Invitation } from '#protocol';
import { LIMITS } from '#protocol/limits';
import type { Session } from './database.js';

interface InvitationRow {
  conversation: string;
  inviter: string;
  title: string | null;
  member_count: number;
  at: number;
}

/** Who was asked to join what. Nothing of the log is in it, and nothing but this is read of a conversation for them (reliability 8.4). */
export async function readInvitations({ query }: Session, tenant: string, user: string): Promise<Invitation[]> {
  // What comes while somebody wants not to be disturbed waits until that ends.
  const rows = await query<InvitationRow>(
    `SELECT c.uuid AS conversation, i.inviter, c.title, c.member_count, i.invited_at AS at
     FROM invitations i JOIN conversations c ON c.id = i.conversation AND c.tenant = i.tenant
     LEFT JOIN user_states s ON s.tenant = i.tenant AND s.user_id = i.user_id
     WHERE i.tenant = $1 AND i.user_id = $2 AND c.ended_seq IS NULL AND (s.dnd_since IS NULL OR i.invited_at <= s.dnd_since)
     ORDER BY i.invited_at DESC, c.uuid DESC LIMIT ${LIMITS.invitations}`,
    [tenant, user],
  );
  return rows.map(({ conversation, inviter, title, member_count, at }) => ({
    conversation,
    inviter,
    ...(title === null ? {} : { title }),
    memberCount: member_count,
    at,
  }));
}
