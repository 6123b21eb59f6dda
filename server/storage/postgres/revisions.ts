import type { Revised } from '../storage.js';
import type { Session } from './database.js';

/** Locks the states of these users, in their order so that no two transactions wait for each other; who has none gets one. */
export async function lockStates({ query }: Session, tenant: string, users: readonly string[]): Promise<void> {
  if (users.length === 0) return;
  await Promise.all([
    query(
      `INSERT INTO user_states (tenant, user_id, revision) SELECT $1, u, 0 FROM unnest($2::text[]) u ORDER BY u COLLATE "C"
       ON CONFLICT (tenant, user_id) DO NOTHING`,
      [tenant, users],
    ),
    query('SELECT 1 FROM user_states WHERE tenant = $1 AND user_id = ANY($2::text[]) ORDER BY user_id FOR UPDATE', [tenant, users]),
  ]);
}

/** Gives each of the users the next revision of their state, in the transaction that changes it. */
export async function revise({ query }: Session, tenant: string, users: readonly string[]): Promise<Revised[]> {
  if (users.length === 0) return [];
  const rows = await query<Revised>(
    `INSERT INTO user_states AS s (tenant, user_id, revision) SELECT $1, u, 1 FROM unnest($2::text[]) u ORDER BY u COLLATE "C"
     ON CONFLICT (tenant, user_id) DO UPDATE SET revision = s.revision + 1, changed = excluded.changed
     RETURNING s.user_id AS "user", s.revision`,
    [tenant, users],
  );
  const revisions = new Map(rows.map(({ user, revision }) => [user, revision]));
  return users.map((user) => ({ user, revision: revisions.get(user) ?? 0 }));
}

export async function bump(session: Session, tenant: string, user: string): Promise<number> {
  const [revised] = await revise(session, tenant, [user]);
  return revised?.revision ?? 0;
}
