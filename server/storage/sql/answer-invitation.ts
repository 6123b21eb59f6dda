import { LIMITS } from '#protocol/limits';
import type { MemberChange, MembersChanged } from '../storage.js';
import { countMembers } from './change-members.js';
import { letIn } from './let-in.js';
import type { WriteContext } from './membership-changes.js';
import { conclude, enter, write } from './place.js';

/** Takes an invitation up; see `Storage.join`. */
export async function join(context: WriteContext, input: MemberChange): Promise<MembersChanged> {
  const { tenant, author } = input;
  const request = { kind: 'join' };
  const entered = await enter(context, 'conversation:join', input, request);
  if ('answer' in entered) return entered.answer;
  const { place } = entered;
  if (place.joined !== null) return { status: 'unchanged', seq: place.joined };
  if (place.member_count >= LIMITS.membersPerConversation) return { status: 'full' };
  const entry = await write(context, place, input, { kind: 'joined', users: [author] }, request);
  await letIn(context, tenant, place.id, [author], entry);
  await countMembers(context, tenant, place, 1);
  return conclude(context, place, input, entry, { users: [author], listed: [author], asked: [author] });
}

/** Turns an invitation down; see `Storage.decline`. */
export async function decline(context: WriteContext, input: MemberChange): Promise<MembersChanged> {
  const { tenant, author } = input;
  const request = { kind: 'decline' };
  const entered = await enter(context, 'conversation:decline', input, request);
  if ('answer' in entered) return entered.answer;
  const { place } = entered;
  const entry = await write(context, place, input, { kind: 'declined' }, request);
  await context.db
    .deleteFrom('invitations')
    .where('tenant', '=', tenant)
    .where('conversation', '=', place.id)
    .where('user_id', '=', author)
    .execute();
  return conclude(context, place, input, entry, { asked: [author] });
}
