import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { instant, revision, tenantId, userId, uuid } from './primitives.js';
import { person } from './people.js';
import { predefinedMessage } from './settings.js';

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
  /** Off: no element shows anything and every command but `session:*` is answered as if there were nothing (E1). */
  enabled: z.boolean(),
  /** This user may start conversations (E3). */
  initiate: z.boolean(),
  /** `invite`: who is added to a group is asked first (B15). */
  join: z.catch(z.enum(['direct', 'invite']), 'direct'),
  /** `block`: who writes to one person who wants not to be disturbed is refused; `hold`: it waits for them (S6). */
  dnd: z.catch(z.enum(['hold', 'block']), 'hold'),
  /** `consent`: presence is seen by those whom the person accepted (B31-B34). */
  presence: z.catch(z.enum(['open', 'consent']), 'open'),
  /** Older entries are kept and not shown (S3); null: all are shown. */
  visibleDays: z.nullable(z.int().check(z.minimum(1))),
  /** Whether this user may send a history by mail or save it, and whether the server can send mail at all (B18-B21). */
  export: z.object({ allowed: z.boolean(), mail: z.boolean(), domains: z.array(z.string()) }),
  /** Banners and notifications may show the text, if the person wants it too. Off by default (reliability 8.9). */
  previewText: z.boolean(),
  /** A line that reminds people how to write here (S4). */
  notice: z.optional(z.string()),
  /** This user may end any conversation they are in (E15). */
  admin: z.boolean(),
  /** Links may keep the label and address that the host gives. Off by default: they would store what only the host may show. */
  storedLabels: z.boolean(),
});
export type Policies = z.infer<typeof policies>;

/** What the user's unsent text is encrypted with on this device: 256 bits as base64url (SPEC O1). In memory only. */
export const outboxKey = z.string().check(z.regex(/^[\w-]{43}$/));

/** Who is signed in on this connection, by the token and not by the page. */
export const sessionInfo = z.object({
  user: person,
  tenant: tenantId,
  /** When the token ends. */
  expiresAt: instant,
  /** The server's clock when it said so. */
  now: instant,
  policies,
  /** The tenant's predefined messages (M13). */
  predefined: z.array(predefinedMessage),
});
export type SessionInfo = z.infer<typeof sessionInfo>;
