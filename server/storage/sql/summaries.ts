import type { Conversation, Entry, Member, Person } from '#protocol';
import { LIMITS } from '#protocol/limits';
import { peopleIn } from '../../domain/people-in.js';
import { belongsAfter } from '../../domain/visibility.js';
import type { View } from '../../domain/visibility.js';
import type { Summary } from '../storage.js';
import { readMembership } from './intervals.js';

/** A member's row with what the conversation's row says. */
export interface MembershipRow {
  id: number;
  uuid: string;
  kind: Conversation['kind'];
  title: string | null;
  description: string | null;
  creator: string;
  head: number;
  ended_seq: number | null;
  member_count: number;
  updated_at: number;
  user_id: string;
  joined: number | null;
  intervals: string;
  held_seq: number | null;
  delivered: number;
  read: number;
}

/** With what the member sees of the log. */
export type SeenMembership = MembershipRow & { view: View };

export interface StretchSummary {
  unread: number;
  last: Entry | null;
}

export interface Roster {
  members: readonly string[];
  memberCount: number;
}

export interface FormerRow {
  user_id: string;
  intervals: string;
}

/** A conversation as this member sees it; the stretches are in the order of the log. */
export function summarise(row: SeenMembership, stretches: readonly StretchSummary[], roster: Roster): Conversation {
  const { head, floor } = row.view;
  // Who was let in while they want not to be disturbed comes back when that ends.
  const active = row.joined !== null && row.joined <= head;
  return {
    id: row.uuid,
    kind: row.kind,
    ...(row.title === null ? {} : { title: row.title }),
    ...(row.description === null ? {} : { description: row.description }),
    initiator: row.creator,
    members: active ? named(roster.members, row.user_id) : [...roster.members],
    memberCount: roster.memberCount,
    head,
    floor,
    active,
    ended: row.ended_seq !== null && row.ended_seq <= head,
    marks: { delivered: row.delivered, read: row.read },
    // Who has left has nothing to answer: a chat that cannot be read away must not ask for it.
    unread: active
      ? Math.min(
          LIMITS.unreadCounted,
          stretches.reduce((sum, stretch) => sum + stretch.unread, 0),
        )
      : 0,
    last: stretches.findLast((stretch) => stretch.last !== null)?.last ?? null,
    updatedAt: row.updated_at,
  };
}

/** What each member sees of a conversation, by their ids; `people` has everybody whom any of it names. */
export function summariesOf(
  rows: readonly MembershipRow[],
  conversations: readonly Conversation[],
  people: readonly Person[],
): Map<string, Summary> {
  const known = new Map(people.map((person) => [person.id, person]));
  const summaries = new Map<string, Summary>();
  for (const [index, conversation] of conversations.entries()) {
    const named = peopleIn([conversation]).flatMap((id) => known.get(id) ?? []);
    summaries.set(rows[index]?.user_id ?? '', { conversation, people: named });
  }
  return summaries;
}

/** Whom a list of members and the summary above it name. */
export function membersOf({ members: named }: Conversation, members: readonly Member[]): string[] {
  return [...new Set([...members.map(({ user }) => user), ...named])];
}

/** Who was in after the entry `head`: what came after is not the viewer's to know. */
export function formerRoster(rows: readonly FormerRow[], head: number): Roster {
  const stayed = rows.filter((row) => belongsAfter(readMembership(row.intervals), head)).map((row) => row.user_id);
  return { members: stayed.slice(0, LIMITS.membersInSummary), memberCount: stayed.length };
}

/** The viewer is always among those named. */
function named(members: readonly string[], viewer: string): string[] {
  if (members.includes(viewer)) return [...members];
  return [...members.slice(0, LIMITS.membersInSummary - 1), viewer];
}
