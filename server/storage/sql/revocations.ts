import type { WriteContext } from './membership-changes.js';

/** Says to every node that the user is in the conversation no more; in the transaction that made it so (G13). */
export async function memberWent(
  { db }: Pick<WriteContext, 'db'>,
  gone: { tenant: string; conversation: string; user: string; at: number },
): Promise<void> {
  const { tenant, conversation, user, at } = gone;
  await db.insertInto('revocations').values({ tenant, kind: 'member', user_id: user, conversation, at }).execute();
}
