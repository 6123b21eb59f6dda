import type { ChosenAvailability, Conversation, ConversationKind, Entry, Head, Marks, Member, Person, Settings } from '#protocol';
import type { Standing } from '../domain/permissions.js';
import type { ContactStorage, ContactsRecord } from './contact-storage.js';
import type { DirectoryStorage } from './directory-storage.js';
import type { HistoryStorage } from './history-storage.js';

/**
 * What Parley asks of a database, in domain words. Every engine passes the same contract suite
 * (test/server/storage/contract.ts); a rule that this page states is tested there.
 *
 * Promises of every engine:
 * - A write that resolves is on disk and survives SIGKILL and, where the disk honours a flush, a power cut (G1, G2).
 * - A write that rejects changed nothing. It rejects with ParleyError UNAVAILABLE when the store cannot write or read now.
 * - `seq` comes from the conversation's own row, in the transaction that inserts the entry: no hole, no reuse (G6).
 * - Membership is checked in that same transaction, so a send that races a removal is before it or refused (attack row 46).
 * - Writes resolve in the order in which they were committed.
 * - `at` of an entry is never before that of the entry before it, whatever the clock does (G23).
 * - What a member may see is `visibleTo` of domain/visibility.ts in every verb that takes a `user`.
 */
export interface Storage extends DirectoryStorage, ContactStorage, HistoryStorage {
  /** Id of this store, made when it was created and new after every restore. */
  readonly epoch: string;

  // --- per-user state -------------------------------------------------------------------------------------------
  /** The newest conversations, everybody whom they name, and the settings, with the revision they stand at: all that a sign-in reads. */
  userState(tenant: string, user: string, limit: number): Promise<UserStateRecord>;
  /** A page of the list, newest first; `updatedAt` then `id` descending is the order. */
  conversations(tenant: string, user: string, page: ConversationPage): Promise<{ conversations: Conversation[]; more: boolean }>;
  /** The revision and the heads of the newest conversations; much cheaper than the state. */
  heads(tenant: string, user: string, limit: number): Promise<{ revision: number; heads: Head[] }>;
  /** Ids of the conversations that the user is in now: the rooms of a connection. */
  activeConversations(tenant: string, user: string): Promise<string[]>;
  /** Sets the availability with its own words, or without; the words of the other availabilities stay, whoever set them meanwhile. */
  setAvailability(
    tenant: string,
    user: string,
    availability: ChosenAvailability,
    message: string | undefined,
  ): Promise<{ settings: Settings; revision: number }>;

  // --- conversations --------------------------------------------------------------------------------------------
  /** One conversation as this user sees it, or null for a stranger. */
  conversation(tenant: string, user: string, conversation: string): Promise<Conversation | null>;
  /** How the user stands to it. A conversation that does not exist has strangers only. */
  standing(tenant: string, user: string, conversation: string): Promise<{ standing: Standing; ended: boolean }>;
  /**
   * All members, with their marks. With a viewer, as that viewer may know them: nobody who was gone before they came or who came
   * after they left, and no mark beyond what they may see.
   */
  members(tenant: string, conversation: string, viewer?: string): Promise<Member[]>;
  createConversation(input: NewConversation): Promise<Created>;
  /** Adds members to a group and writes the `joined` entry. People who are in already are left out. */
  invite(input: MemberChange & { users: readonly string[] }): Promise<MembersChanged>;
  /** Ends the author's interval and writes the `left` entry. */
  leave(input: MemberChange): Promise<MembersChanged>;

  // --- the log --------------------------------------------------------------------------------------------------
  /** Appends a message. The hot path: calls made close together share one commit. */
  append(input: NewMessage): Promise<Appended>;
  /** A page of what the user may see, ascending; see `entry:range`. A stranger gets null. */
  range(tenant: string, user: string, conversation: string, page: RangePage): Promise<RangeRecord | null>;
  /** Moves the user's own marks forward. */
  mark(tenant: string, user: string, conversation: string, marks: Partial<Marks>): Promise<Marked>;
  /**
   * Conversations and users that changed since the cursor of the last call; null starts from now. May name some again, never
   * misses one: the heads digest is made of it.
   */
  changesSince(cursor: string | null): Promise<Changes>;
  /** Checks the hash chain of every conversation; resolves to what does not fit, in order. */
  verify(): Promise<Damage[]>;

