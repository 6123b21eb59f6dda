import type { MemberChange, MembersChanged } from '../storage.js';
import { countMembers, showOwn } from './change-members.js';
import type { Place, WriteContext } from './membership-changes.js';
import { conclude, enter, write } from './place.js';
import { memberWent } from './revocations.js';

/**
 * Takes somebody out of a group; see `Storage.removeMember`. Their row goes as a whole, with the periods and marks in it, so that no way of
 * reading has to think of who was removed. That they were in, and from when to when, the log says for ever.
 */
export async function removeMember(
  context: WriteContext,
  input: MemberChange & { user: string; admin?: boolean },
): Promise<MembersChanged> {
  const { tenant, conversation, user } = input;
  const body = { kind: 'removed' as const, users: [user] };
  const entered = await enter(context, 'conversation:remove', input, body);
  if ('answer' in entered) return entered.answer;
  const { place } = entered;
  if (place.kind === 'direct') return { status: 'direct' };
  const { member, asked } = await presenceIn(context, tenant, place, user);
  if (!member && !asked) return { status: 'unchanged', seq: place.head };
  const entry = await write(context, place, input, body, body);
  for (const table of ['members', 'invitations'] as const)
    await context.db
      .deleteFrom(table)
      .where('tenant', '=', tenant)
      .where('conversation', '=', place.id)
      .where('user_id', '=', user)
      .execute();
  if (member) {
    await countMembers(context, tenant, place, -1);
    await memberWent(context, { tenant, conversation, user, at: entry.at });
  }
  await showOwn(context, place, input, entry);
  return conclude(context, place, input, entry, { users: member ? [user] : [], listed: member ? [user] : [], asked: asked ? [user] : [] });
}

/** Whether they are in now, or asked. */
async function presenceIn({ db }: WriteContext, tenant: string, { id }: Place, user: string): Promise<{ member: boolean; asked: boolean }> {
  const member = await db
    .selectFrom('members')
    .select('joined')
    .where('tenant', '=', tenant)
    .where('conversation', '=', id)
    .where('user_id', '=', user)
    .where('joined', 'is not', null)
    .executeTakeFirst();
  const invitation = await db
    .selectFrom('invitations')
    .select('inviter')
    .where('tenant', '=', tenant)
    .where('conversation', '=', id)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return { member: member !== undefined, asked: invitation !== undefined };
}
