import * as z from 'zod/mini';
import { LIMITS, chatOffer, directoryGroup, person, phoneState, predefinedMessages, sharedMailbox, userId } from '#protocol';

const MOST_IMPORTED = 1_000;
const MOST_GROUP_MEMBERS = 5_000;

const line = z.string().check(
  z.maxLength(LIMITS.descriptionLength),
  z.refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'not well-formed text'),
);

/** A person as a host gives them. What the protocol forgives a peer of another version, a host is told. */
export const personInput = z.extend(z.omit(person, { id: true, chat: true }), {
  chat: z.optional(z.enum(['offered', 'unavailable', 'none'])),
  /** May start conversations where the policy is `initiate: authorised` (E3). */
  initiate: z.optional(z.boolean()),
});
export const importInput = z.object({
  users: z.array(z.extend(personInput, { id: userId })).check(z.minLength(1), z.maxLength(MOST_IMPORTED)),
});
export const personOutput = z.object({
  user: z.extend(person, { chat: z.optional(chatOffer), initiate: z.boolean(), active: z.boolean() }),
});

export const groupInput = z.extend(z.omit(directoryGroup, { id: true, kind: true, memberCount: true }), {
  kind: z._default(z.enum(['team', 'resource']), 'team'),
  members: z.array(userId).check(z.maxLength(MOST_GROUP_MEMBERS)),
});
/** Who ordered it at the host: for the audit log, beside the back end that asks. */
export const revokeInput = z.optional(z.object({ operator: z.optional(line.check(z.minLength(1))) }));
export const mailboxInput = z.omit(sharedMailbox, { id: true });

const domain = z.string().check(z.maxLength(253), z.regex(/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/));

/** All of them, as they hold. */
export const policiesOutput = z.object({
  enabled: z.boolean(),
  initiate: z.enum(['everyone', 'authorised']),
  join: z.enum(['direct', 'invite']),
  dnd: z.enum(['hold', 'block']),
  presence: z.enum(['open', 'consent']),
  visibleDays: z.nullable(z.int().check(z.minimum(1), z.maximum(36_500))),
  export: z.object({ allowed: z.boolean(), domains: z.array(domain).check(z.maxLength(100)) }),
  previewText: z.boolean(),
  notice: line,
  storedLabels: z.boolean(),
});
/** Those that shall change. A misspelt one is refused: ignored, it would silently be what it was. */
export const policiesInput = z.partial(z.strictObject(policiesOutput.shape));

export const predefinedInput = z.object({
  messages: z
    .array(z.object({ id: z.optional(predefinedMessages.def.element.shape.id), text: predefinedMessages.def.element.shape.text }))
    .check(z.maxLength(LIMITS.predefinedMessages)),
});
export const predefinedOutput = z.object({ messages: predefinedMessages });

export const phoneStatesInput = z.object({
  states: z
    .array(
      z.object({
        user: userId,
        /** `absent` takes the telephone half away. */
        state: z.enum([...phoneState.def.innerType.options, 'absent']),
        /** Seconds from now; afterwards the state is unknown until it is told again. */
        expiresIn: z.int().check(z.minimum(1), z.maximum(3_600)),
      }),
    )
    .check(z.minLength(1), z.maxLength(LIMITS.phoneStates)),
});

export const nothing = z.object({});
export const changedOutput = z.object({ changed: z.int() });