  // --- operation --------------------------------------------------------------------------------------------------
  /** Resolves when the store answers; rejects with UNAVAILABLE otherwise. Readiness asks this. */
  ping(): Promise<void>;
  /** Commits what was accepted, then closes. Later calls reject with UNAVAILABLE. Idempotent. */
  close(): Promise<void>;
}

export interface UserStateRecord {
  revision: number;
  conversations: Conversation[];
  more: boolean;
  settings: Settings;
  contacts: Omit<ContactsRecord, 'people' | 'revision'>;
  /** Those whom the conversations and contacts name, in no order. */
  people: Person[];
}

export interface ConversationPage {
  ids?: readonly string[] | undefined;
  before?: { updatedAt: number; id: string } | undefined;
  limit: number;
}

export interface NewConversation {
  tenant: string;
  author: string;
  cid: string;
  kind: ConversationKind;
  /** The others; the author is added. */
  members: readonly string[];
  title?: string | undefined;
}

/** A user whose per-user state has a new revision through this write. */
export interface Revised {
  user: string;
  revision: number;
}

export type Created =
  | { status: 'created'; conversation: string; entry: Entry; revised: Revised[] }
  /** The same cid with the same content, or the pair's direct conversation was there already. */
  | { status: 'found'; conversation: string }
  /** The same cid with other content. */
  | { status: 'conflict' }
  /** Somebody who is not in the tenant's directory. */
  | { status: 'unknown-people'; users: string[] };

export interface MemberChange {
  tenant: string;
  author: string;
  cid: string;
  conversation: string;
}

/** The author may not: how they stand, by the same transaction. */
export interface Refused {
  status: 'refused';
  standing: Standing;
  ended: boolean;
}

export type MembersChanged =
  | { status: 'appended'; entry: Entry; users: string[]; revised: Revised[] }
  /** The same cid and content before: its entry. */
  | { status: 'duplicate'; entry: Entry }
  /** Everybody named is in already; `seq` is the head. */
  | { status: 'unchanged'; seq: number }
  | { status: 'conflict' }
  | { status: 'unknown-people'; users: string[] }
  | { status: 'full' }
  /** A direct conversation has two members for good. */
  | { status: 'direct' }
  | Refused;

export interface NewMessage {
  tenant: string;
  author: string;
  conversation: string;
  cid: string;
  /** The body as it will be stored and shown: policies were applied before. */
  body: { kind: 'message'; text: string; links: Extract<Entry['body'], { kind: 'message' }>['links'] };
}

export type Appended =
  { status: 'appended'; entry: Entry } | { status: 'duplicate'; seq: number; at: number } | { status: 'conflict' } | Refused;

export interface RangePage {
  after?: number | undefined;
  before?: number | undefined;
  limit: number;
}

export interface RangeRecord {
  entries: Entry[];
  from: number;
  to: number;
  head: number;
  floor: number;
}

export type Marked =
  /** `revision` is the user's new one; `moved` says which mark has moved, of a member of how many. */
  | { status: 'moved'; marks: Marks; unread: number; revision: number; moved: 'delivered' | 'read'; memberCount: number }
  | { status: 'unchanged'; marks: Marks; unread: number }
  /** Beyond what the user may see. */
  | { status: 'beyond-head' }
  | Refused;

export interface Changes {
  cursor: string;
  heads: { tenant: string; conversation: string; head: number }[];
  users: { tenant: string; user: string; revision: number }[];
}

export interface Damage {
  tenant: string;
  conversation: string;
  /** The first entry that does not fit. */
  seq: number;
  what: 'missing' | 'changed' | 'chain' | 'head';
}
