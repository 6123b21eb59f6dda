import type { Entry } from '#protocol';
import { LIMITS } from '#protocol/limits';
import type { Interval } from '../../domain/visibility.js';
import type { MemberChange, MembersChanged, Refused } from '../storage.js';
import { readMembership, writeIntervals } from './intervals.js';
import { activeMembers, findEarlier, findPlace, findUnknown } from './membership-changes.js';
import type { EntryDraft, WriteContext } from './membership-changes.js';

type Place = NonNullable<Awaited<ReturnType<typeof findPlace>>>;
type MemberBody = Extract<EntryDraft['body'], { kind: 'joined' | 'left' }>;

const STRANGER: Refused = { status: 'refused', standing: 'stranger', ended: false };

/** Adds people to a group; see `Storage.invite`. */
export async function invite(context: WriteContext, input: MemberChange & { users: readonly string[] }): Promise<MembersChanged> {
  const { tenant, author, conversation } = input;
  const named = [...new Set(input.users)];
  const request = { kind: 'joined', users: [...named].sort() };
  const place = await findPlace(context, tenant, author, conversation);
  if (!place || place.intervals === null) return STRANGER;
  const repeated = await findRepeated(context, place, input, request);
  if (repeated) return repeated;
  const refused = refusal(place);
  if (refused) return refused;
  if (place.kind === 'direct') return { status: 'direct' };
  const unknown = await findUnknown(context, tenant, named);
  if (unknown.length > 0) return { status: 'unknown-people', users: unknown };
  const known = await formerMembers(context, tenant, place.id, named);
  const users = named.filter((user) => !known.get(user)?.active);
  if (users.length === 0) return { status: 'unchanged', seq: place.head };
  if (place.member_count + users.length > LIMITS.membersPerConversation) return { status: 'full' };
  const entry = await write(context, place, input, { kind: 'joined', users }, request);
  for (const user of users) await letIn(context, tenant, place.id, user, known.get(user)?.intervals ?? [], entry.seq);
  return finish(context, place, tenant, entry, users, users.length);
}

/** Ends the author's interval; see `Storage.leave`. */
export async function leave(context: WriteContext, input: MemberChange): Promise<MembersChanged> {
  const { tenant, author, conversation } = input;
  const request = { kind: 'left', users: [author] };
  const place = await findPlace(context, tenant, author, conversation);
  if (!place || place.intervals === null) return STRANGER;
  const repeated = await findRepeated(context, place, input, request);
  if (repeated) return repeated;
  if (place.joined === null) return { status: 'refused', standing: 'left', ended: place.ended_seq !== null };
  if (place.kind === 'direct') return { status: 'direct' };
  const entry = await write(context, place, input, { kind: 'left', users: [author] }, request);
  const intervals = readMembership(place.intervals).intervals.map((interval) =>
    interval.to === null ? { ...interval, to: entry.seq } : interval,
  );
  await context.db
    .updateTable('members')
    .set({ joined: null, left_at: entry.at, intervals: writeIntervals(intervals) })
    .where('tenant', '=', tenant)
    .where('conversation', '=', place.id)
    .where('user_id', '=', author)
    .execute();
  return finish(context, place, tenant, entry, [author], -1);
}

function refusal(place: Place): Refused | null {
  if (place.joined !== null && place.ended_seq === null) return null;
  return { status: 'refused', standing: place.joined === null ? 'left' : 'member', ended: place.ended_seq !== null };
}

async function findRepeated(context: WriteContext, place: Place, input: MemberChange, request: unknown): Promise<MembersChanged | null> {
  const earlier = await findEarlier(context, input.tenant, place.id, input.author, input.cid, request);
  if (!earlier) return null;
  if (!earlier.equal) return { status: 'conflict' };
  const { seq, cid, author, at, body } = earlier.row;
  return {
    status: 'duplicate',
    entry: { conversation: input.conversation, seq, cid, author, at, body: JSON.parse(body) as Entry['body'] },
  };
}

async function formerMembers({ db }: WriteContext, tenant: string, conversation: number, users: readonly string[]) {
  const rows = await db
    .selectFrom('members')
    .select(['user_id', 'joined', 'intervals'])
    .where('tenant', '=', tenant)
    .where('conversation', '=', conversation)
    .where('user_id', 'in', users)
    .execute();
  return new Map(rows.map((row) => [row.user_id, { active: row.joined !== null, intervals: readMembership(row.intervals).intervals }]));
}

async function write(context: WriteContext, place: Place, input: MemberChange, body: MemberBody, request: unknown): Promise<Entry> {
  const { tenant, author, cid, conversation } = input;
  const log = { id: place.id, tenant, uuid: conversation, head: place.head, chain: place.chain, updatedAt: place.updated_at };
  const written = await context.write(log, { author, cid, body, request });
  if (!written) throw new Error('the cid was free a moment ago, in the same transaction');
  return { conversation, seq: written.seq, cid, author, at: written.at, body };
}

/** Marks stay where they were when somebody comes back: they only ever grow. */
async function letIn(
  { db }: WriteContext,
  tenant: string,
  conversation: number,
  user: string,
  former: readonly Interval[],
  seq: number,
): Promise<void> {
  const intervals = writeIntervals([...former, { from: seq, to: null }]);
  await db
    .insertInto('members')
    .values({ tenant, conversation, user_id: user, joined: seq, left_at: null, intervals, delivered: 0, read: 0 })
    .onConflict((conflict) => conflict.columns(['conversation', 'user_id']).doUpdateSet({ joined: seq, left_at: null, intervals }))
    .execute();
}

async function finish(
  context: WriteContext,
  place: Place,
  tenant: string,
  entry: Entry,
  users: string[],
  more: number,
): Promise<MembersChanged> {
  await context.db
    .updateTable('conversations')
    .set({ member_count: place.member_count + more })
    .where('tenant', '=', tenant)
    .where('id', '=', place.id)
    .execute();
  const concerned = new Set([...(await activeMembers(context, tenant, place.id)), ...users]);
  return { status: 'appended', entry, users, revised: await context.revise(tenant, [...concerned]) };
}
