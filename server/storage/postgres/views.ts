import { firstVisible, lastVisible, viewOf, visibleTo } from '../../domain/visibility.js';
import type { View } from '../../domain/visibility.js';
import { readMembership } from '../sql/intervals.js';
import type { ViewedRow } from '../sql/viewed-row.js';
import type { Session } from './database.js';

const DAY = 86_400_000;

/** The time before which the tenant shows nothing; null where everything is shown. */
export async function horizonOf({ query }: Session, tenant: string, now: number): Promise<number | null> {
  const [row] = await query<{ policies: string }>('SELECT policies FROM tenants WHERE tenant = $1', [tenant]);
  const days = row && (JSON.parse(row.policies) as { visibleDays?: unknown }).visibleDays;
  return typeof days === 'number' ? now - days * DAY : null;
}

/** What members see of their logs, by the rows that say it and in their order: one statement at most, however many they are. */
export async function viewsOf({ query }: Session, rows: readonly ViewedRow[], horizon: number | null): Promise<View[]> {
  const memberships = rows.map((row) => ({ row, membership: readMembership(row.intervals), to: row.held_seq ?? undefined }));
  if (horizon === null || rows.length === 0) return memberships.map(({ row, membership, to }) => viewOf(membership, row.head, { to }));
  const visible = memberships.map(({ row, membership, to }) => visibleTo(membership, row.head, { to }));
  const found = await query<{ first: number | null }>(
    `SELECT first_since(w.id, w.low, w.high, $4) AS first
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS w(id, low, high, place) ORDER BY w.place`,
    [rows.map(({ id }) => id), visible.map(firstVisible), visible.map(lastVisible), horizon],
  );
  return memberships.map(({ row, membership, to }, index) => viewOf(membership, row.head, { from: found[index]?.first ?? undefined, to }));
}

export async function viewOfRow(session: Session, row: ViewedRow, horizon: number | null): Promise<View> {
  const [view] = await viewsOf(session, [row], horizon);
  if (!view) throw new Error('there is a view for each row');
  return view;
}
