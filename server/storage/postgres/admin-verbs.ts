import { MOST_COUNTED, toFacts } from '../admin-storage.js';
import type { AdminStorage, FactsRow, TenantCounts } from '../admin-storage.js';
import type { Database, Session } from './database.js';

const FACTS = `c.uuid, c.kind, c.member_count, c.head, c.updated_at, c.ended_seq,
  (SELECT e.at FROM entries e WHERE e.tenant = $1 AND e.conversation = c.id AND e.seq = 1) AS started_at`;
const PAGE = 'ORDER BY c.id DESC LIMIT $3';

/** What an administrator knows of conversations; see `AdminStorage`. */
export function adminVerbs(database: Database): AdminStorage {
  return {
    tenantCounts: (tenant) => database.read(tenant, (session) => count(session, tenant)),
    conversationFacts: (tenant, { before, limit }) =>
      database.read(tenant, async (session) => {
        const end = before === undefined ? Number.MAX_SAFE_INTEGER : await placeOf(session, tenant, before);
        if (end === undefined) return { conversations: [], more: false };
        const { conversations } = await count(session, tenant);
        // A tenant with few of them is read by its own index: in the order of the numbers it would pass everybody else's. One with many is met soon.
        const rows = await session.query<FactsRow>(
          conversations > MOST_COUNTED
            ? `SELECT ${FACTS} FROM conversations c WHERE c.tenant = $1 AND c.id < $2 ${PAGE}`
            : `WITH own AS MATERIALIZED (SELECT * FROM conversations WHERE tenant = $1) SELECT ${FACTS} FROM own c WHERE c.id < $2 ${PAGE}`,
          [tenant, end, limit + 1],
        );
        return toFacts(rows, limit);
      }),
  };
}

async function count({ query }: Session, tenant: string): Promise<TenantCounts> {
  const [counts] = await query<TenantCounts>(
    `SELECT
       (SELECT count(*) FROM (SELECT 1 FROM people WHERE tenant = $1 AND deactivated_at IS NULL LIMIT ${MOST_COUNTED + 1}) p) AS people,
       (SELECT count(*) FROM (SELECT 1 FROM conversations WHERE tenant = $1 LIMIT ${MOST_COUNTED + 1}) c) AS conversations`,
    [tenant],
  );
  return counts ?? { people: 0, conversations: 0 };
}

async function placeOf({ query }: Session, tenant: string, uuid: string): Promise<number | undefined> {
  const [row] = await query<{ id: number }>('SELECT id FROM conversations WHERE tenant = $1 AND uuid = $2', [tenant, uuid]);
  return row?.id;
}
