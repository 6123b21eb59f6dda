import type { Revocations } from '../revocation-storage.js';
import type { WriteContext } from './membership-changes.js';

/** Says to every node that the user is in the conversation no more; in the transaction that made it so (G13). */
export async function memberWent(
  { db }: Pick<WriteContext, 'db'>,
  gone: { tenant: string; conversation: string; user: string; at: number },
): Promise<void> {
  const { tenant, conversation, user, at } = gone;
  await db.insertInto('revocations').values({ tenant, kind: 'member', user_id: user, conversation, at }).execute();
}

/** A row as both engines give it; see `RevocationsTable`. */
export interface RevocationRow {
  tenant: string;
  kind: 'tokens' | 'member' | 'person' | 'tenant';
  user: string;
  conversation: string;
  at: number;
}

export function sortRevocations(cursor: string, rows: readonly RevocationRow[]): Revocations {
  const revocations: Revocations = { cursor, users: [], members: [], people: [], tenants: [] };
  for (const { tenant, kind, user, conversation, at } of rows) {
    if (kind === 'tokens') revocations.users.push({ tenant, user, at });
    else if (kind === 'member') revocations.members.push({ tenant, conversation, user });
    else if (kind === 'person') revocations.people.push({ tenant, user });
    else revocations.tenants.push(tenant);
  }
  return revocations;
}
