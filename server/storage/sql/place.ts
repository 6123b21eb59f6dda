import type { CommandName, Entry } from '#protocol';
import { verdict } from '../../domain/permissions.js';
import type { Circumstances } from '../../domain/permissions.js';
import type { MemberChange, MembersChanged, Refused, Revised } from '../storage.js';
import { attendingMembers, findEarlier, findHeld, findPlace, invitedUsers } from './membership-changes.js';
import type { EntryDraft, Place, WriteContext } from './membership-changes.js';

/** The rows that say how somebody stands to a conversation. */
export interface StandingRow {
  creator: string;
  ended_seq: number | null;
  joined: number | null;
  /** Null for who never was a member. */
  intervals: string | null;
  held_seq: number | null;
  /** Null for who has no open invitation. */
  inviter: string | null;
}

/** How the user stands to it for what they may do. For what they may read, an invitation changes nothing. */
export function circumstances(row: StandingRow, user: string, admin = false): Circumstances {
  const standing = row.joined !== null ? 'member' : row.inviter !== null ? 'invited' : row.intervals !== null ? 'left' : 'stranger';
  return {
    standing,
    ended: standing !== 'stranger' && row.ended_seq !== null,
    ...(standing === 'invited' && row.intervals !== null ? { former: true } : {}),
    ...(row.held_seq !== null && row.joined !== null ? { dnd: true } : {}),
    ...(row.creator === user || admin ? { initiator: true } : {}),
  };
}

/** No conversation has this number. */
const NOWHERE = 0;

export const STRANGER: Refused = { status: 'refused', standing: 'stranger', ended: false };

/**
 * Finds where the change is to be made, and whether it may be: what this author did before with this cid is answered the same whatever
 * they may do now, unless they are a stranger to it.
 */
export async function enter(
  context: WriteContext,
  command: CommandName,
  input: MemberChange & { admin?: boolean },
  request: unknown,
): Promise<{ place: Place } | { answer: MembersChanged }> {
  const { tenant, author, cid, conversation } = input;
  const place = await findPlace(context, tenant, author, conversation);
  // Looked for in any case: what does not exist must not be answered faster than what is not theirs (attack 38).
  const earlier = await findEarlier(context, tenant, place?.id ?? NOWHERE, author, cid, request);
  if (!place) return { answer: STRANGER };
  const asked = circumstances(place, author, input.admin);
  // Who was removed is told nothing, what they did themselves neither. Who has declined may repeat that.
  if (asked.standing === 'stranger' && command !== 'conversation:decline') return { answer: STRANGER };
  if (earlier) {
    if (!earlier.equal) return { answer: { status: 'conflict' } };
    const { seq, at, body } = earlier.row;
    return { answer: { status: 'duplicate', entry: { conversation, seq, cid, author, at, body: JSON.parse(body) as Entry['body'] } } };
  }
  if (verdict(command, asked) !== 'allow') return { answer: asked.standing === 'stranger' ? STRANGER : { status: 'refused', ...asked } };
  return { place };
}

export async function write(
  context: WriteContext,
  place: Place,
  { tenant, author, cid, conversation }: MemberChange,
  body: EntryDraft['body'],
  request: unknown,
): Promise<Entry> {
  const log = { id: place.id, tenant, uuid: conversation, head: place.head, chain: place.chain, updatedAt: place.updated_at };
  const written = await context.write(log, { author, cid, body, request });
  if (!written) throw new Error('the cid was free a moment ago, in the same transaction');
  return { conversation, seq: written.seq, cid, author, at: written.at, body };
}

/** What is to be told of a change, apart from the entry. */
export interface Consequences {
  /** Who came or went. */
  users?: string[];
  /** Whose list has it now, has it no more, or has it in another way. */
  listed?: readonly string[];
  /** Who was asked, or is asked no more. */
  asked?: readonly string[];
  /**
   * All who attend and all with an open invitation besides: the title is another, or it goes on no more. Not for who comes and goes,
   * which the entry tells the members: a thousand people who join would be a million changes of state (SPEC S8, I5).
   */
  everybody?: boolean;
}

/** Gives everybody concerned the next revision of their state. Who wants not to be disturbed gets it when that ends. */
export async function conclude(
  context: WriteContext,
  place: Place,
  { tenant }: MemberChange,
  entry: Entry,
  { users = [], listed = [], asked = [], everybody = false }: Consequences,
): Promise<MembersChanged> {
  const summarised = new Set([...(everybody ? await attendingMembers(context, tenant, place.id) : []), ...listed]);
  const named = [...new Set([...asked, ...(everybody ? await invitedUsers(context, tenant, place.id) : [])])];
  await context.locks?.states(tenant, [...new Set([...users, ...named, ...summarised])]);
  const held = await findHeld(context, tenant, [...users, ...named]);
  const told = async (some: readonly string[]): Promise<Revised[]> => (some.length === 0 ? [] : context.revise(tenant, some));
  // One after the other: who is in both lists learns of the invitations first and of the conversation next.
  const ofInvitations = await told(named.filter((user) => !held.has(user) || user === entry.author));
  const revised = await told([...summarised]);
  return { status: 'appended', entry, users, revised, invitations: ofInvitations, held: users.filter((user) => held.has(user)) };
}
