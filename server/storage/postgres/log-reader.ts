import type { Member } from '#protocol';
import type { Circumstances } from '../../domain/permissions.js';
import { pageOf } from '../../domain/visibility.js';
import { toEntry } from '../sql/entry-row.js';
import type { EntryRow } from '../sql/entry-row.js';
import { knownMembers, knowsOnlyThen } from '../sql/known-members.js';
import type { MemberRow } from '../sql/known-members.js';
import { circumstances } from '../sql/place.js';
import type { StandingRow } from '../sql/place.js';
import { isUnknown } from '../sql/viewed-row.js';
import type { ViewedRow } from '../sql/viewed-row.js';
import type { RangePage, RangeRecord } from '../storage.js';
import type { Session } from './database.js';
import { horizonOf, viewOfRow } from './views.js';

/** See `Storage.range`. */
export async function readRange(
  session: Session,
  { tenant, user, uuid, page, now }: { tenant: string; user: string; uuid: string; page: RangePage; now: number },
): Promise<RangeRecord | null> {
  const [[place], horizon] = await Promise.all([
    session.query<ViewedRow>(
      `SELECT c.id, c.head, m.intervals, m.held_seq
       FROM conversations c JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = $1 AND c.uuid = $2 AND m.user_id = $3`,
      [tenant, uuid, user],
    ),
    horizonOf(session, tenant, now),
  ]);
  if (!place) return null;
  const view = await viewOfRow(session, place, horizon);
  if (isUnknown(place, view)) return null;
  const { ranges, from, to } = pageOf(view.ranges, page);
  const pages = await Promise.all(
    ranges.map((range) =>
      session.query<EntryRow>(
        'SELECT seq, cid, author, at, body FROM entries WHERE tenant = $1 AND conversation = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq',
        [tenant, place.id, range.from, range.to],
      ),
    ),
  );
  return { entries: pages.flat().map((row) => toEntry(uuid, row)), from, to, head: view.head, floor: view.floor };
}

/** See `Storage.standing`. */
export async function readStanding({ query }: Session, tenant: string, user: string, uuid: string): Promise<Circumstances> {
  const [row] = await query<StandingRow>(
    `SELECT c.creator, c.ended_seq, m.joined, m.intervals, m.held_seq, i.inviter FROM conversations c
     LEFT JOIN members m ON m.conversation = c.id AND m.user_id = $1 AND m.tenant = c.tenant
     LEFT JOIN invitations i ON i.tenant = c.tenant AND i.user_id = $1 AND i.conversation = c.id
     WHERE c.tenant = $2 AND c.uuid = $3`,
    [user, tenant, uuid],
  );
  return row ? circumstances(row, user) : { standing: 'stranger', ended: false };
}

/** See `Storage.members`. */
export async function readMembers(session: Session, tenant: string, uuid: string, viewer?: string): Promise<Member[]> {
  const [rows, invited] = await Promise.all([
    session.query<MemberRow>(
      `SELECT c.id, c.head, m.user_id, m.joined, m.intervals, m.held_seq, m.delivered, m.read
       FROM conversations c JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = $1 AND c.uuid = $2 ORDER BY m.user_id`,
      [tenant, uuid],
    ),
    session.query<{ user_id: string }>(
      `SELECT i.user_id FROM conversations c JOIN invitations i ON i.conversation = c.id AND i.tenant = c.tenant
       WHERE c.tenant = $1 AND c.uuid = $2 ORDER BY i.user_id`,
      [tenant, uuid],
    ),
  ]);
  const row = viewer === undefined ? undefined : rows.find((member) => member.user_id === viewer);
  // A member list does not depend on what has become too old to be shown.
  const own = row ? { row, view: await viewOfRow(session, row, null) } : null;
  if (viewer !== undefined && (!own || isUnknown(own.row, own.view))) return [];
  const asked = own && knowsOnlyThen(own) ? [] : invited.map(({ user_id: user }) => user);
  return knownMembers(rows, own, asked);
}
