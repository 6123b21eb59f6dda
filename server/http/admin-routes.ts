import * as z from 'zod/mini';
import { ParleyError, PROTOCOL_VERSION } from '#protocol';
import { MOST_COUNTED } from '../storage/admin-storage.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import { PACKAGE_VERSION } from './operation.js';
import { route } from './route.js';
import type { RestServices, Route } from './route.js';

const PAGE = 50;
const scope = 'parley:admin';

const count = z.int().check(z.nonnegative());
const moment = z.nullable(z.int());
const overviewOutput = z.object({
  version: z.string(),
  protocol: z.int(),
  counts: z.object({ online: count, connections: count, people: count, conversations: count }),
  health: z.object({
    store: z.object({ ok: z.boolean(), milliseconds: count, engine: z.enum(['sqlite', 'postgres']) }),
    nodes: z.enum(['alone', 'heard', 'not-heard']),
    mail: z.enum(['off', 'ok', 'failing']),
    archive: z.object({
      verifiedAt: moment,
      damages: z.nullable(count),
      anchoredAt: moment,
      anchoring: z.nullable(z.boolean()),
      anchors: z.boolean(),
    }),
  }),
});

const conversationsOutput = z.object({
  conversations: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['direct', 'group']),
      memberCount: count,
      entries: count,
      startedAt: z.int(),
      lastAt: z.int(),
      ended: z.boolean(),
    }),
  ),
  more: z.boolean(),
});

/** What the admin page reads; what it changes, it changes by the routes of back ends. */
export const adminRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/admin/overview',
    scope,
    summary: `How many are online and known, how many conversations there are (${MOST_COUNTED + 1}: more than ${MOST_COUNTED}), and how the parts of this node are.`,
    reply: overviewOutput,
    async act(services, { tenant }) {
      const health = await required(services).look();
      const { people: online, connections } = services.cluster.online(tenant);
      const counts = { online, connections, ...(await services.storage.tenantCounts(tenant)) };
      return { version: PACKAGE_VERSION, protocol: PROTOCOL_VERSION, counts, health };
    },
  }),
  route({
    method: 'get',
    path: '/admin/conversations',
    scope,
    summary: `${PAGE} conversations, the youngest first: when and how large, nothing that is in them, and not whose. Each reading is written into the audit log.`,
    before: z.uuid(),
    reply: conversationsOutput,
    async act(services, { tenant, by, before }) {
      required(services);
      const page = await services.storage.conversationFacts(tenant, { before, limit: PAGE });
      const facts = { count: page.conversations.length };
      await services.storage.audit(tenant, { act: AUDIT_ACTS.conversationsListed, by, facts });
      return page;
    },
  }),
];

/** Where the operator admits no admin page there is nothing at its addresses, whatever a token says. */
function required({ health }: RestServices): NonNullable<RestServices['health']> {
  if (!health) throw new ParleyError('NOT_FOUND', 'There is no admin page here (PARLEY_ADMIN_PAGE)');
  return health;
}
