import { LIMITS } from '#protocol/limits';
import type { Marks } from '#protocol';
import { markWithin, within } from '../../domain/visibility.js';
import type { SeqRange } from '../../domain/visibility.js';
import type { ViewedRow } from '../sql/viewed-row.js';
import type { Marked } from '../storage.js';
import type { Session } from './database.js';
import { bump } from './revisions.js';
import { horizonOf, viewOfRow } from './views.js';

interface Place extends ViewedRow {
  member_count: number;
  ended_seq: number | null;
  joined: number | null;
  delivered: number;
  read: number;
}

export interface MarkWanted {
  tenant: string;
  user: string;
  conversation: string;
  wanted: Partial<Marks>;
  now: number;
}

/** See `Storage.mark`. It needs no lock on the log: what the reader saw stays where it is while others write. */
export async function writeMark(session: Session, { tenant, user, conversation, wanted, now }: MarkWanted): Promise<Marked> {
  const [[place], horizon] = await Promise.all([
    session.query<Place>(
      `SELECT c.id, c.head, c.member_count, c.ended_seq, m.joined, m.intervals, m.held_seq, m.delivered, m.read
       FROM conversations c JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = $1 AND c.uuid = $2 AND m.user_id = $3 FOR NO KEY UPDATE OF m`,
      [tenant, conversation, user],
    ),
    horizonOf(session, tenant, now),
  ]);
  if (!place) return { status: 'refused', standing: 'stranger', ended: false };
  if (place.joined === null) return { status: 'refused', standing: 'left', ended: place.ended_seq !== null };
  const { ranges, periods, head } = await viewOfRow(session, place, horizon);
  if (Math.max(wanted.delivered ?? 0, wanted.read ?? 0) > head) return { status: 'beyond-head' };
  const read = Math.max(place.read, markWithin(periods, wanted.read));
  // What was read has been delivered, whether or not a device said so.
  const delivered = Math.max(place.delivered, markWithin(periods, wanted.delivered), read);
  const marks = { delivered, read };
  const isMoved = delivered !== place.delivered || read !== place.read;
  const [unread, , revision] = await Promise.all([
    countUnread(session, tenant, place.id, user, within(ranges, read + 1, Infinity)),
    isMoved
      ? session.query('UPDATE members SET delivered = $4, read = $5 WHERE tenant = $1 AND conversation = $2 AND user_id = $3', [
          tenant,
          place.id,
          user,
          delivered,
          read,
        ])
      : undefined,
    isMoved ? bump(session, tenant, user) : 0,
  ]);
  if (!isMoved) return { status: 'unchanged', marks, unread };
  const moved = read > place.read ? 'read' : 'delivered';
  return { status: 'moved', marks, unread, revision, moved, memberCount: place.member_count };
}

async function countUnread(
  { query }: Session,
  tenant: string,
  conversation: number,
  user: string,
  ranges: readonly SeqRange[],
): Promise<number> {
  if (ranges.length === 0) return 0;
  const [row] = await query<{ unread: number }>(
    `SELECT count(*) AS unread FROM (
       SELECT 1 FROM unnest($4::bigint[], $5::bigint[]) AS w(first_seq, last_seq)
       CROSS JOIN LATERAL (
         SELECT 1 FROM entries e
         WHERE e.tenant = $1 AND e.conversation = $2 AND e.seq BETWEEN w.first_seq AND w.last_seq AND e.kind = 'message' AND e.author <> $3
         LIMIT ${LIMITS.unreadCounted}) found
       LIMIT ${LIMITS.unreadCounted}) counted`,
    [tenant, conversation, user, ranges.map(({ from }) => from), ranges.map(({ to }) => to)],
  );
  return row?.unread ?? 0;
}
