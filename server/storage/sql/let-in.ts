import { readMembership, writeIntervals } from './intervals.js';
import { findHeld } from './membership-changes.js';
import type { WriteContext } from './membership-changes.js';

/**
 * Opens an interval for each of these at the entry that lets them in, and takes their invitations away. Marks stay where they were when
 * somebody comes back: they only ever grow. Resolves to those who want not to be disturbed: what waits for them begins with this entry,
 * unless it is their own.
 */
export async function letIn(
  context: WriteContext,
  tenant: string,
  conversation: number,
  users: readonly string[],
  { seq, at, author }: { seq: number; at: number; author: string },
): Promise<ReadonlySet<string>> {
  const { db, locks } = context;
  await locks?.states(tenant, users);
  const held = await findHeld(context, tenant, users);
  const rows = await db
    .selectFrom('members')
    .select(['user_id', 'intervals', 'left_at', 'held_seq', 'held_at'])
    .where('tenant', '=', tenant)
    .where('conversation', '=', conversation)
    .where('user_id', 'in', users)
    .execute();
  const former = new Map(rows.map((row) => [row.user_id, row]));
  for (const user of users) {
    const before = former.get(user);
    const periods = before ? readMembership(before.intervals).intervals : [];
    const change = {
      joined: seq,
      left_at: null,
      intervals: writeIntervals([...periods, { from: seq, to: null }]),
      held_seq: null as number | null,
      held_at: null as number | null,
    };
    if (held.has(user)) {
      const own = user === author && (before?.held_seq ?? null) === null;
      change.held_seq = own ? seq : (before?.held_seq ?? periods.at(-1)?.to ?? 0);
      // Of who left while all of it waited, the leaving is no time at which they saw anything.
      const seenAt = (before?.held_seq ?? null) === null ? (before?.left_at ?? null) : (before?.held_at ?? null);
      change.held_at = own ? at : seenAt;
    }
    await db
      .insertInto('members')
      .values({ tenant, conversation, user_id: user, ...change, delivered: 0, read: 0 })
      .onConflict((conflict) => conflict.columns(['conversation', 'user_id']).doUpdateSet(change))
      .execute();
  }
  await db
    .deleteFrom('invitations')
    .where('tenant', '=', tenant)
    .where('conversation', '=', conversation)
    .where('user_id', 'in', users)
    .execute();
  return held;
}
