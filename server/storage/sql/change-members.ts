import { LIMITS } from '#protocol/limits';
import type { JoinPolicy, MemberChange, MembersChanged } from '../storage.js';
import { readMembership, writeIntervals } from './intervals.js';
import { letIn } from './let-in.js';
import { findUnknown, invitedUsers } from './membership-changes.js';
import type { Place, WriteContext } from './membership-changes.js';
import { conclude, enter, write } from './place.js';
import { memberWent } from './revocations.js';

type Invitation = MemberChange & { users: readonly string[]; join?: JoinPolicy };

/** Adds people to a group, or asks them; see `Storage.invite`. */
export async function invite(context: WriteContext, input: Invitation): Promise<MembersChanged> {
  const { tenant, join = 'direct' } = input;
  const named = [...new Set(input.users)];
  // What was asked for is the same whatever the policy was then.
  const request = { kind: 'joined', users: [...named].sort() };
  const entered = await enter(context, 'conversation:invite', input, request);
  if ('answer' in entered) return entered.answer;
  const { place } = entered;
  if (place.kind === 'direct') return { status: 'direct' };
  const unknown = await findUnknown(context, tenant, named);
  if (unknown.length > 0) return { status: 'unknown-people', users: unknown };
  const active = await membersAmong(context, tenant, place.id, named);
  const invited = new Set(await invitedUsers(context, tenant, place.id));
  const users = named.filter((user) => !active.has(user) && !(join === 'invite' && invited.has(user)));
  if (users.length === 0) return { status: 'unchanged', seq: place.head };
  // Who was asked has a place kept: otherwise more could be asked than can join.
  const places = place.member_count + invited.size + users.filter((user) => !invited.has(user)).length;
  if (places > LIMITS.membersPerConversation) return { status: 'full' };
  return join === 'direct' ? add(context, place, input, { users, invited, request }) : ask(context, place, input, { users, request });
}

/** Ends the author's interval; see `Storage.leave`. */
export async function leave(context: WriteContext, input: MemberChange): Promise<MembersChanged> {
  const { tenant, author } = input;
  const request = { kind: 'left', users: [author] };
  const entered = await enter(context, 'conversation:leave', input, request);
  if ('answer' in entered) return entered.answer;
  const { place } = entered;
  if (place.kind === 'direct') return { status: 'direct' };
  const { intervals: before } = readMembership(place.intervals ?? '[]');
  if (place.joined === null) return { status: 'unchanged', seq: before.at(-1)?.to ?? place.head };
  const entry = await write(context, place, input, { kind: 'left', users: [author] }, request);
  const intervals = before.map((interval) => (interval.to === null ? { ...interval, to: entry.seq } : interval));
  await context.db
    .updateTable('members')
    .set({ joined: null, left_at: entry.at, intervals: writeIntervals(intervals) })
    .where('tenant', '=', tenant)
    .where('conversation', '=', place.id)
    .where('user_id', '=', author)
    .execute();
  await memberWent(context, { tenant, conversation: input.conversation, user: author, at: entry.at });
  await countMembers(context, tenant, place, -1);
  await showOwn(context, place, input, entry);
  return conclude(context, place, input, entry, { users: [author], listed: [author] });
}

/**
 * What somebody does while they want not to be disturbed is no disturbance: it is shown to them where nothing else waits before it.
 * Where something does, it waits too, because what they see of a log has no holes.
 */
export async function showOwn(
  { db }: WriteContext,
  place: Place,
  { tenant, author }: MemberChange,
  entry: { seq: number; at: number },
): Promise<void> {
  if (place.held_seq !== entry.seq - 1) return;
  await db
    .updateTable('members')
    .set({ held_seq: entry.seq, held_at: entry.at })
    .where('tenant', '=', tenant)
    .where('conversation', '=', place.id)
    .where('user_id', '=', author)
    .execute();
}

export async function countMembers({ db }: WriteContext, tenant: string, place: Place, more: number): Promise<void> {
  await db
    .updateTable('conversations')
    .set({ member_count: place.member_count + more })
    .where('tenant', '=', tenant)
    .where('id', '=', place.id)
    .execute();
}

async function add(
  context: WriteContext,
  place: Place,
  input: Invitation,
  { users, invited, request }: { users: string[]; invited: ReadonlySet<string>; request: unknown },
): Promise<MembersChanged> {
  const entry = await write(context, place, input, { kind: 'joined', users }, request);
  const held = await letIn(context, input.tenant, place.id, users, entry);
  await countMembers(context, input.tenant, place, users.length);
  const asked = users.filter((user) => invited.has(user));
  return conclude(context, place, input, entry, { users, listed: users.filter((user) => !held.has(user)), asked });
}

async function ask(
  context: WriteContext,
  place: Place,
  input: Invitation,
  { users, request }: { users: string[]; request: unknown },
): Promise<MembersChanged> {
  const entry = await write(context, place, input, { kind: 'invited', users }, request);
  await invitePeople(context, input.tenant, place.id, users, entry);
  return conclude(context, place, input, entry, { asked: users });
}

export async function invitePeople(
  { db }: WriteContext,
  tenant: string,
  conversation: number,
  users: readonly string[],
  { author, at }: { author: string; at: number },
): Promise<void> {
  const rows = users.map((user) => ({ tenant, conversation, user_id: user, inviter: author, invited_at: at }));
  await db.insertInto('invitations').values(rows).execute();
}

async function membersAmong(
  { db }: WriteContext,
  tenant: string,
  conversation: number,
  users: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('members')
    .select('user_id')
    .where('tenant', '=', tenant)
    .where('conversation', '=', conversation)
    .where('user_id', 'in', users)
    .where('joined', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.user_id));
}
