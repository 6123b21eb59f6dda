import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { instant, revision, tenantId, userId, uuid } from './primitives.js';
import { person } from './people.js';

/** What the client gives in Socket.IO's auth payload. */
export const handshake = z.object({
  token: z.string().check(z.minLength(1), z.maxLength(LIMITS.tokenLength)),
  protocol: z.int(),
  /** One page or process; several devices of a user are told apart by it. */
  device: uuid,
  /** Set at a reconnect: the user this client belongs to. A token of somebody else is refused. */
  as: z.optional(userId),
  /** What the client holds, so that an unchanged state is not sent again. */
  epoch: z.optional(uuid),
  revision: z.optional(revision),
});
export type Handshake = z.infer<typeof handshake>;

/** What the tenant decided, as far as the interface must know it. */
export const policies = z.object({
  /** This user may start conversations (E3). */
  initiate: z.boolean(),
  /** Links may keep the label and address that the host gives. Off by default: they would store what only the host may show. */
  storedLabels: z.boolean(),
});
export type Policies = z.infer<typeof policies>;

/** Who is signed in on this connection, by the token and not by the page. */
export const sessionInfo = z.object({
  user: person,
  tenant: tenantId,
  /** When the token ends. */
  expiresAt: instant,
  /** The server's clock when it said so. */
  now: instant,
  policies,
});
export type SessionInfo = z.infer<typeof sessionInfo>;
