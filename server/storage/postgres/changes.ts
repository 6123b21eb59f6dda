import type { Changes } from '../storage.js';
import type { Session } from './database.js';

/**
 * What became visible since a cursor, which is a snapshot: it says which transactions had committed. Numbers that rows are given would not
 * do, because they are given before the commit and commits come in another order; so each row says which transaction wrote it, and what
 * the snapshot of before did not see is new. Nothing is missed and nothing named twice, whoever writes meanwhile (reliability 1.5).
 */
export const SINCE = (column: string): string =>
  `${column} >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot(${column}, $1::pg_snapshot)`;

/** The cursor of this transaction, which has to see one moment. */
export async function cursorOf({ query }: Session): Promise<string> {
  const [row] = await query<{ cursor: string }>('SELECT pg_current_snapshot()::text AS cursor');
  return row?.cursor ?? '';
}

/** See `Storage.changesSince`. */
export async function readChanges(session: Session, cursor: string | null): Promise<Changes> {
  if (cursor === null) return { cursor: await cursorOf(session), heads: [], users: [] };
  const [next, heads, users] = await Promise.all([
    cursorOf(session),
    session.query<Changes['heads'][number]>(
      // As an array, or the planner walks all conversations and looks into each.
      `SELECT c.tenant, c.uuid AS conversation, c.head FROM conversations c
       WHERE c.id = ANY(ARRAY(SELECT DISTINCT e.conversation FROM entries e WHERE ${SINCE('e.xid')}))`,
      [cursor],
    ),
    session.query<Changes['users'][number]>(`SELECT tenant, user_id AS "user", revision FROM user_states WHERE ${SINCE('changed')}`, [
      cursor,
    ]),
  ]);
  return { cursor: next, heads, users };
}
