import type { ChosenAvailability, Conversation, ConversationKind, Entry, Head, Invitation, Member, Person, Settings } from '#protocol';
import type { Circumstances } from '../domain/permissions.js';

/** Conversations and who is in them, part of `Storage`. Each change is one transaction, and so is what it is refused by. */
export interface ConversationStorage {
  /** One conversation as this user sees it, with its members, or null for a stranger. */
  conversation(tenant: string, user: string, conversation: string): Promise<ConversationRecord | null>;
  /**
   * The conversation as each of these users sees it, by their ids and of one moment; strangers have none. As many statements for a thousand
   * users as for one.
   */
  summaries(tenant: string, conversation: string, users: readonly string[]): Promise<Map<string, Summary>>;
  /** How the user stands to it. A conversation that does not exist has strangers only. */
  standing(tenant: string, user: string, conversation: string): Promise<Circumstances>;
  /**
   * All members, with their marks, and who was asked to join. With a viewer, as that viewer may know them: nobody who was gone before
   * they came or who came after they left, and no mark beyond what they may see.
   */
  members(tenant: string, conversation: string, viewer?: string): Promise<Member[]>;
  createConversation(input: NewConversation): Promise<Created>;
  /** The open invitations of each of these users by their ids, newest first, at most `LIMITS.invitations` each; who has none is not among them. */
  invitations(tenant: string, users: readonly string[]): Promise<Map<string, OpenInvitations>>;
  /** Adds members to a group and writes the `joined` entry, or asks them and writes `invited`. Who is in already is left out. */
  invite(input: MemberChange & { users: readonly string[]; join?: JoinPolicy }): Promise<MembersChanged>;
  /** Takes an invitation up: writes the `joined` entry, from which on the author sees the log. */
  join(input: MemberChange): Promise<MembersChanged>;
  /** Turns an invitation down and writes the `declined` entry, which its author does not see. */
  decline(input: MemberChange): Promise<MembersChanged>;
  /** Ends the author's interval and writes the `left` entry. */
  leave(input: MemberChange): Promise<MembersChanged>;
  /**
   * Takes `user` out of a group, or takes their invitation back, and writes the `removed` entry. Its initiator may, and an admin. They are a
   * stranger from then on: no verb that takes them as its reader shows anything of it, and whoever asks them again lets them begin anew.
   * Neither in nor asked: unchanged, with the head.
   */
  removeMember(input: MemberChange & { user: string; admin?: boolean }): Promise<MembersChanged>;
  /** Gives a group another title or description: null removes it, what is absent stays. */
  rename(input: MemberChange & { title?: string | null | undefined; description?: string | null | undefined }): Promise<MembersChanged>;
  /** Ends it for all and frees its pair. Its initiator may, and an admin. Ended already: unchanged, with the seq of the `ended` entry. */
  end(input: MemberChange & { admin?: boolean }): Promise<MembersChanged>;
  /**
   * Sets the availability with its own words, or without; the words of the other availabilities stay, whoever set them meanwhile. With
   * `dnd` all that comes from then on waits: no verb that takes the user as its reader shows it until another availability is set.
   */
  setAvailability(
    tenant: string,
    user: string,
    availability: ChosenAvailability,
    message: string | undefined,
  ): Promise<{ settings: Settings; revision: number; disturbance?: Disturbance }>;
}

/** With everybody whom it names. */
export interface Summary {
  conversation: Conversation;
  people: Person[];
}

export interface ConversationRecord extends Summary {
  /** As `members` gives them. */
  members: Member[];
}

/** With everybody who asked. */
export interface OpenInvitations {
  invitations: Invitation[];
  people: Person[];
}

/** Whether people are in a group at once or asked first (policy `join`); direct when it is not said. */
export type JoinPolicy = 'direct' | 'invite';

/**
 * The user began, or ceased, to want not to be disturbed. At its end the revision grows by two: one that does not follow makes every
 * device fetch the state anew, with all that was kept from it.
 */
export interface Disturbance {
  held: boolean;
  /** The conversations they are in, each with the last entry before the change. */
  conversations: Head[];
  /** Those in which something waited. */
  behind: Head[];
}

export interface NewConversation {
  tenant: string;
  author: string;
  cid: string;
  kind: ConversationKind;
  /** The others; the author is added. */
  members: readonly string[];
  title?: string | undefined;
  description?: string | undefined;
  join?: JoinPolicy;
  /** False for an author who has not the right to start one: then only what is there is found. */
  initiate?: boolean;
}

/** A user whose per-user state has a new revision through this write. */
export interface Revised {
  user: string;
  revision: number;
}

/** Who learns of a change by their state, each at their own revision. */
export interface Concerned {
  /** Their list: who came or went; all who are in where it is the title or the end (SPEC S8). */
  revised: Revised[];
  /** Their invitations. */
  invitations: Revised[];
  /** Those who are in now and want not to be disturbed: no live event is for them. */
  held: string[];
}

export type Created =
  | ({ status: 'created'; conversation: string; entry: Entry } & Concerned)
  /** The same cid with the same content, or the pair's direct conversation was there already. */
  | { status: 'found'; conversation: string }
  /** The same cid with other content. */
  | { status: 'conflict' }
  /** Somebody who is not in the tenant's directory. */
  | { status: 'unknown-people'; users: string[] }
  /** The author wants not to be disturbed, or may start none. */
  | Refused;

export interface MemberChange {
  tenant: string;
  author: string;
  cid: string;
  conversation: string;
}

/** The author may not: how they stand, by the same transaction. */
export interface Refused extends Circumstances {
  status: 'refused';
}

export type MembersChanged =
  /** `users` are those who came or went. */
  | ({ status: 'appended'; entry: Entry; users: string[] } & Concerned)
  /** The same cid and content before: its entry. */
  | { status: 'duplicate'; entry: Entry }
  /** It is so already; `seq` is the entry that says so, or the head. */
  | { status: 'unchanged'; seq: number }
  | { status: 'conflict' }
  | { status: 'unknown-people'; users: string[] }
  | { status: 'full' }
  /** A direct conversation has two members and no title. */
  | { status: 'direct' }
  | Refused;
