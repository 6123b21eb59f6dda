import type { DatabaseSync, StatementSync } from 'node:sqlite';
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
import { Rows } from './rows.js';
import type { Views } from './views.js';

/** What is asked of one conversation: its entries, its members, and how somebody stands to it. */
export class LogReader {
  readonly #views: Views;
  readonly #place: StatementSync;
  readonly #standing: StatementSync;
  readonly #entries: Rows<EntryRow>;
  readonly #members: Rows<MemberRow>;
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
    this.#entries = new Rows(
      db,
      'SELECT seq, cid, author, at, body FROM entries WHERE tenant = ? AND conversation = ? AND seq BETWEEN ? AND ? ORDER BY seq',
    );
    this.#members = new Rows(
      db,
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
    const rows = ranges.flatMap((range) => this.#entries.all(tenant, place.id, range.from, range.to));
    const entries = rows.map((row) => toEntry(uuid, row));
    return { entries, from, to, head: view.head, floor: view.floor };
  }

  standing(tenant: string, user: string, uuid: string): Circumstances {
    const row = this.#standing.get(user, tenant, uuid) as unknown as StandingRow | undefined;
    return row ? circumstances(row, user) : { standing: 'stranger', ended: false };
  }

  members(tenant: string, uuid: string, viewer?: string): Member[] {
    const rows = this.#members.all(tenant, uuid);
    const row = viewer === undefined ? undefined : rows.find((member) => member.user_id === viewer);
    const own = row ? { row, view: this.#views.of(tenant, row) } : null;
    if (viewer !== undefined && (!own || isUnknown(own.row, own.view))) return [];
    const asked = own && knowsOnlyThen(own) ? [] : this.#invited.all(tenant, uuid).map((found) => String(found['user_id']));
    return knownMembers(rows, own, asked);
  }
}
