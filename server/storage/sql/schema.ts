import type { Generated } from 'kysely';
import type { ConversationKind } from '#protocol';

/**
 * The tables, as both engines have them. Conversations have a number of their own inside the store, which keeps the index of the
 * log small; nobody outside the store ever sees it, and it is only ever had from a row that was found by its tenant.
 */
export interface Tables {
  people: PeopleTable;
  people_words: { tenant: string; word: string; user_id: string };
  conversations: ConversationsTable;
  members: MembersTable;
  invitations: InvitationsTable;
  entries: EntriesTable;
  user_states: UserStatesTable;
  mail_jobs: MailJobsTable;
  revocations: RevocationsTable;
}

interface PeopleTable {
  tenant: string;
  id: string;
  name: string;
  title: string | null;
  organisation: string | null;
  sort_name: string;
  deactivated_at: number | null;
}

interface ConversationsTable {
  id: Generated<number>;
  tenant: string;
  uuid: string;
  kind: ConversationKind;
  title: string | null;
  description: string | null;
  /** Both ends of a direct conversation that goes on, so that there is one for a pair. */
  pair: string | null;
  creator: string;
  cid: string;
  head: number;
  /** The hash of the entry at the head. */
  chain: Uint8Array;
  member_count: number;
  /** The entry that ended it for all. */
  ended_seq: number | null;
  /** `at` of the head. */
  updated_at: number;
}

interface MembersTable {
  tenant: string;
  conversation: number;
  user_id: string;
  /** Where the open interval begins, null when there is none: the members that are in now are found by it. */
  joined: number | null;
  /** `at` of the last entry they may see, null while they are in. */
  left_at: number | null;
  /** JSON of [from, to] pairs; read as a whole, and only by `visibleTo`. */
  intervals: string;
  /** The last entry before they wanted not to be disturbed, null while they may be: what comes after it waits for them. */
  held_seq: number | null;
  /** `at` of the last entry they see while the others wait; null where they see none. */
  held_at: number | null;
  delivered: number;
  read: number;
}

/** Who was asked to join and has not answered. It is no membership: what is read by that finds nothing of it. */
interface InvitationsTable {
  tenant: string;
  conversation: number;
  user_id: string;
  inviter: string;
  invited_at: number;
}

interface EntriesTable {
  /** Grows in the order of commits: the cursor of `changesSince`. */
  id: Generated<number>;
  tenant: string;
  conversation: number;
  seq: number;
  author: string;
  cid: string;
  kind: string;
  at: number;
  /** Canonical JSON, the very text that the commitment is made of. */
  body: string;
  salt: Uint8Array;
  commitment: Uint8Array;
  hash: Uint8Array;
  /** Salted digest of what was asked for, where the body does not tell it. */
  request: Uint8Array | null;
}

interface UserStatesTable {
  tenant: string;
  user_id: string;
  revision: number;
  settings: string | null;
  /** Since when they want not to be disturbed, null when they do not. */
  dnd_since: number | null;
  /** Grows with every change in the store: the cursor of `changesSince`. */
  changed: number;
}

/** Mails that have to leave; a row goes when its mail has left or failed. */
interface MailJobsTable {
  id: Generated<number>;
  tenant: string;
  conversation: number;
  sender: string;
  /** The `history-sent` entry: the mail has what comes before it. */
  before: number;
  address: string;
  /** The recipient as the conversation may read it. */
  label: string;
  language: string;
  time_zone: string;
  message_id: string;
  /** How often it was taken. */
  attempts: number;
  made_at: number;
  due_at: number;
}

/** What every node must act on; a row is never changed. Of a tenant there is no user, and a conversation (its uuid) of members only. */
interface RevocationsTable {
  /** Grows in the order of commits: the cursor of `revocationsSince`. */
  id: Generated<number>;
  tenant: string;
  kind: 'tokens' | 'member' | 'person' | 'tenant';
  user_id: string | null;
  conversation: string | null;
  at: number;
}
