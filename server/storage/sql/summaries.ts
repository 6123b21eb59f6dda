import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Conversation, Settings } from '#protocol';
import { LIMITS } from '#protocol';
import { belongsAfter, firstVisible, lastVisible, visibleTo } from '../../domain/visibility.js';
import type { SeqRange } from '../../domain/visibility.js';
import type { ConversationPage, UserStateRecord } from '../storage.js';
import { readMembership } from './intervals.js';
import { integers, summariseStretches } from './log.js';
import type { StretchSummary } from './log.js';
import { findHeads, findMemberships } from './memberships.js';
import type { MembershipRow } from './memberships.js';
import type { Tables } from './schema.js';

const UNTOUCHED: Settings = { availability: 'available', statusMessages: {} };

/** A page of the list in at most four questions, however many conversations are on it. */
export async function findConversations(db: Kysely<Tables>, tenant: string, user: string, page: ConversationPage) {
  const rows = await findMemberships(db, tenant, user, page);
  const seen = rows.slice(0, page.limit).map((row) => ({ ...row, ranges: visibleTo(readMembership(row.intervals), row.head) }));
  const stretches = seen.flatMap(({ id, uuid, read, ranges }) => ranges.map((range) => ({ ...range, conversation: id, uuid, read })));
  const summaries = Map.groupBy(await summariseStretches(db, tenant, user, stretches), (summary) => summary.conversation);
  const active = await firstMembers(
    db,
    tenant,
    seen.filter((row) => row.joined !== null).map((row) => row.id),
  );
  const former = await formerRosters(
    db,
    tenant,
    seen.filter((row) => row.joined === null),
  );
  const conversations = seen.map((row) => {
    const roster = former.get(row.id) ?? { members: named(active.get(row.id) ?? [], user), memberCount: row.member_count };
    return summarise(row, summaries.get(row.id) ?? [], roster);
  });
  return { conversations, more: rows.length > page.limit };
}

export async function findUserState(db: Kysely<Tables>, tenant: string, user: string, limit: number): Promise<UserStateRecord> {
  const { revision, settings } = await findRevision(db, tenant, user);
  return { revision, settings, ...(await findConversations(db, tenant, user, { limit })) };
}

export async function findUserHeads(db: Kysely<Tables>, tenant: string, user: string, limit: number) {
  const { revision } = await findRevision(db, tenant, user);
  return { revision, heads: await findHeads(db, tenant, user, limit) };
}

async function findRevision(db: Kysely<Tables>, tenant: string, user: string): Promise<{ revision: number; settings: Settings }> {
  const row = await db
    .selectFrom('user_states')
    .select(['revision', 'settings'])
    .where('tenant', '=', tenant)
    .where('user_id', '=', user)
    .executeTakeFirst();
  const settings = row?.settings ? (JSON.parse(row.settings) as Settings) : UNTOUCHED;
  return { revision: row?.revision ?? 0, settings };
}

interface Roster {
  members: string[];
  memberCount: number;
}

function summarise(
  row: MembershipRow & { ranges: SeqRange[] },
  summaries: readonly StretchSummary[],
  { members, memberCount }: Roster,
): Conversation {
  const head = lastVisible(row.ranges);
  return {
    id: row.uuid,
    kind: row.kind,
    ...(row.title === null ? {} : { title: row.title }),
    members,
    memberCount,
    head,
    floor: firstVisible(row.ranges),
    active: row.joined !== null,
    ended: row.ended_seq !== null && row.ended_seq <= head,
    marks: { delivered: row.delivered, read: row.read },
    unread: Math.min(
      LIMITS.unreadCounted,
      summaries.reduce((sum, summary) => sum + summary.unread, 0),
    ),
    last: summaries.findLast((summary) => summary.last !== null)?.last ?? null,
    updatedAt: row.updated_at,
  };
}

/** The first ones in, of each conversation; the index gives them without a look at the others. */
async function firstMembers(db: Kysely<Tables>, tenant: string, conversations: readonly number[]): Promise<Map<number, string[]>> {
  if (conversations.length === 0) return new Map();
  const { rows } = await sql<{ conversation: number; user_id: string }>`
    WITH wanted (conversation) AS (VALUES ${integers(conversations.map((id) => [id]))})
    SELECT m.conversation, m.user_id
    FROM wanted AS w JOIN members AS m ON m.tenant = ${tenant} AND m.conversation = w.conversation AND m.user_id IN (
      SELECT f.user_id FROM members AS f
      WHERE f.tenant = ${tenant} AND f.conversation = w.conversation AND f.joined IS NOT NULL
      ORDER BY f.joined, f.user_id LIMIT ${LIMITS.membersInSummary})
    ORDER BY m.conversation, m.joined, m.user_id`.execute(db);
  const members = new Map<number, string[]>();
  for (const { conversation, user_id } of rows) members.set(conversation, [...(members.get(conversation) ?? []), user_id]);
  return members;
}

/** The viewer is always among those named. */
function named(members: readonly string[], viewer: string): string[] {
  if (members.includes(viewer)) return [...members];
  return [...members.slice(0, LIMITS.membersInSummary - 1), viewer];
}

/** Who stayed when the viewer left: what came after is not theirs to know. */
async function formerRosters(
  db: Kysely<Tables>,
  tenant: string,
  left: readonly (MembershipRow & { ranges: SeqRange[] })[],
): Promise<Map<number, Roster>> {
  if (left.length === 0) return new Map();
  const rows = await db
    .selectFrom('members')
    .select(['conversation', 'user_id', 'intervals'])
    .where('tenant', '=', tenant)
    .where(
      'conversation',
      'in',
      left.map((row) => row.id),
    )
    .orderBy('conversation')
    .orderBy('user_id')
    .execute();
  const members = Map.groupBy(rows, (row) => row.conversation);
  return new Map(
    left.map(({ id, ranges }) => {
      const head = lastVisible(ranges);
      const stayed = (members.get(id) ?? [])
        .filter((member) => belongsAfter(readMembership(member.intervals), head))
        .map((member) => member.user_id);
      return [id, { members: stayed.slice(0, LIMITS.membersInSummary), memberCount: stayed.length }];
    }),
  );
}
