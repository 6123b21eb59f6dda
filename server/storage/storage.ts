import type { Conversation, Entry, Head, Invitation, Marks, Person, Settings } from '#protocol';
import type { ActingStorage } from './acting.js';
import type { AdminStorage } from './admin-storage.js';
import type { AnchorStorage } from './anchor-storage.js';
import type { AuditStorage } from './audit-storage.js';
import type { AuditorStorage } from './auditor-storage.js';
import type { ContactStorage, ContactsRecord } from './contact-storage.js';
import type { ConversationStorage, Refused } from './conversation-storage.js';
import type { DirectoryStorage, PersonRecord } from './directory-storage.js';
import type { HistoryStorage } from './history-storage.js';
import type { RevocationStorage } from './revocation-storage.js';

export type {
  Concerned,
  ConversationRecord,
  Created,
  Disturbance,
  JoinPolicy,
  MemberChange,
  MembersChanged,
  NewConversation,
  OpenInvitations,
  Refused,
  Revised,
  Summary,
} from './conversation-storage.js';

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
 * - What a member may see is `visibleTo` of domain/visibility.ts in every verb that takes a `user`: their periods, less what is older
 *   than the tenant's `visibleDays`, less what waits for them while they want not to be disturbed.
 */
export interface Storage
  extends
    ActingStorage,
    ConversationStorage,
    DirectoryStorage,
    ContactStorage,
    HistoryStorage,
    RevocationStorage,
    AuditStorage,
    AuditorStorage,
    AdminStorage,
    AnchorStorage {
  /** Id of this store, made when it was created and new after every restore. */
  readonly epoch: string;
  /**
   * 32 random bytes, made with the store and kept through a restore. What every node derives alike and no client alone (HKDF, a label for
   * each purpose) comes from it; it never leaves the server.
   */
  readonly secret: Uint8Array;

  // --- per-user state -------------------------------------------------------------------------------------------
  /** Whether somebody may come in, where they belong, and what they start with: all that a sign-in reads, of one moment. */
  signIn(tenant: string, user: string, asked: SignIn): Promise<SignInRecord>;
  /** The newest conversations, everybody whom they name, and the settings, with the revision they stand at. */
  userState(tenant: string, user: string, limit: number): Promise<UserStateRecord>;
  /** A page of the list with everybody whom it names, newest first; `updatedAt` then `id` descending is the order. */
  conversations(tenant: string, user: string, page: ConversationPage): Promise<ListRecord>;
  /** The revision and the heads of the newest conversations; much cheaper than the state. */
  heads(tenant: string, user: string, limit: number): Promise<{ revision: number; heads: Head[] }>;
  /** Ids of the conversations that the user is in now and hears of: the rooms of a connection. None while they want not to be disturbed. */
  activeConversations(tenant: string, user: string): Promise<string[]>;

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
  /** Checks the hash chain of every conversation and of the audit logs; resolves to what does not fit, in order. Rests `rest` ms now and then, so that it slows nobody. */
  verify(pace?: { rest?: number }): Promise<Damage[]>;

  // --- operation --------------------------------------------------------------------------------------------------
  /** Resolves when the store answers; rejects with UNAVAILABLE otherwise. Readiness asks this. */
  ping(): Promise<void>;
  /** Commits what was accepted, then closes. Later calls reject with UNAVAILABLE. Idempotent. */
  close(): Promise<void>;
}

export interface SignIn {
  /** Conversations at most. */
  limit: number;
  /** The revision of the state that the client has. */
  held?: number | undefined;
}

export interface SignInRecord {
  /** Null for somebody whom the directory does not have. */
  person: PersonRecord | null;
  /** See `tokensSince`. */
  tokensSince: number;
  /** See `activeConversations`. */
  active: string[];
  revision: number;
  settings: Settings;
  /** Of the newest conversations. */
  heads: Head[];
  /** Null for a client that has it. */
  state: SignInState | null;
}

/**
 * The state on its way to its client. What is long in it is the JSON that the frame will hold: a thread hands over one text at the price of
 * copying it, and objects at that of taking each apart and making it again.
 */
export interface SignInState extends Omit<UserStateRecord, 'conversations' | 'people'> {
  conversations: string;
  people: string;
}

export interface UserStateRecord {
  revision: number;
  conversations: Conversation[];
  more: boolean;
  settings: Settings;
  invitations: Invitation[];
  contacts: Omit<ContactsRecord, 'people' | 'revision'>;
  /** Those whom the conversations, invitations and contacts name, in no order. */
  people: Person[];
}

export interface ListRecord {
  conversations: Conversation[];
  more: boolean;
  people: Person[];
}

export interface ConversationPage {
  ids?: readonly string[] | undefined;
  before?: { updatedAt: number; id: string } | undefined;
  limit: number;
}

export interface NewMessage {
  tenant: string;
  author: string;
  conversation: string;
  cid: string;
  /** The body as it will be stored and shown: policies were applied before. */
  body: { kind: 'message'; text: string; links: Extract<Entry['body'], { kind: 'message' }>['links'] };
  /** When the token was made by which the author is here, ms UTC: `revoked` when they were revoked since, whoever knows of it yet (G13). */
  issuedAt?: number;
  /** Refused when the other member of a direct conversation wants not to be disturbed (policy `dnd: block`). */
  block?: boolean;
}

export type Appended =
  | { status: 'appended'; entry: Entry }
  | { status: 'duplicate'; seq: number; at: number }
  | { status: 'conflict' }
  /** The recipient wants not to be disturbed, and `block` was said. */
  | { status: 'recipient-dnd' }
  | { status: 'revoked' }
  | Refused;

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
  /** Null: the tenant's audit log. With `stray` the number of its row, in brackets. */
  conversation: string | null;
  /** The first entry that does not fit; 0 where the engine's own files do not hold together (`file`). */
  seq: number;
  /** `stray`: entries of a conversation that is not there any more. */
  what: 'missing' | 'changed' | 'chain' | 'head' | 'stray' | 'file';
}
