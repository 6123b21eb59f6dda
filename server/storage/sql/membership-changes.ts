import type { Kysely } from 'kysely';
import type { EntryBody } from '#protocol';
import { canonicalJson } from '../../domain/canonical-json.js';
import { commitment, same } from '../../domain/chain.js';
import type { Revised } from '../storage.js';
import type { Tables } from './schema.js';

/** Where a conversation's log ends, read in the transaction that goes on writing it. */
export interface LogPosition {
  id: number;
  tenant: string;
  uuid: string;
  head: number;
  chain: Uint8Array;
  updatedAt: number;
}

export interface EntryDraft {
  author: string;
  cid: string;
  body: Exclude<EntryBody, { kind: 'unknown' }>;
  /** What was asked for, where the body does not tell it: a repeated command is compared with this. */
  request?: unknown;
}

export interface WrittenEntry {
  seq: number;
  at: number;
}

type Eventually<T> = T | Promise<T>;

/** What an engine lends to the changes of membership that engines share. All of it happens in the one transaction of the command. */
export interface WriteContext {
  db: Kysely<Tables>;
  /** Null when the author has used the cid in this conversation before. */
  write(log: LogPosition, draft: EntryDraft): Eventually<WrittenEntry | null>;
  /** Gives each of the users the next revision of their state. */
  revise(tenant: string, users: readonly string[]): Eventually<Revised[]>;
  /** Absent where there is one writer: nobody else comes in between then. */
  locks?: Locks;
}

/**
 * What a transaction takes before it reads, where several write at once; always in this order, so that no two wait for each other: the
 * row of the conversation, the rows of members, the states of users.
 */
export interface Locks {
  /** The conversation, and the author's membership of it. */
  place(tenant: string, author: string, conversation: string): Promise<void>;
  /** The states of these users, which say whether they want not to be disturbed; who has none gets one. */
  states(tenant: string, users: readonly string[]): Promise<void>;
}

/** A conversation with how the author stands to it, locked by the transaction. */
export async function findPlace({ db, locks }: WriteContext, tenant: string, author: string, uuid: string) {
  await locks?.place(tenant, author, uuid);
  return db
    .selectFrom('conversations as c')
    .leftJoin('members as m', (join) =>
      join.onRef('m.conversation', '=', 'c.id').onRef('m.tenant', '=', 'c.tenant').on('m.user_id', '=', author),
    )
    .leftJoin('invitations as i', (join) =>
      join.onRef('i.conversation', '=', 'c.id').onRef('i.tenant', '=', 'c.tenant').on('i.user_id', '=', author),
    )
    .select(['c.id', 'c.kind', 'c.head', 'c.chain', 'c.updated_at', 'c.ended_seq', 'c.member_count', 'c.creator', 'c.title'])
    .select(['c.description', 'm.joined', 'm.intervals', 'm.held_seq', 'm.held_at', 'm.left_at', 'i.inviter'])
    .where('c.tenant', '=', tenant)
    .where('c.uuid', '=', uuid)
    .executeTakeFirst();
}

/** The entry that an earlier command with this cid made, and whether that command asked for the same. */
export async function findEarlier(
  { db }: WriteContext,
  tenant: string,
  conversation: number,
  author: string,
  cid: string,
  request: unknown,
) {
  const row = await db
    .selectFrom('entries')
    .select(['seq', 'cid', 'author', 'at', 'body', 'salt', 'request'])
    .where('tenant', '=', tenant)
    .where('conversation', '=', conversation)
    .where('author', '=', author)
    .where('cid', '=', cid)
    .executeTakeFirst();
  return row && { row, equal: row.request !== null && same(commitment(row.salt, canonicalJson(request)), row.request) };
}

/** Those of the users that the tenant's directory does not have or that were deactivated, in the order given. */
export async function findUnknown({ db }: WriteContext, tenant: string, users: readonly string[]): Promise<string[]> {
  if (users.length === 0) return [];
  const rows = await db
    .selectFrom('people')
    .select('id')
    .where('tenant', '=', tenant)
    .where('id', 'in', users)
    .where('deactivated_at', 'is', null)
    .execute();
  const known = new Set(rows.map((row) => row.id));
  return users.filter((user) => !known.has(user));
}

export type Place = NonNullable<Awaited<ReturnType<typeof findPlace>>>;

/** Those of the users who want not to be disturbed. */
export async function findHeld({ db }: WriteContext, tenant: string, users: readonly string[]): Promise<Set<string>> {
  if (users.length === 0) return new Set();
  const rows = await db
    .selectFrom('user_states')
    .select('user_id')
    .where('tenant', '=', tenant)
    .where('user_id', 'in', users)
    .where('dnd_since', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.user_id));
}

/** Those who are in now and learn of it now: their summary of the conversation changes with its membership. */
export async function attendingMembers({ db }: WriteContext, tenant: string, conversation: number): Promise<string[]> {
  const rows = await db
    .selectFrom('members')
    .select('user_id')
    .where('tenant', '=', tenant)
    .where('conversation', '=', conversation)
    .where('joined', 'is not', null)
    .where('held_seq', 'is', null)
    .orderBy('joined')
    .orderBy('user_id')
    .execute();
  return rows.map((row) => row.user_id);
}

/** Those with an open invitation. */
export async function invitedUsers({ db }: WriteContext, tenant: string, conversation: number): Promise<string[]> {
  const rows = await db
    .selectFrom('invitations')
    .select('user_id')
    .where('tenant', '=', tenant)
    .where('conversation', '=', conversation)
    .orderBy('user_id')
    .execute();
  return rows.map((row) => row.user_id);
}
