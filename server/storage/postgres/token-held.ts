import { ParleyError } from '#protocol/errors';
import type { Acting } from '../acting.js';
import type { Session } from './session.js';

/** One number for the tokens of a user, in the space of advisory locks; $1 is the tenant. */
export const tokenLock = (user: string): string => `hashtextextended($1 || ' ' || ${user}, 0)`;

/** Until the end of this transaction no revocation of theirs is answered; several may hold them so at once. */
export async function tokensHeld({ query }: Session, tenant: string, users: readonly string[]): Promise<void> {
  await query(`SELECT pg_advisory_xact_lock_shared(${tokenLock('u')}) FROM unnest($2::text[]) u`, [tenant, users]);
}

export async function readTokensSince({ query }: Session, tenant: string, user: string): Promise<number> {
  const [row] = await query<{ at: number | null }>(
    "SELECT max(at) AS at FROM revocations WHERE tenant = $1 AND user_id = $2 AND kind = 'tokens'",
    [tenant, user],
  );
  return row?.at ?? 0;
}

/** To be called before what they write: then that is before a revocation, or refused with UNAUTHENTICATED. */
export async function tokenHeld(session: Session, { tenant, user, issuedAt }: Acting): Promise<void> {
  const [, since] = await Promise.all([tokensHeld(session, tenant, [user]), readTokensSince(session, tenant, user)]);
  if (issuedAt <= since) throw new ParleyError('UNAUTHENTICATED');
}
