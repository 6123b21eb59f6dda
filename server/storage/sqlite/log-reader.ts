import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Entry, Member } from '#protocol';
import type { Standing } from '../../domain/permissions.js';
import { belongsAfter, firstVisible, isActive, lastVisible, overlaps, pageOf, visibleTo } from '../../domain/visibility.js';
import { readMembership } from '../sql/intervals.js';
import type { RangePage, RangeRecord } from '../storage.js';

export interface EntryRow {
  seq: number;
  cid: string;
  author: string;
  at: number;
  body: string;
}

interface MemberRow {
  user_id: string;
  intervals: string;
  delivered: number;
  read: number;
  head: number;
}

export function toEntry(conversation: string, { seq, cid, author, at, body }: EntryRow): Entry {
  return { conversation, seq, cid, author, at, body: JSON.parse(body) as Entry['body'] };
}

/** What is asked of one conversation: its entries, its members, and how somebody stands to it. */
export class LogReader {
  readonly #place: StatementSync;
  readonly #entries: StatementSync;
  readonly #members: StatementSync;

  constructor(db: DatabaseSync) {
    this.#place = db.prepare(
      `SELECT c.id, c.head, c.ended_seq, m.joined, m.intervals
       FROM conversations c CROSS JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ? AND m.user_id = ?`,
    );
    this.#entries = db.prepare(
      'SELECT seq, cid, author, at, body FROM entries WHERE tenant = ? AND conversation = ? AND seq BETWEEN ? AND ? ORDER BY seq',
    );
    this.#members = db.prepare(
      `SELECT m.user_id, m.intervals, m.delivered, m.read, c.head
       FROM conversations c CROSS JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ?`,
    );
  }

  range(tenant: string, user: string, uuid: string, page: RangePage): RangeRecord | null {
    const place = this.#place.get(tenant, uuid, user) as { id: number; head: number; intervals: string } | undefined;
    if (!place) return null;
    const visible = visibleTo(readMembership(place.intervals), place.head);
    const { ranges, from, to } = pageOf(visible, page);
    const entries = ranges.flatMap((range) => {
      const rows = this.#entries.all(tenant, place.id, range.from, range.to) as unknown as EntryRow[];
      return rows.map((row) => toEntry(uuid, row));
    });
    return { entries, from, to, head: lastVisible(visible), floor: firstVisible(visible) };
  }

  standing(tenant: string, user: string, uuid: string): { standing: Standing; ended: boolean } {
    const place = this.#place.get(tenant, uuid, user) as { joined: number | null; ended_seq: number | null } | undefined;
    if (!place) return { standing: 'stranger', ended: false };
    return { standing: place.joined === null ? 'left' : 'member', ended: place.ended_seq !== null };
  }

  members(tenant: string, uuid: string, viewer?: string): Member[] {
    const rows = this.#members.all(tenant, uuid) as unknown as MemberRow[];
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
}
