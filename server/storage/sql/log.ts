import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Entry } from '#protocol';
import { LIMITS } from '#protocol';
import { firstVisible, lastVisible, pageOf, visibleTo } from '../../domain/visibility.js';
import type { SeqRange } from '../../domain/visibility.js';
import type { RangePage, RangeRecord } from '../storage.js';
import { readMembership } from './intervals.js';
import type { Tables } from './schema.js';

interface EntryRow {
  seq: number;
  cid: string;
  author: string;
  at: number;
  body: string;
}

export function toEntry(conversation: string, { seq, cid, author, at, body }: EntryRow): Entry {
  return { conversation, seq, cid, author, at, body: JSON.parse(body) as Entry['body'] };
}

/** See `Storage.range`. */
export async function findRange(
  db: Kysely<Tables>,
  tenant: string,
  user: string,
  uuid: string,
  page: RangePage,
): Promise<RangeRecord | null> {
  const place = await db
    .selectFrom('conversations as c')
    .innerJoin('members as m', (join) => join.onRef('m.conversation', '=', 'c.id').onRef('m.tenant', '=', 'c.tenant'))
    .select(['c.id', 'c.head', 'm.intervals'])
    .where('c.tenant', '=', tenant)
    .where('c.uuid', '=', uuid)
    .where('m.user_id', '=', user)
    .executeTakeFirst();
  if (!place) return null;
  const visible = visibleTo(readMembership(place.intervals), place.head);
  const { ranges, from, to } = pageOf(visible, page);
  const entries: Entry[] = [];
  for (const range of ranges) {
    const rows = await db
      .selectFrom('entries')
      .select(['seq', 'cid', 'author', 'at', 'body'])
      .where('tenant', '=', tenant)
      .where('conversation', '=', place.id)
      .where('seq', '>=', range.from)
      .where('seq', '<=', range.to)
      .orderBy('seq')
      .execute();
    entries.push(...rows.map((row) => toEntry(uuid, row)));
  }
  return { entries, from, to, head: lastVisible(visible), floor: firstVisible(visible) };
}

/** A stretch of a log that a member may see, and how far they have read. */
export interface Stretch extends SeqRange {
  conversation: number;
  uuid: string;
  read: number;
}

export interface StretchSummary {
  conversation: number;
  unread: number;
  last: Entry | null;
}

/** The newest message and the number of unread ones of each stretch, all in one question. */
export async function summariseStretches(
  db: Kysely<Tables>,
  tenant: string,
  user: string,
  stretches: readonly Stretch[],
): Promise<StretchSummary[]> {
  if (stretches.length === 0) return [];
  const uuids = new Map(stretches.map(({ conversation, uuid }) => [conversation, uuid]));
  const rows = stretches.map(({ conversation, from, to, read }) => [conversation, from, to, Math.max(from, read + 1)]);
  const { rows: found } = await sql<EntryRow & { conversation: number; unread: number; seq: number | null }>`
    WITH stretches (conversation, first_seq, last_seq, unread_from) AS (VALUES ${integers(rows)})
    SELECT s.conversation, e.seq, e.cid, e.author, e.at, e.body,
      (SELECT count(*) FROM (
        SELECT 1 AS one FROM entries AS u
        WHERE u.tenant = ${tenant} AND u.conversation = s.conversation AND u.seq BETWEEN s.unread_from AND s.last_seq
          AND u.kind = 'message' AND u.author <> ${user}
        LIMIT ${LIMITS.unreadCounted}) AS counted) AS unread
    FROM stretches AS s LEFT JOIN entries AS e ON e.tenant = ${tenant} AND e.conversation = s.conversation AND e.seq = (
      SELECT l.seq FROM entries AS l
      WHERE l.tenant = ${tenant} AND l.conversation = s.conversation AND l.seq BETWEEN s.first_seq AND s.last_seq AND l.kind = 'message'
      ORDER BY l.seq DESC LIMIT 1)
    ORDER BY s.last_seq`.execute(db);
  return found.map((row) => ({
    conversation: row.conversation,
    unread: row.unread,
    last: row.seq === null ? null : toEntry(uuids.get(row.conversation) ?? '', row),
  }));
}

/** Rows of whole numbers; the type is said because PostgreSQL cannot guess it. */
export function integers(rows: readonly (readonly number[])[]): RawBuilder<unknown> {
  return sql.join(rows.map((row) => sql`(${sql.join(row.map((value) => sql`cast(${value} AS bigint)`))})`));
}
