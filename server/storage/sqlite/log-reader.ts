import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Entry, Member } from '#protocol';
import type { Circumstances } from '../../domain/permissions.js';
import { belongsAfter, isActive, overlaps, pageOf, within } from '../../domain/visibility.js';
import { readMembership } from '../sql/intervals.js';
import { circumstances } from '../sql/place.js';
import type { StandingRow } from '../sql/place.js';
import type { RangePage, RangeRecord } from '../storage.js';
import { isUnknown } from './views.js';
import type { ViewedRow, Views } from './views.js';

export interface EntryRow {
  seq: number;
  cid: string;
  author: string;
  at: number;
  body: string;
}

interface MemberRow extends ViewedRow {
  user_id: string;
  joined: number | null;
  delivered: number;
  read: number;
}

export function toEntry(conversation: string, { seq, cid, author, at, body }: EntryRow): Entry {
  return { conversation, seq, cid, author, at, body: JSON.parse(body) as Entry['body'] };
}

/** What is asked of one conversation: its entries, its members, and how somebody stands to it. */
export class LogReader {
  readonly #views: Views;
  readonly #place: StatementSync;
  readonly #standing: StatementSync;
  readonly #entries: StatementSync;
  readonly #members: StatementSync;
  readonly #invited: StatementSync;

  constructor(db: DatabaseSync, views: Views) {
    this.#views = views;
    this.#place = db.prepare(
      `SELECT c.id, c.head, m.intervals, m.held_seq
       FROM conversations c CROSS JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ? AND m.user_id = ?`,
    );
    this.#standing = db.prepare(
      `SELECT c.creator, c.ended_seq, m.joined, m.intervals, m.held_seq, i.inviter FROM conversations c
       LEFT JOIN members m ON m.conversation = c.id AND m.user_id = ?1 AND m.tenant = c.tenant
       LEFT JOIN invitations i ON i.tenant = c.tenant AND i.user_id = ?1 AND i.conversation = c.id
       WHERE c.tenant = ?2 AND c.uuid = ?3`,
    );
    this.#entries = db.prepare(
      'SELECT seq, cid, author, at, body FROM entries WHERE tenant = ? AND conversation = ? AND seq BETWEEN ? AND ? ORDER BY seq',
    );
    this.#members = db.prepare(
      `SELECT c.id, c.head, m.user_id, m.joined, m.intervals, m.held_seq, m.delivered, m.read
       FROM conversations c CROSS JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ?`,
    );
    this.#invited = db.prepare(
      `SELECT i.user_id FROM conversations c CROSS JOIN invitations i ON i.conversation = c.id AND i.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ?`,
    );
  }

  range(tenant: string, user: string, uuid: string, page: RangePage): RangeRecord | null {
    const place = this.#place.get(tenant, uuid, user) as ViewedRow | undefined;
    if (!place) return null;
    const view = this.#views.of(tenant, place);
    if (isUnknown(place, view)) return null;
    const { ranges, from, to } = pageOf(view.ranges, page);
    const entries = ranges.flatMap((range) => {
      const rows = this.#entries.all(tenant, place.id, range.from, range.to) as unknown as EntryRow[];
      return rows.map((row) => toEntry(uuid, row));
    });
    return { entries, from, to, head: view.head, floor: view.floor };
  }

  standing(tenant: string, user: string, uuid: string): Circumstances {
    const row = this.#standing.get(user, tenant, uuid) as unknown as StandingRow | undefined;
    return row ? circumstances(row, user) : { standing: 'stranger', ended: false };
  }

  members(tenant: string, uuid: string, viewer?: string): Member[] {
    const rows = this.#members.all(tenant, uuid) as unknown as MemberRow[];
    const members = rows.map((row) => ({ ...row, user: row.user_id, membership: readMembership(row.intervals) }));
    const own = viewer === undefined ? undefined : members.find((member) => member.user === viewer);
    const view = own && this.#views.of(tenant, own);
    if (viewer !== undefined && (!own || !view || isUnknown(own, view))) return [];
    const last = view?.head ?? Infinity;
    /** Who left, or wants not to be disturbed, knows how it was then. */
    const then = own !== undefined && (own.joined === null || own.held_seq !== null);
    const invited = new Set(then ? [] : this.#invited.all(tenant, uuid).map((row) => String(row['user_id'])));
    const known: Member[] = members
      .filter(({ membership }) => !view || overlaps(membership, view.periods))
      .map(({ user, membership, delivered, read, held_seq: held, joined }) => ({
        user,
        active: then ? belongsAfter(membership, last) : isActive(membership),
        marks: { delivered: Math.min(delivered, last), read: Math.min(read, last) },
        ...(invited.delete(user) ? { invited: true } : {}),
        ...(!then && held !== null && joined !== null ? { held: true } : {}),
        ...(joined !== null && joined > 1 && (!view || within(view.periods, joined, joined).length > 0) ? { since: joined } : {}),
      }));
    return [...known, ...[...invited].map((user) => ({ user, active: false, invited: true, marks: { delivered: 0, read: 0 } }))];
  }
}
