import type { Session } from './database.js';

/* What every node must act on within a second (G13), each written in the transaction of the change itself. */

/** A clock that was set back takes nothing back. */
export async function tokensRevoked({ query }: Session, tenant: string, user: string, now: number): Promise<void> {
  await query(
    `INSERT INTO revocations (tenant, kind, user_id, at)
     SELECT $1, 'tokens', $2, greatest($3::bigint, max(at)) FROM revocations WHERE tenant = $1 AND user_id = $2 AND kind = 'tokens'`,
    [tenant, user, now],
  );
}

export async function peopleChanged({ query }: Session, tenant: string, users: readonly string[], now: number): Promise<void> {
  if (users.length === 0) return;
  await query("INSERT INTO revocations (tenant, kind, user_id, at) SELECT $1, 'person', u, $3 FROM unnest($2::text[]) u", [
    tenant,
    users,
    now,
  ]);
}

export async function tenantChanged({ query }: Session, tenant: string, now: number): Promise<void> {
  await query("INSERT INTO revocations (tenant, kind, at) VALUES ($1, 'tenant', $2)", [tenant, now]);
}
