import * as z from 'zod/mini';
import { entry } from './entries.js';
import { contactsState } from './contacts.js';
import { LIMITS } from './limits.js';
import { conversationId, instant, name, position, revision, seq, text, userId, uuid } from './primitives.js';
import { person } from './people.js';
import { settings } from './settings.js';

export const conversationKind = z.enum(['direct', 'group']);
export type ConversationKind = z.infer<typeof conversationKind>;

export const title = name(LIMITS.titleLength);
export const description = text(LIMITS.descriptionLength);

/** How far one member is: both only ever grow. */
export const marks = z.object({
  /** The last entry that a device of theirs has received. */
  delivered: position,
  /** The last entry that was on their screen while they were writing or reading there (B27). */
  read: position,
});
export type Marks = z.infer<typeof marks>;

/** A conversation as one member sees it; derived from the log, so it can always be had again. */
export const conversation = z.object({
  id: conversationId,
  kind: conversationKind,
  /** Set for groups that were given one. */
  title: z.optional(z.string()),
  description: z.optional(z.string()),
  /** Who started it, and may end it for all (E15). */
  initiator: z.optional(userId),
  /** The first members that are in now, the viewer included; `memberCount` says how many there are. */
  members: z.array(userId),
  memberCount: position,
  /** The last entry that this viewer may see, 0 when there is none. */
  head: position,
  /** The first entry that this viewer may see. */
  floor: position,
  /** False once the viewer has left: their own period stays readable. */
  active: z.boolean(),
  /** Ended for all: it stays in the history, under "session ended" (E6). */
  ended: z.boolean(),
  /** The viewer's own. */
  marks,
  /** Messages of others after the read mark, counted up to `LIMITS.unreadCounted`. */
  unread: position,
  /** The newest message that the viewer may see. */
  last: z.nullable(entry),
  /** When the newest visible entry was made; the list is sorted by it. */
  updatedAt: instant,
});
export type Conversation = z.infer<typeof conversation>;

export const member = z.object({
  user: userId,
  active: z.boolean(),
  marks,
  /** Asked to join and has not answered yet (B15). */
  invited: z.optional(z.boolean()),
  /** Wants not to be disturbed: what is sent is kept for them until then (S6, policy `dnd`). */
  held: z.optional(z.boolean()),
  /** The entry that let them in, where it is not the first of the log: they have no part in what was said before (SPEC R6). */
  since: z.optional(seq),
});
export type Member = z.infer<typeof member>;

/** All that somebody who was asked to join may know before they do (reliability 8.4). */
export const invitation = z.object({
  conversation: conversationId,
  inviter: userId,
  title: z.optional(z.string()),
  memberCount: position,
  at: instant,
});
export type Invitation = z.infer<typeof invitation>;

/** Per-user state: a snapshot with a revision. */
export const userState = z.object({
  /** The newest conversations; `more` says that `conversation:list` has older ones. */
  conversations: z.array(conversation),
  more: z.boolean(),
  settings,
  /** Open invitations, newest first, at most `LIMITS.invitations`. */
  invitations: z.array(invitation),
  contacts: contactsState,
  /** Everybody named in the above. */
  people: z.array(person),
});
export type UserState = z.infer<typeof userState>;

export const head = z.object({ conversation: conversationId, head: position });
export type Head = z.infer<typeof head>;

/** Where a store and a user's state stand: sent at sign-in and by `session:sync`. */
export const synced = z.object({
  /** The id of the store; another one means that it was restored and everything held must go. */
  epoch: uuid,
  revision,
  /** The heads of the newest conversations, so that a client with the right revision still finds what it missed. */
  heads: z.array(head),
  /** Null when the client holds this revision already. */
  state: z.nullable(userState),
});
export type Synced = z.infer<typeof synced>;
