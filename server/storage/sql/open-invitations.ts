import type { Invitation, Person } from '#protocol';
import type { OpenInvitations } from '../storage.js';

interface InvitationRow {
  user_id: string;
  conversation: string;
  inviter: string;
  title: string | null;
  member_count: number;
  at: number;
}

/** Invitations of some users, as `Storage.invitations` gives them. */
export type InvitationRows = readonly InvitationRow[];

/**
 * When one is open. Nothing of the log is in it, and nothing but this is read of a conversation for them (reliability 8.4). What comes
 * while somebody wants not to be disturbed waits until that ends.
 */
export const IS_OPEN = 'c.ended_seq IS NULL AND (s.dnd_since IS NULL OR i.invited_at <= s.dnd_since)';

export function invitersIn(rows: InvitationRows): string[] {
  return [...new Set(rows.map(({ inviter }) => inviter))];
}

export function toInvitations(rows: InvitationRows): Invitation[] {
  return rows.map(({ conversation, inviter, title, member_count, at }) => ({
    conversation,
    inviter,
    ...(title === null ? {} : { title }),
    memberCount: member_count,
    at,
  }));
}

/** By user; `people` has everybody who asked one of them. */
export function invitationsByUser(rows: InvitationRows, people: readonly Person[]): Map<string, OpenInvitations> {
  const users = Map.groupBy(rows, ({ user_id: user }) => user);
  return new Map(
    [...users].map(([user, own]) => {
      const inviters = new Set(invitersIn(own));
      return [user, { invitations: toInvitations(own), people: people.filter(({ id }) => inviters.has(id)) }];
    }),
  );
}
