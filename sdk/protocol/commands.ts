import * as z from 'zod/mini';
import { contactGroupName, contactsState } from './contacts.js';
import { conversation, conversationKind, description, head, marks, member, synced, title } from './conversations.js';
import { entry, messageContent } from './entries.js';
import { LIMITS } from './limits.js';
import { directoryGroup, emailAddress, person, sharedMailbox } from './people.js';
import { chosenAvailability, presence, statusMessage } from './presence.js';
import { sessionInfo } from './session.js';
import { preferences, settings } from './settings.js';
import { clientId, conversationId, groupId, instant, position, revision, seq, text, userId, uuid } from './primitives.js';

const nothing = z.object({});
const people = z.array(person);
/** The state after the change, with the revision at which it holds: the device that asked needs no event. */
const contactsReply = z.object({ contacts: contactsState, people, revision });
/** In what language and zone a history is written; English and UTC where absent or unknown to the server. */
const historyForm = { language: z.optional(z.string().check(z.maxLength(35))), timeZone: z.optional(z.string().check(z.maxLength(64))) };
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

  /**
   * People of the tenant whose name, organisation or title has words that begin with the words given; accents and case do not matter.
   * With `kinds`, the groups and shared mailboxes too that are named so (B19).
   */
  'directory:search': {
    payload: z.object({
      text: text(LIMITS.searchLength),
      limit: z.int().check(z.minimum(1), z.maximum(LIMITS.searchHits)),
      kinds: z.optional(z.array(z.enum(['person', 'group', 'mailbox'])).check(z.minLength(1), z.maxLength(3))),
    }),
    reply: z.object({ people, groups: z.optional(z.array(directoryGroup)), mailboxes: z.optional(z.array(sharedMailbox)) }),
  },
  /** People by id; who is not known is left out of the answer. */
  'directory:get': {
    payload: z.object({ users: users(LIMITS.usersPerCommand) }),
    reply: z.object({ people }),
  },

  /**
   * People by name, page after page: all, those of whom one field contains a text, or those of one group or resource (E24).
   * `after` is the `next` of the page before.
   */
  'directory:browse': {
    payload: z.object({
      field: z.optional(z.enum(['name', 'title', 'organisation', 'email', 'phone'])),
      contains: z.optional(text(LIMITS.searchLength)),
      group: z.optional(groupId),
      // The longest name as it is sorted: one character of it may be folded to eighteen.
      after: z.optional(z.string().check(z.maxLength(4_096))),
      limit: z.int().check(z.minimum(1), z.maximum(LIMITS.browsePage)),
    }),
    reply: z.object({ people, next: z.nullable(z.string()) }),
  },

  /** Make somebody a favourite: at once, or by asking them, as the policy `presence` says (B31, B32). Again: nothing changes. */
  'contact:add': { payload: z.object({ user: userId }), reply: contactsReply },
  /** Let somebody who asked see one's presence, and see theirs (B33). Only the one who was asked may. */
  'contact:accept': { payload: z.object({ user: userId }), reply: contactsReply },
  /** Refuse a request; they may ask again. */
  'contact:decline': { payload: z.object({ user: userId }), reply: contactsReply },
  /** No favourite any more; with the policy `consent` neither sees the other's presence from then on (B34). */
  'contact:remove': { payload: z.object({ user: userId }), reply: contactsReply },
  /** Create a personal group, or replace its name and people (S14, S15). The id is the client's. */
  'contact-group:save': {
    payload: z.object({ id: uuid, name: contactGroupName, users: z.array(userId).check(z.maxLength(LIMITS.contactGroupMembers)) }),
    reply: contactsReply,
  },
  'contact-group:remove': { payload: z.object({ id: uuid }), reply: contactsReply },
  /** The order of the groups; those not named keep theirs, after them. */
  'contact-group:arrange': {
    payload: z.object({ ids: z.array(uuid).check(z.maxLength(LIMITS.contactGroups)) }),
    reply: contactsReply,
  },

  /** Change some of the own settings; the others stay. */
  'settings:set': { payload: z.object({ change: z.partial(preferences) }), reply: z.object({ settings, revision }) },

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
      description: z.optional(description),
    }),
    reply: z.object({ conversation, people, created: z.boolean() }),
  },
  /** One conversation with all members and how far each of them is. */
  'conversation:get': {
    payload: z.object({ conversation: conversationId }),
    reply: z.object({ conversation, members: z.array(member), people }),
  },
  /** Add people to a running group, or ask them to join where the policy is `join: invite`; they see what comes after. Any member may (B13). */
  'conversation:invite': {
    payload: z.object({ conversation: conversationId, cid: clientId, users: users(LIMITS.membersPerCommand) }),
    reply: z.object({ seq }),
  },
  /** Take part in a conversation that one was invited to (B15, B16). */
  'conversation:join': {
    payload: z.object({ conversation: conversationId, cid: clientId }),
    reply: z.object({ conversation, people, seq }),
  },
  /** Do not take part; the others are told. */
  'conversation:decline': { payload: z.object({ conversation: conversationId, cid: clientId }), reply: nothing },
  /** Give a group another title or description: null removes it, and what is absent stays as it is when this is done. */
  'conversation:rename': {
    payload: z.object({
      conversation: conversationId,
      cid: clientId,
      title: z.optional(z.nullable(title)),
      description: z.optional(z.nullable(description)),
    }),
    reply: z.object({ seq }),
  },
  /** End it for all; it stays readable. Its initiator or an admin may (E15). A later direct chat of the pair is a new one. */
  'conversation:end': { payload: z.object({ conversation: conversationId, cid: clientId }), reply: z.object({ seq }) },
  /** Leave a group; the own period stays readable (reliability 8.2). */
  'conversation:leave': {
    payload: z.object({ conversation: conversationId, cid: clientId }),
    reply: z.object({ seq }),
  },
  /** Take somebody out of a group, or their invitation back; to them it does not exist from then on. Its initiator or an admin may. */
  'conversation:remove': {
    payload: z.object({ conversation: conversationId, cid: clientId, user: userId }),
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

  /**
   * Messages in which every word of the text occurs, the last one as a beginning; accents and case do not matter, newest first. Only what the
   * viewer may see (B17). `before` is the `next` of the page before.
   */
  'message:search': {
    payload: z.object({
      text: text(LIMITS.searchLength),
      conversation: z.optional(conversationId),
      before: z.optional(z.string().check(z.maxLength(64))),
      limit: z.int().check(z.minimum(1), z.maximum(LIMITS.messageHits)),
    }),
    reply: z.object({
      hits: z.array(entry),
      /** The conversations of the hits, so that a list can name them. */
      conversations: z.array(conversation),
      people,
      next: z.nullable(z.string()),
    }),
  },

  /** Send what I may see of it by mail; everybody in it is told (B18-B21). The answer comes when the mail is queued. */
  'history:send': {
    payload: z.object({
      conversation: conversationId,
      cid: clientId,
      to: z
        .array(
          z.union([
            z.object({ email: emailAddress }),
            z.object({ user: userId }),
            z.object({ group: groupId }),
            z.object({ mailbox: groupId }),
          ]),
        )
        .check(z.minLength(1), z.maxLength(LIMITS.historyRecipients)),
      ...historyForm,
    }),
    reply: z.object({ seq }),
  },
  /** What I may see of it as text, page after page, to be saved (B18). `next` is the `after` of the page that follows. */
  'history:text': {
    payload: z.object({ conversation: conversationId, after: z.optional(position), ...historyForm }),
    reply: z.object({ text: z.string(), next: z.nullable(position) }),
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
