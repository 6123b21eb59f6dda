import { setTimeout as delay } from 'node:timers/promises';
import type { RevocationStorage, Revocations } from '../revocation-storage.js';
import { sortRevocations } from '../sql/revocations.js';
import type { RevocationRow } from '../sql/revocations.js';
import { writeAudit } from './audit-writer.js';
import { SINCE, cursorOf } from './changes.js';
import type { Database, Session } from './database.js';
import { readTokensSince, tokenLock } from './token-held.js';

/* What every node must act on within a second (G13), each written in the transaction of the change itself. */

/** A clock that was set back takes nothing back. `sendsEnded` is to follow. */
export async function tokensRevoked({ query }: Session, tenant: string, user: string, now: number): Promise<void> {
  await query(
    `INSERT INTO revocations (tenant, kind, user_id, at)
     SELECT $1, 'tokens', $2, greatest($3::bigint, max(at)) FROM revocations WHERE tenant = $1 AND user_id = $2 AND kind = 'tokens'`,
    [tenant, user, now],
  );
}

/** ms for those who are in the middle of writing something of theirs. */
const FINISHING = 500;
const PAUSE = 25;

/** Ends the connections that hold the tokens of a user and wait for nothing but their node. */
const END_IDLE = `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid AND a.datid = l.database
  WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.pid <> pg_backend_pid() AND a.datname = current_database()
    AND ((l.classid::bigint << 32) | l.objid::bigint) = ${tokenLock('$2')}
    AND a.state = 'idle in transaction' AND a.state_change < clock_timestamp() - interval '${FINISHING / 2} milliseconds'`;

/**
 * Once somebody's revocation is committed: resolves when nothing of theirs can be written any more. Who was in the middle of it is waited for;
 * of a node that stands still in it the transaction is ended, or it would hold up the answer and write something when it goes on (G13).
 */
export async function sendsEnded(database: Database, tenant: string, user: string): Promise<void> {
  await database.write(tenant, async ({ query }) => {
    for (const end = performance.now() + FINISHING; performance.now() < end; await delay(PAUSE)) {
      const [held] = await query<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock(${tokenLock('$2')}) AS free`, [tenant, user]);
      if (held?.free) return;
    }
    await query(END_IDLE, [tenant, user]);
    await query(`SELECT pg_advisory_xact_lock(${tokenLock('$2')})`, [tenant, user]);
  });
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
    revokeUser: async (tenant, user, record) => {
      // Of the first run: a second one must not refuse the tokens that were made since.
      const at = now();
      await database.write(tenant, async (session, call) => {
        if (record) await writeAudit(session, tenant, record, { call, now: at });
        await tokensRevoked(session, tenant, user, at);
      });
      await sendsEnded(database, tenant, user);
    },
    tokensSince: (tenant, user) => database.read(tenant, (session) => readTokensSince(session, tenant, user)),
    revocationsSince: (cursor) => database.read(null, (session) => readRevocations(session, cursor)),
  };
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
