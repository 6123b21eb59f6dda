import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Head, Member } from '#protocol';
import type { Standing } from '../../domain/permissions.js';
import { belongsAfter, isActive, lastVisible, overlaps, visibleTo } from '../../domain/visibility.js';
import type { ConversationPage } from '../storage.js';
import { readMembership } from './intervals.js';
import type { Tables } from './schema.js';

/** When the newest entry that this member may see was made. */
const updatedAt = sql<number>`coalesce(m.left_at, c.updated_at)`;

/** A user's memberships, newest first, with what the conversation's row says; one more than `limit`, to see whether there are more. */
export async function findMemberships(db: Kysely<Tables>, tenant: string, user: string, page: ConversationPage) {
  let query = ofUser(db, tenant, user)
    .select(['c.id', 'c.uuid', 'c.kind', 'c.title', 'c.head', 'c.ended_seq', 'c.member_count', updatedAt.as('updated_at')])
    .select(['m.joined', 'm.intervals', 'm.delivered', 'm.read'])
    .orderBy(updatedAt, 'desc')
    .orderBy('c.uuid', 'desc')
    .limit(page.limit + 1);
  if (page.ids) query = query.where('c.uuid', 'in', page.ids);
  if (page.before)
    query = query.where(sql<boolean>`(coalesce(m.left_at, c.updated_at), c.uuid) < (${page.before.updatedAt}, ${page.before.id})`);
  return query.execute();
}

export type MembershipRow = Awaited<ReturnType<typeof findMemberships>>[number];

export async function findHeads(db: Kysely<Tables>, tenant: string, user: string, limit: number): Promise<Head[]> {
  const rows = await ofUser(db, tenant, user)
    .select(['c.uuid', 'c.head', 'm.intervals'])
    .orderBy(updatedAt, 'desc')
    .orderBy('c.uuid', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ conversation: row.uuid, head: lastVisible(visibleTo(readMembership(row.intervals), row.head)) }));
}

export async function findActive(db: Kysely<Tables>, tenant: string, user: string): Promise<string[]> {
  const rows = await ofUser(db, tenant, user).select('c.uuid').where('m.joined', 'is not', null).execute();
  return rows.map((row) => row.uuid);
}

export async function findStanding(
  db: Kysely<Tables>,
  tenant: string,
  user: string,
  uuid: string,
): Promise<{ standing: Standing; ended: boolean }> {
  const row = await ofUser(db, tenant, user).select(['m.joined', 'c.ended_seq']).where('c.uuid', '=', uuid).executeTakeFirst();
  if (!row) return { standing: 'stranger', ended: false };
  return { standing: row.joined === null ? 'left' : 'member', ended: row.ended_seq !== null };
}

/**
 * All members with their marks. With a viewer, as that viewer may know them: nobody who was gone before they came or came after
 * they left, and no mark beyond what they may see.
 */
export async function findMembers(db: Kysely<Tables>, tenant: string, uuid: string, viewer?: string): Promise<Member[]> {
  const rows = await db
    .selectFrom('members as m')
    .innerJoin('conversations as c', (join) => join.onRef('c.id', '=', 'm.conversation').onRef('c.tenant', '=', 'm.tenant'))
    .select(['m.user_id', 'm.intervals', 'm.delivered', 'm.read', 'c.head'])
    .where('c.tenant', '=', tenant)
    .where('c.uuid', '=', uuid)
    .execute();
  const members = rows.map((row) => ({ ...row, user: row.user_id, membership: readMembership(row.intervals) }));
  const own = viewer === undefined ? undefined : members.find((member) => member.user === viewer);
  if (viewer !== undefined && !own) return [];
  const ranges = own ? visibleTo(own.membership, own.head) : null;
  const last = ranges ? lastVisible(ranges) : Infinity;
  const gone = own && !isActive(own.membership);
  return members
    .filter(({ membership }) => ranges === null || overlaps(membership, ranges))
    .map(({ user, membership, delivered, read }) => ({
      user,
      active: gone ? belongsAfter(membership, last) : isActive(membership),
      marks: { delivered: Math.min(delivered, last), read: Math.min(read, last) },
    }));
}

function ofUser(db: Kysely<Tables>, tenant: string, user: string) {
  return db
    .selectFrom('members as m')
    .innerJoin('conversations as c', (join) => join.onRef('c.id', '=', 'm.conversation').onRef('c.tenant', '=', 'm.tenant'))
    .where('m.tenant', '=', tenant)
    .where('m.user_id', '=', user);
}
