import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { groupId, name, text, userId } from './primitives.js';

/** An address that can stand in a mail's header: no spaces, lists, comments or line breaks, so that none can be smuggled in. */
export const emailAddress = z
  .string()
  .check(z.maxLength(LIMITS.emailLength), z.regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/));

/** Whether the person can be chatted with: `none` has no chat at all and shows no badge (M1, M4), `unavailable` has one that is off just now (M5). */
export const chatOffer = z.catch(z.enum(['offered', 'unavailable', 'none']), 'unavailable');
export type ChatOffer = z.infer<typeof chatOffer>;

/** A person of the tenant's directory, as everybody in the tenant may see them. */
export const person = z.object({
  id: userId,
  name: name(LIMITS.personFieldLength),
  title: z.optional(text(LIMITS.personFieldLength)),
  organisation: z.optional(text(LIMITS.personFieldLength)),
  email: z.optional(emailAddress),
  phone: z.optional(name(LIMITS.phoneLength)),
  /** Address of a picture, by https or a path of the page's origin; the elements show it where it is of the page's own origin. */
  photo: z.optional(z.string().check(z.maxLength(LIMITS.hrefLength), z.regex(/^(?:https:\/\/[^\s\\@]+|\/(?!\/)[^\s\\]*)$/))),
  /** Absent: offered. */
  chat: z.optional(chatOffer),
});
export type Person = z.infer<typeof person>;

/** A group of the directory: a team, or the people of a resource (E24). Not a conversation, and nobody's own list. */
export const directoryGroup = z.object({
  id: groupId,
  name: name(LIMITS.personFieldLength),
  /** `resource`: the people who belong to a record of the host. */
  kind: z.catch(z.enum(['team', 'resource']), 'team'),
  memberCount: z.int().check(z.minimum(0)),
  email: z.optional(emailAddress),
});
export type DirectoryGroup = z.infer<typeof directoryGroup>;

/** A mailbox that several people read: a history can be sent to it (B19). */
export const sharedMailbox = z.object({ id: groupId, name: name(LIMITS.personFieldLength), email: emailAddress });
export type SharedMailbox = z.infer<typeof sharedMailbox>;
