import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { firstVisible, lastVisible, viewOf, visibleTo } from '../../domain/visibility.js';
import type { SeqRange, View } from '../../domain/visibility.js';
import { readMembership } from '../sql/intervals.js';
import type { ViewedRow } from '../sql/viewed-row.js';

const DAY = 86_400_000;

/**
 * What members see of their logs, by the rows that say it. Where the tenant hides old entries, the first that is young enough is looked
 * for among the visible ones: `at` never goes down in a log, so halving finds it. No index is kept for that; it would cost every message.
 */
export class Views {
  readonly #days: StatementSync;
  readonly #at: StatementSync;
  readonly #now: () => number;

  constructor(db: DatabaseSync, now: () => number = Date.now) {
    this.#days = db.prepare("SELECT policies ->> '$.visibleDays' AS days FROM tenants WHERE tenant = ?");
    this.#at = db.prepare('SELECT at FROM entries WHERE tenant = ? AND conversation = ? AND seq = ?');
    this.#now = now;
  }

  /** The time before which the tenant shows nothing; null where everything is shown. */
  horizon(tenant: string): number | null {
    const days = this.#days.get(tenant)?.['days'];
    return typeof days === 'number' ? this.#now() - days * DAY : null;
  }

  of(tenant: string, row: ViewedRow, horizon: number | null = this.horizon(tenant)): View {
    const membership = readMembership(row.intervals);
    const to = row.held_seq ?? undefined;
    if (horizon === null) return viewOf(membership, row.head, { to });
    const from = this.#firstSince(tenant, row.id, visibleTo(membership, row.head, { to }), horizon);
    return viewOf(membership, row.head, { from, to });
  }

  /** Undefined when nothing visible is that old. */
  #firstSince(tenant: string, conversation: number, ranges: readonly SeqRange[], horizon: number): number | undefined {
    const isYoung = (seq: number): boolean => Number(this.#at.get(tenant, conversation, seq)?.['at']) >= horizon;
    let old = firstVisible(ranges);
    let young = lastVisible(ranges) + 1;
    if (old === 0 || isYoung(old)) return undefined;
    if (!isYoung(young - 1)) return young;
    while (young - old > 1) {
      const middle = old + Math.floor((young - old) / 2);
      if (isYoung(middle)) young = middle;
      else old = middle;
    }
    return young;
  }
}
