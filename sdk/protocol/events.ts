import * as z from 'zod/mini';
import { contactsState } from './contacts.js';
import { conversation, head, invitation, marks, synced } from './conversations.js';
import { entry } from './entries.js';
import { person } from './people.js';
import { presence } from './presence.js';
import { conversationId, instant, position, revision, userId } from './primitives.js';
import { outboxKey, sessionInfo } from './session.js';
import { settings } from './settings.js';

/** One change of per-user state. A client that does not know the type fetches the snapshot. */
const stateChange = z.union([
  z.discriminatedUnion('type', [
    /** A conversation began, or one of its derived facts other than the log changed. */
    z.object({ type: z.literal('conversation'), conversation, people: z.array(person) }),
    /** The user was taken out of the conversation: it does not exist for them any more. */
    z.object({ type: z.literal('removed'), conversation: conversationId }),
    /** The own marks moved on another device. */
    z.object({ type: z.literal('marks'), conversation: conversationId, marks, unread: position }),
    z.object({ type: z.literal('settings'), settings }),
    /** Favourites, requests or personal groups changed. */
    z.object({ type: z.literal('contacts'), contacts: contactsState, people: z.array(person) }),
    /** The open invitations, all of them. */
    z.object({ type: z.literal('invitations'), invitations: z.array(invitation), people: z.array(person) }),
  ]),
  z.pipe(
    z.object({ type: z.string() }),
    z.transform(() => ({ type: 'unknown' as const })),
  ),
]);
export type StateChange = z.infer<typeof stateChange>;

/**
 * Everything that the server tells without being asked. Events are hints: each may be lost, and each loss is found
 * by a number that does not follow (SPEC D1-D4). A client ignores events that it does not know.
 */
export const events = {
  /** The first thing on every connection: who is signed in, and where they stand. Rooms were joined before it was read. */
  'session:started': z.object({ session: sessionInfo, synced, outboxKey: z.optional(outboxKey) }),
  /** What holds for this user changed: policies, predefined messages, their own entry in the directory. */
  'session:changed': z.object({ session: sessionInfo }),
  /** The token ends soon; answer with `session:refresh`. */
  'session:expiring': z.object({ expiresAt: instant }),
  /** The server closes this connection for good, or until there is a new token. */
  'session:ended': z.object({ reason: z.catch(z.enum(['expired', 'revoked', 'replaced', 'shutdown', 'refused']), 'refused') }),
  /** An entry was committed. */
  'entry:added': z.object({ entry }),
  /** Per-user state has a new revision. */
  'state:changed': z.object({ revision, change: stateChange }),
  /** Another member received or read up to here. */
  'receipt:moved': z.object({ conversation: conversationId, user: userId, marks }),
  /** Another member writes, or has stopped. */
  'typing:changed': z.object({ conversation: conversationId, user: userId, active: z.boolean() }),
  /** A person that this connection watches. */
  'presence:changed': z.object({ user: userId, presence }),
  /** A member began or ceased to want not to be disturbed: what is sent waits for them, or no longer (S6). */
  'member:held': z.object({ conversation: conversationId, user: userId, held: z.boolean() }),
  /** What moved since the last digest, whether or not the events about it arrived (SPEC H1). */
  'heads:digest': z.object({ revision, heads: z.array(head) }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.output<Events[N]>;
