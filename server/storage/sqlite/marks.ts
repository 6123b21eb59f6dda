import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LIMITS } from '#protocol/limits';
import type { Marks } from '#protocol';
import { markWithin, within } from '../../domain/visibility.js';
import type { SeqRange } from '../../domain/visibility.js';
import type { Marked } from '../storage.js';
import type { Revisions } from './revisions.js';
import { SOME } from './rows.js';
import type { ViewedRow } from '../sql/viewed-row.js';
import type { Views } from './views.js';

interface Place extends ViewedRow {
  member_count: number;
  ended_seq: number | null;
  joined: number | null;
  delivered: number;
  read: number;
}

/** Receipts are as many as messages times readers, so they have prepared statements like messages. */
export class MarkWriter {
  readonly #revisions: Revisions;
  readonly #views: Views;
  readonly #place: StatementSync;
  readonly #move: StatementSync;
  readonly #unread: StatementSync;

  constructor(db: DatabaseSync, revisions: Revisions, views: Views) {
    this.#revisions = revisions;
    this.#views = views;
    this.#place = db.prepare(
      `SELECT c.id, c.head, c.member_count, c.ended_seq, m.joined, m.intervals, m.held_seq, m.delivered, m.read
       FROM conversations c JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ? AND m.user_id = ?`,
    );
    this.#move = db.prepare('UPDATE members SET delivered = ?, read = ? WHERE conversation = ? AND user_id = ? AND tenant = ?');
    this.#unread = db.prepare(
      `SELECT count(*) AS n FROM (SELECT 1 FROM entries
       WHERE tenant = ? AND conversation = ? AND seq BETWEEN ? AND ? AND kind = 'message' AND author <> ? LIMIT ${SOME})`,
    );
  }

  mark(tenant: string, user: string, conversation: string, wanted: Partial<Marks>): Marked {
    const place = this.#place.get(tenant, conversation, user) as Place | undefined;
    if (!place) return { status: 'refused', standing: 'stranger', ended: false };
    if (place.joined === null) return { status: 'refused', standing: 'left', ended: place.ended_seq !== null };
    const { ranges, periods, head } = this.#views.of(tenant, place);
    if (Math.max(wanted.delivered ?? 0, wanted.read ?? 0) > head) return { status: 'beyond-head' };
    const read = Math.max(place.read, markWithin(periods, wanted.read));
    // What was read has been delivered, whether or not a device said so.
    const delivered = Math.max(place.delivered, markWithin(periods, wanted.delivered), read);
    const marks = { delivered, read };
    const unread = this.#countUnread(tenant, place.id, user, within(ranges, read + 1, Infinity));
    if (delivered === place.delivered && read === place.read) return { status: 'unchanged', marks, unread };
    this.#move.run(delivered, read, place.id, user, tenant);
    const moved = read > place.read ? 'read' : 'delivered';
    return { status: 'moved', marks, unread, revision: this.#revisions.bump(tenant, user), moved, memberCount: place.member_count };
  }

  #countUnread(tenant: string, conversation: number, user: string, ranges: readonly SeqRange[]): number {
    let unread = 0;
    for (const { from, to } of ranges) {
      const left = LIMITS.unreadCounted - unread;
      if (left > 0) unread += Number(this.#unread.get(tenant, conversation, from, to, user, left)?.['n']);
    }
    return unread;
  }
}
