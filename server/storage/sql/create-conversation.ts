import { randomUUID } from 'node:crypto';
import { ParleyError } from '#protocol/errors';
import { LIMITS } from '#protocol/limits';
import { GENESIS } from '../../domain/chain.js';
import type { Created, NewConversation } from '../storage.js';
import { writeIntervals } from './intervals.js';
import { findEarlier, findUnknown } from './membership-changes.js';
import type { WriteContext } from './membership-changes.js';

/** Starts a conversation, or finds the one that is meant; see `Storage.createConversation`. */
export async function createConversation(context: WriteContext, input: NewConversation): Promise<Created> {
  const { tenant, author, cid, kind, title } = input;
  const others = [...new Set(input.members)].filter((user) => user !== author);
  requireFit(kind, others);
  const request = { kind, members: [...others].sort(), title };
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
  const unknown = await findUnknown(context, tenant, others);
  if (unknown.length > 0) return { status: 'unknown-people', users: unknown };
  return insert(context, input, { users, pair, title: kind === 'group' ? title : undefined, cid, request });
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
  users: string[];
  pair: string | null;
  title: string | undefined;
  cid: string;
  request: unknown;
}

async function insert(
  context: WriteContext,
  { tenant, author, kind }: NewConversation,
  { users, pair, title, cid, request }: Plan,
): Promise<Created> {
  const { db } = context;
  const uuid = randomUUID();
  const row = {
    tenant,
    uuid,
    kind,
    title: title ?? null,
    pair,
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
  const member = { tenant, conversation: id, joined: 1, left_at: null, intervals, delivered: 0, read: 0 };
  await db
    .insertInto('members')
    .values(users.map((user) => ({ ...member, user_id: user })))
    .execute();
  const body = { kind: 'started' as const, users, ...(title === undefined ? {} : { title }) };
  const written = await context.write({ id, tenant, uuid, head: 0, chain: GENESIS, updatedAt: 0 }, { author, cid, body, request });
  if (!written) throw new Error('a new conversation has no entries');
  const revised = await context.revise(tenant, users);
  return {
    status: 'created',
    conversation: uuid,
    entry: { conversation: uuid, seq: written.seq, cid, author, at: written.at, body },
    revised,
  };
}
