import { randomUUID } from 'node:crypto';
import { ParleyError } from '#protocol/errors';
import { LIMITS } from '#protocol/limits';
import { GENESIS } from '../../domain/chain.js';
import { verdict } from '../../domain/permissions.js';
import type { Circumstances } from '../../domain/permissions.js';
import type { Created, NewConversation } from '../storage.js';
import { invitePeople } from './change-members.js';
import { writeIntervals } from './intervals.js';
import { findEarlier, findHeld, findUnknown } from './membership-changes.js';
import type { WriteContext } from './membership-changes.js';

/** Starts a conversation, or finds the one that is meant; see `Storage.createConversation`. */
export async function createConversation(context: WriteContext, input: NewConversation): Promise<Created> {
  const { tenant, author, kind, title, description } = input;
  const others = [...new Set(input.members)].filter((user) => user !== author);
  requireFit(kind, others);
  const request = { kind, members: [...others].sort(), title, description };
  const repeated = await findRepeated(context, input, request);
  if (repeated) return repeated;
  const users = [author, ...others];
  const pair = kind === 'direct' ? JSON.stringify([...users].sort()) : null;
  if (pair !== null) {
    const found = await context.db
      .selectFrom('conversations')
      .select('uuid')
      .where('tenant', '=', tenant)
      .where('pair', '=', pair)
      .executeTakeFirst();
    if (found) return { status: 'found', conversation: found.uuid };
  }
  const held = await findHeld(context, tenant, users);
  // What is there already was found: that is reading.
  const asked: Circumstances = {
    standing: 'stranger',
    ended: false,
    ...(held.has(author) ? { dnd: true } : {}),
    ...(input.initiate === false ? { barred: true } : {}),
  };
  if (verdict('conversation:create', asked) !== 'allow') return { status: 'refused', ...asked };
  const unknown = await findUnknown(context, tenant, others);
  if (unknown.length > 0) return { status: 'unknown-people', users: unknown };
  const joining = kind === 'group' && input.join === 'invite' ? [author] : users;
  return insert(context, input, joining, { others, pair, held: await heldNow(context, tenant, users, held), request });
}

/** Where others may have changed it since it was read, it is read again behind a lock: from here on it stays so. */
async function heldNow(context: WriteContext, tenant: string, users: readonly string[], read: ReadonlySet<string>) {
  if (!context.locks) return read;
  await context.locks.states(tenant, users);
  return findHeld(context, tenant, users);
}

function requireFit(kind: NewConversation['kind'], others: readonly string[]): void {
  if (others.length === 0) throw new ParleyError('INVALID', 'a conversation needs somebody else');
  if (kind === 'direct' && others.length !== 1) throw new ParleyError('INVALID', 'a direct conversation has exactly one other person');
  if (others.length >= LIMITS.membersPerConversation) throw new ParleyError('CONVERSATION_FULL');
}

async function findRepeated(context: WriteContext, { tenant, author, cid }: NewConversation, request: unknown): Promise<Created | null> {
  const made = await context.db
    .selectFrom('conversations')
    .select(['id', 'uuid'])
    .where('tenant', '=', tenant)
    .where('creator', '=', author)
    .where('cid', '=', cid)
    .executeTakeFirst();
  if (!made) return null;
  const earlier = await findEarlier(context, tenant, made.id, author, cid, request);
  return earlier?.equal ? { status: 'found', conversation: made.uuid } : { status: 'conflict' };
}

interface Plan {
  others: readonly string[];
  pair: string | null;
  /** Those of them who want not to be disturbed. */
  held: ReadonlySet<string>;
  request: unknown;
}

/** `users` are in from the start; the others are asked. */
async function insert(context: WriteContext, input: NewConversation, users: string[], plan: Plan): Promise<Created> {
  const { db } = context;
  const { tenant, author, cid, kind } = input;
  const { title, description } = kind === 'group' ? input : {};
  const uuid = randomUUID();
  const row = {
    tenant,
    uuid,
    kind,
    title: title ?? null,
    description: description ?? null,
    pair: plan.pair,
    creator: author,
    cid,
    head: 0,
    chain: GENESIS,
    member_count: users.length,
    updated_at: 0,
  };
  const { id } = await db
    .insertInto('conversations')
    .values({ ...row, ended_seq: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  const intervals = writeIntervals([{ from: 1, to: null }]);
  const member = { tenant, conversation: id, joined: 1, left_at: null, intervals, held_at: null, delivered: 0, read: 0 };
  await db
    .insertInto('members')
    .values(users.map((user) => ({ ...member, user_id: user, held_seq: plan.held.has(user) ? 0 : null })))
    .execute();
  const invited = plan.others.filter((user) => !users.includes(user));
  const body = {
    kind: 'started' as const,
    users,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(invited.length === 0 ? {} : { invited }),
  };
  const log = { id, tenant, uuid, head: 0, chain: GENESIS, updatedAt: 0 };
  const written = await context.write(log, { author, cid, body, request: plan.request });
  if (!written) throw new Error('a new conversation has no entries');
  const entry = { conversation: uuid, seq: written.seq, cid, author, at: written.at, body };
  if (invited.length > 0) await invitePeople(context, tenant, id, invited, entry);
  const attending = (some: readonly string[]): string[] => some.filter((user) => !plan.held.has(user));
  return {
    status: 'created',
    conversation: uuid,
    entry,
    invitations: await context.revise(tenant, attending(invited)),
    revised: await context.revise(tenant, attending(users)),
    held: users.filter((user) => plan.held.has(user)),
  };
}
