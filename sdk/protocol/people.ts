import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { name, text, userId } from './primitives.js';

/** A person of the tenant's directory, as everybody in the tenant may see them. */
export const person = z.object({
  id: userId,
  name: name(LIMITS.personFieldLength),
  title: z.optional(text(LIMITS.personFieldLength)),
  organisation: z.optional(text(LIMITS.personFieldLength)),
});
export type Person = z.infer<typeof person>;
