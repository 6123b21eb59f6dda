import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { MOST_COUNTED, toFacts } from '../admin-storage.js';
import type { AdminStorage, FactsPage, FactsRow, TenantCounts } from '../admin-storage.js';

const FACTS = `c.uuid, c.kind, c.member_count, c.head, c.updated_at, c.ended_seq,
  (SELECT e.at FROM entries e WHERE e.conversation = c.id AND e.seq = 1) AS started_at`;

/** See `AdminStorage`. */
export class AdminReader {
  readonly #counts: StatementSync;
  readonly #place: StatementSync;
  readonly #factsOfFew: StatementSync;
  readonly #factsOfMany: StatementSync;

  constructor(db: DatabaseSync) {
    this.#counts = db.prepare(
      `SELECT
         (SELECT count(*) FROM (SELECT 1 FROM people WHERE tenant = ?1 AND deactivated_at IS NULL LIMIT ${MOST_COUNTED + 1})) AS people,
         (SELECT count(*) FROM (SELECT 1 FROM conversations WHERE tenant = ?1 LIMIT ${MOST_COUNTED + 1})) AS conversations`,
    );
    this.#place = db.prepare('SELECT id FROM conversations WHERE tenant = ? AND uuid = ?');
    // A tenant with few of them is read by its own index, which holds the numbers: in the order of the table it would pass everybody else's.
    this.#factsOfFew = db.prepare(
      `SELECT ${FACTS} FROM (SELECT id FROM conversations WHERE tenant = ?1 AND +id < ?2 ORDER BY +id DESC LIMIT ?3) page
       CROSS JOIN conversations c ON c.id = page.id ORDER BY +c.id DESC`,
    );
    // One with many of them is met soon, wherever one looks.
    this.#factsOfMany = db.prepare(
      `SELECT ${FACTS} FROM conversations c NOT INDEXED WHERE c.tenant = ?1 AND c.id < ?2 ORDER BY c.id DESC LIMIT ?3`,
    );
  }

  counts(tenant: string): TenantCounts {
    return this.#counts.get(tenant) as unknown as TenantCounts;
  }

  facts(tenant: string, { before, limit }: FactsPage): Awaited<ReturnType<AdminStorage['conversationFacts']>> {
    const end = before === undefined ? Number.MAX_SAFE_INTEGER : this.#place.get(tenant, before)?.['id'];
    if (end === undefined) return { conversations: [], more: false };
    const facts = this.counts(tenant).conversations > MOST_COUNTED ? this.#factsOfMany : this.#factsOfFew;
    return toFacts(facts.all(tenant, end, limit + 1) as unknown as FactsRow[], limit);
  }
}
