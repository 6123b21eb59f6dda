import type { Invitation } from '#protocol';
import { LIMITS } from '#protocol/limits';
import { IS_OPEN, invitationsByUser, invitersIn, toInvitations } from '../sql/open-invitations.js';
import type { InvitationRows } from '../sql/open-invitations.js';
import type { OpenInvitations } from '../storage.js';
import type { Session } from './database.js';
import { readPeople } from './people-reader.js';

/** User by user: joined at once, all invitations of the tenant were read. */
const OPEN = `SELECT w.user_id, open.* FROM unnest($2::text[]) AS w(user_id) CROSS JOIN LATERAL (
    SELECT c.uuid AS conversation, i.inviter, c.title, c.member_count, i.invited_at AS at
    FROM invitations i JOIN conversations c ON c.id = i.conversation AND c.tenant = i.tenant
    LEFT JOIN user_states s ON s.tenant = i.tenant AND s.user_id = i.user_id
    WHERE i.tenant = $1 AND i.user_id = w.user_id AND ${IS_OPEN}
    ORDER BY i.invited_at DESC, c.uuid DESC LIMIT ${LIMITS.invitations}) open
  ORDER BY w.user_id, open.at DESC, open.conversation DESC`;

/** See `Storage.invitations`. */
export async function readInvitations(session: Session, tenant: string, users: readonly string[]): Promise<Map<string, OpenInvitations>> {
  const rows = await session.query<InvitationRows[number]>(OPEN, [tenant, users]);
  return invitationsByUser(rows, await readPeople(session, tenant, invitersIn(rows)));
}

/** Those of one user, without the people. */
export async function readInvitationsOf({ query }: Session, tenant: string, user: string): Promise<Invitation[]> {
  return toInvitations(await query<InvitationRows[number]>(OPEN, [tenant, [user]]));
}
