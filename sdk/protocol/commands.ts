import * as z from 'zod/mini';
import { conversation, conversationKind, head, marks, member, settings, synced, title } from './conversations.js';
import { entry, messageContent } from './entries.js';
import { LIMITS } from './limits.js';
import { person } from './people.js';
import { chosenAvailability, presence, statusMessage } from './presence.js';
import { sessionInfo } from './session.js';
import { clientId, conversationId, instant, position, revision, seq, text, userId, uuid } from './primitives.js';

const nothing = z.object({});
const people = z.array(person);
const users = (most: number) => z.array(userId).check(z.minLength(1), z.maxLength(most));

/**
 * Everything that a client may ask, with the shape of the question and of the answer. Each is answered exactly once:
 * `{ ok: true, data }` or `{ ok: false, error }`. Unknown keys are dropped on both sides (SPEC P2, attack row 32).
 * A command that changes something carries a client id, `cid`: asking again with the same id gives the first answer (SPEC C3).
 */
export const commands = {
  /** Where do I stand? Sent when a revision does not follow; at sign-in `session:started` has said it already. */
  'session:sync': {
    payload: z.object({ epoch: z.optional(uuid), revision: z.optional(revision) }),
    reply: synced,
  },
  /** Which of my conversations moved? Sent when the page gets the focus back. */
  'session:heads': {
    payload: nothing,
    reply: z.object({ revision, heads: z.array(head) }),
  },
  /** A fresh token of the same user for this connection; `session` says what it changed, as `session:started` did. */
  'session:refresh': {
    payload: z.object({ token: z.string().check(z.minLength(1), z.maxLength(LIMITS.tokenLength)) }),
    reply: z.object({ expiresAt: instant, session: z.optional(sessionInfo) }),
  },
  /** Sign this device out: it leaves presence at once, not after a time-out. */
  'session:end': { payload: nothing, reply: nothing },

  /** People of the tenant whose name, organisation or title has words that begin with the words given; accents and case do not matter. */
  'directory:search': {
    payload: z.object({ text: text(LIMITS.searchLength), limit: z.int().check(z.minimum(1), z.maximum(LIMITS.searchHits)) }),
    reply: z.object({ people }),
  },
  /** People by id; who is not known is left out of the answer. */
  'directory:get': {
    payload: z.object({ users: users(LIMITS.usersPerCommand) }),
    reply: z.object({ people }),
  },

  /** Conversations by id, or a page of the list, newest first, older than `before`. */
  'conversation:list': {
    payload: z.object({
      ids: z.optional(z.array(conversationId).check(z.minLength(1), z.maxLength(LIMITS.listPage))),
      before: z.optional(z.object({ updatedAt: instant, id: conversationId })),
      limit: z.int().check(z.minimum(1), z.maximum(LIMITS.listPage)),
    }),
    reply: z.object({ conversations: z.array(conversation), more: z.boolean(), people }),
  },
  /** Start a conversation. `direct` with one other person exists once for the pair: starting it again finds it. */
  'conversation:create': {
    payload: z.object({
      cid: clientId,
      kind: conversationKind,
      /** The others; the one who starts it is in by itself. */
      members: users(LIMITS.membersPerCommand),
      title: z.optional(title),
    }),
    reply: z.object({ conversation, people, created: z.boolean() }),
  },
  /** One conversation with all members and how far each of them is. */
  'conversation:get': {
    payload: z.object({ conversation: conversationId }),
    reply: z.object({ conversation, members: z.array(member), people }),
  },
  /** Add people to a running group; they see what comes after. Any member may (B13). */
  'conversation:invite': {
    payload: z.object({ conversation: conversationId, cid: clientId, users: users(LIMITS.membersPerCommand) }),
    reply: z.object({ seq }),
  },
  /** Leave a group; the own period stays readable (reliability 8.2). */
  'conversation:leave': {
    payload: z.object({ conversation: conversationId, cid: clientId }),
    reply: z.object({ seq }),
  },

  /**
   * A page of the log: the entries after `after`, or the last ones before `before`, or the newest, in ascending order.
   * Opening, scrolling back, and catching up are this one question.
   */
  'entry:range': {
    payload: z.object({
      conversation: conversationId,
      after: z.optional(position),
      before: z.optional(seq),
      limit: z.int().check(z.minimum(1), z.maximum(LIMITS.rangePage)),
    }),
    reply: z.object({
      epoch: uuid,
      entries: z.array(entry),
      /** The page covers from..to without a hole: what is not among `entries` in it is not for this viewer. 0, 0 when empty. */
      from: position,
      to: position,
      /** The last and first entry this viewer may see. */
      head: position,
      floor: position,
    }),
  },

  /** Say something. The answer comes after the commit: it is on disk, numbered, and will stay (SPEC C1). */
  'message:send': {
    payload: z.extend(messageContent, { conversation: conversationId, cid: clientId, sentAt: z.optional(instant) }),
    reply: z.object({ cid: clientId, seq, at: instant, epoch: uuid, duplicate: z.boolean() }),
  },

  /** How far I am. Marks only grow; a mark beyond the head is refused. */
  'receipt:mark': {
    payload: z.object({ conversation: conversationId, delivered: z.optional(position), read: z.optional(position) }),
    reply: z.object({ marks, unread: position }),
  },
  /** I am writing, or I have stopped. Repeated while it lasts; forgotten after `TIMES.typing`. */
  'typing:set': {
    payload: z.object({ conversation: conversationId, active: z.boolean() }),
    reply: nothing,
  },

  /** Choose my availability and the own words that go with it; kept for every device (S5, B41, B42). */
  'presence:set': {
    payload: z.object({ availability: chosenAvailability, message: statusMessage }),
    reply: z.object({ settings, revision }),
  },
  /** Whether the person is active at this device, in the host's page and not only in the chat. */
  'presence:report': { payload: z.object({ active: z.boolean() }), reply: nothing },
  /** Be told how these people are, now and whenever it changes. */
  'presence:subscribe': {
    payload: z.object({ users: users(LIMITS.usersPerCommand) }),
    reply: z.object({ presences: z.array(z.object({ user: userId, presence })) }),
  },
  'presence:unsubscribe': { payload: z.object({ users: users(LIMITS.usersPerCommand) }), reply: nothing },
} as const;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
/** What a caller gives. */
export type CommandInput<N extends CommandName> = z.input<Commands[N]['payload']>;
/** What a handler receives. */
export type CommandPayload<N extends CommandName> = z.output<Commands[N]['payload']>;
/** What a handler returns and a caller gets. */
export type CommandReply<N extends CommandName> = z.output<Commands[N]['reply']>;
