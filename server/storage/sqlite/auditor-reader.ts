import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Conversation } from '#protocol';
import { LIMITS } from '#protocol/limits';
import { pageOf } from '../../domain/visibility.js';
import type { View } from '../../domain/visibility.js';
import { toEntry } from '../sql/entry-row.js';
import type { EntryRow } from '../sql/entry-row.js';
import { FROM_THE_START } from '../sql/intervals.js';
import { summarise } from '../sql/summaries.js';
import type { MembershipRow } from '../sql/summaries.js';
import type { RangePage, RangeRecord } from '../storage.js';
import type { Views } from './views.js';

/** See `AuditorStorage`. */
export class AuditorReader {
  readonly #views: Views;
  readonly #place: StatementSync;
  readonly #members: StatementSync;
  readonly #entries: StatementSync;

  constructor(db: DatabaseSync, views: Views) {
    this.#views = views;
    this.#place = db.prepare(
      `SELECT id, uuid, kind, title, description, creator, head, ended_seq, member_count, updated_at, '' AS user_id, NULL AS joined, ? AS intervals,
         NULL AS held_seq, 0 AS delivered, 0 AS read
       FROM conversations WHERE tenant = ? AND uuid = ?`,
    );
    this.#members = db.prepare(
      `SELECT user_id FROM members WHERE tenant = ? AND conversation = ? AND joined IS NOT NULL
       ORDER BY joined, user_id LIMIT ${LIMITS.membersInSummary}`,
    );
    this.#entries = db.prepare(
      'SELECT seq, cid, author, at, body FROM entries WHERE tenant = ? AND conversation = ? AND seq BETWEEN ? AND ? ORDER BY seq',
    );
  }

  conversation(tenant: string, uuid: string): Conversation | null {
    const found = this.#find(tenant, uuid);
    if (!found) return null;
    const members = this.#members.all(tenant, found.row.id).map((row) => String(row['user_id']));
    return summarise({ ...found.row, view: found.view }, [], { members, memberCount: found.row.member_count });
  }

  range(tenant: string, uuid: string, page: RangePage): RangeRecord | null {
    const found = this.#find(tenant, uuid);
    if (!found) return null;
    const { row, view } = found;
    const { ranges, from, to } = pageOf(view.ranges, page);
    const entries = ranges.flatMap((range) =>
      (this.#entries.all(tenant, row.id, range.from, range.to) as unknown as EntryRow[]).map((entry) => toEntry(uuid, entry)),
    );
    return { entries, from, to, head: view.head, floor: view.floor };
  }

  #find(tenant: string, uuid: string): { row: MembershipRow; view: View } | null {
    const row = this.#place.get(FROM_THE_START, tenant, uuid) as MembershipRow | undefined;
    return row ? { row, view: this.#views.of(tenant, row) } : null;
  }
}
