import * as z from 'zod/mini';
import { entry } from './entries.js';
import { LIMITS } from './limits.js';
import { conversationId, instant, name, position, revision, userId, uuid } from './primitives.js';
import { person } from './people.js';
import { chosenAvailability } from './presence.js';

export const conversationKind = z.enum(['direct', 'group']);
export type ConversationKind = z.infer<typeof conversationKind>;

export const title = name(LIMITS.titleLength);

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
  /** The first members that are in now, the viewer included; `memberCount` says how many there are. */
  members: z.array(userId),
  memberCount: position,
  /** The last entry that this viewer may see, 0 when there is none. */
  head: position,
  /** The first entry that this viewer may see. */
  floor: position,
  /** False once the viewer has left: their own period stays readable. */
  active: z.boolean(),
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

export const member = z.object({ user: userId, active: z.boolean(), marks });
export type Member = z.infer<typeof member>;

/** What belongs to the user and follows them to every device. */
export const settings = z.object({
  availability: z.catch(chosenAvailability, 'available'),
  /** The own words of each availability, kept so that nobody types them again (B42). */
  statusMessages: z.record(z.string(), z.string()),
});
export type Settings = z.infer<typeof settings>;

/** Per-user state: a snapshot with a revision. */
export const userState = z.object({
  /** The newest conversations; `more` says that `conversation:list` has older ones. */
  conversations: z.array(conversation),
  more: z.boolean(),
  settings,
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
