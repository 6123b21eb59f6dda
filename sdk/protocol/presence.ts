import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { instant, name } from './primitives.js';

/** What a person may choose (B38-B41). `invisible` is shown to others as offline. */
export const chosenAvailability = z.enum(['available', 'busy', 'away', 'invisible']);
export type ChosenAvailability = z.infer<typeof chosenAvailability>;

/** What others see: the choice, the devices and the activity taken together. Unknown is never shown as available. */
export const availability = z.catch(z.enum(['available', 'busy', 'away', 'offline', 'unknown']), 'unknown');
export type Availability = z.infer<typeof availability>;

export const statusMessage = z.optional(name(LIMITS.statusMessageLength));

export const presence = z.object({
  availability,
  /** The person's own words for this availability (B42). */
  message: z.optional(z.string()),
  /** Since when, by the server's clock. */
  since: instant,
});
export type Presence = z.infer<typeof presence>;
