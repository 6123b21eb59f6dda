import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { instant, name, userId, uuid } from './primitives.js';

/**
 * A favourite (B31). With the policy `presence: consent` it is `requested` until both have each other, and shows no presence before;
 * with `open` it is `accepted` at once.
 */
export const contact = z.object({ user: userId, state: z.catch(z.enum(['requested', 'accepted']), 'requested') });
export type Contact = z.infer<typeof contact>;

/** Somebody who asks to see the presence of this user (B32). */
const contactRequest = z.object({ user: userId, at: instant });
export type ContactRequest = z.infer<typeof contactRequest>;

export const contactGroupName = name(LIMITS.personFieldLength);

/** A personal group of people, shown as a banner (S14). Not a conversation; the people in it need not be contacts. */
const contactGroup = z.object({ id: uuid, name: contactGroupName, users: z.array(userId) });
export type ContactGroup = z.infer<typeof contactGroup>;

/** Everything of the contacts tab, always told as a whole: it is small, and people change it seldom. */
export const contactsState = z.object({
  contacts: z.array(contact),
  requests: z.array(contactRequest),
  /** In the person's own order. */
  groups: z.array(contactGroup),
});
export type ContactsState = z.infer<typeof contactsState>;
