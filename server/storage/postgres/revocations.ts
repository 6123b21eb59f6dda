import type { RevocationStorage, Revocations } from '../revocation-storage.js';
import { sortRevocations } from '../sql/revocations.js';
import type { RevocationRow } from '../sql/revocations.js';
import { writeAudit } from './audit-writer.js';
import { SINCE, cursorOf } from './changes.js';
import type { Database, Session } from './database.js';

/* What every node must act on within a second (G13), each written in the transaction of the change itself. */

/** One number for the tokens of a user, in the space of advisory locks. */
const LOCK = (user: string): string => `hashtextextended($1 || ' ' || ${user}, 0)`;

/** Until the end of this transaction nobody of them is revoked; several may hold them so at once. */
export async function tokensHeld({ query }: Session, tenant: string, users: readonly string[]): Promise<void> {
  await query(`SELECT pg_advisory_xact_lock_shared(${LOCK('u')}) FROM unnest($2::text[]) u`, [tenant, users]);
}

/**
 * Waits for the transactions that hold them: a node that stood still in the middle of one goes on before this, or is refused. A clock that was
 * set back takes nothing back.
 */
export async function tokensRevoked({ query }: Session, tenant: string, user: string, now: number): Promise<void> {
  await query(`SELECT pg_advisory_xact_lock(${LOCK('$2')})`, [tenant, user]);
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

/** See `RevocationStorage`. */
export function revocationVerbs(database: Database, now: () => number): RevocationStorage {
  return {
    revokeUser: (tenant, user, record) =>
      database.write(tenant, async (session) => {
        if (record) await writeAudit(session, tenant, record, now());
        await tokensRevoked(session, tenant, user, now());
      }),
    tokensSince: (tenant, user) => database.read(tenant, (session) => readTokensSince(session, tenant, user)),
    revocationsSince: (cursor) => database.read(null, (session) => readRevocations(session, cursor)),
  };
}

async function readTokensSince({ query }: Session, tenant: string, user: string): Promise<number> {
  const [row] = await query<{ at: number | null }>(
    "SELECT max(at) AS at FROM revocations WHERE tenant = $1 AND user_id = $2 AND kind = 'tokens'",
    [tenant, user],
  );
  return row?.at ?? 0;
}

async function readRevocations(session: Session, cursor: string | null): Promise<Revocations> {
  if (cursor === null) return sortRevocations(await cursorOf(session), []);
  const [next, rows] = await Promise.all([
    cursorOf(session),
    session.query<RevocationRow>(
      `SELECT tenant, kind, user_id AS "user", conversation, at FROM revocations WHERE ${SINCE('xid')} ORDER BY id`,
      [cursor],
    ),
  ]);
  return sortRevocations(next, rows);
}
