import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { instant, name } from './primitives.js';

/** What a person may choose (B38-B41, S6). `invisible` is shown to others as offline; with `dnd` nothing is sent and nothing arrives. */
export const chosenAvailability = z.enum(['available', 'busy', 'away', 'dnd', 'invisible']);
export type ChosenAvailability = z.infer<typeof chosenAvailability>;

/** What others see: the choice, the devices and the activity taken together. Unknown is never shown as available. */
export const availability = z.catch(z.enum(['available', 'busy', 'away', 'dnd', 'offline', 'unknown']), 'unknown');
export type Availability = z.infer<typeof availability>;

export const statusMessage = z.optional(name(LIMITS.statusMessageLength));

/** A person's phone, as a telephony source says it. `unknown`: the source is connected for this person and says nothing any more. */
export const phoneState = z.catch(z.enum(['idle', 'ringing', 'on-call', 'hold', 'unknown']), 'unknown');
export type PhoneState = z.infer<typeof phoneState>;

export const presence = z.object({
  availability,
  /** The person's own words for this availability (B42). */
  message: z.optional(z.string()),
  /** The other half of the badge (B43); absent while no telephony is connected for this person. */
  phone: z.optional(phoneState),
  /** Since when, by the server's clock. */
  since: instant,
});
export type Presence = z.infer<typeof presence>;
