import type { StoredRecord } from '../../domain/audit-chain.js';
import type { Archive, ArchivedAudit, ArchivedEntry, ArchivedLog } from '../archive.js';
import type { AuditDraft } from '../audit-storage.js';
import { strayLogs } from '../sql/strays.js';
import type { StrayLog } from '../sql/strays.js';
import { StoreError } from '../store-error.js';
import { writeAudit } from './audit-writer.js';
import { Database } from './database.js';
import { ERASED, strayStep } from './verify.js';

const CHUNK = 500;
const LOGS = 100;
/** An operator's command does one thing at a time. */
const CONNECTIONS = 2;

/**
 * Opens the store in a database for an operator, whatever else has it open. Nothing of its schema is changed.
 *
 * @throws StoreError when there is none, or none that can be read.
 */
export async function openPostgresArchive(url: string): Promise<Archive> {
  let reason = '';
  const database = new Database({
    url,
    connections: CONNECTIONS,
    log: (_event, facts) => (reason = typeof facts['reason'] === 'string' ? facts['reason'] : ''),
  });
  try {
    const { epoch, anchored } = await database.read(null, async ({ query }) => {
      const [store] = await query<{ epoch: string }>('SELECT epoch FROM store');
      const [line] = await query<{ epoch: string; number: number }>(
        `SELECT epoch, coalesce((SELECT min(p.number) - 1 FROM anchors_pending p WHERE p.epoch = a.epoch), number) AS number FROM anchors a`,
      );
      return { epoch: store?.epoch, anchored: line ?? null };
    });
    if (epoch === undefined) throw new Error('the database has no store');
    return new PostgresArchive(database, epoch, anchored);
  } catch (error) {
    await database.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'STORE_UNREACHABLE',
      `The store cannot be read: ${reason || (error instanceof Error ? error.message : String(error))}.`,
    );
  }
}

class PostgresArchive implements Archive {
  readonly epoch: string;
  readonly anchored: Archive['anchored'];
  readonly #database: Database;

  constructor(database: Database, epoch: string, anchored: Archive['anchored']) {
    this.#database = database;
    this.epoch = epoch;
    this.anchored = anchored;
  }

  /** What a page on the disk is, PostgreSQL says when it is read, where the cluster has checksums. */
  async checkFiles(): Promise<void> {}

  async *logs(tenant: string | null): AsyncGenerator<ArchivedLog> {
    for (let after = 0; ;) {
      const logs = await this.#database.read(null, ({ query }) =>
        query<ArchivedLog>(
          `SELECT c.id, c.tenant, c.uuid AS conversation, c.head, c.chain,
             (SELECT coalesce(max(e.seq), 0) FROM entries e WHERE e.conversation = c.id) AS last
           FROM conversations c WHERE c.id > $1 AND ($2::text IS NULL OR c.tenant = $2) ORDER BY c.id LIMIT ${LOGS}`,
          [after, tenant],
        ),
      );
      yield* logs;
      const last = logs.at(-1);
      if (!last) return;
      after = last.id;
    }
  }

  async *entries(log: ArchivedLog): AsyncGenerator<ArchivedEntry> {
    const { tenant, conversation } = log;
    const end = Math.min(log.head, log.last);
    for (let after = 0; after < end;) {
      const rows = await this.#database.read(tenant, ({ query }) =>
        query<Row>(
          `SELECT seq, cid, author, at, kind, body, salt, commitment, hash, ${ERASED} AS erased FROM entries e
           WHERE tenant = $1 AND conversation = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT ${CHUNK}`,
          [tenant, log.id, after, end, conversation],
        ),
      );
      if (rows.length === 0) return;
      for (const { seq, cid, author, at, kind, ...stored } of rows) {
        yield { ...stored, header: { tenant, conversation, seq, cid, author, at, kind } };
        after = seq;
      }
    }
  }

  strays(): AsyncGenerator<StrayLog> {
    return strayLogs((after) => strayStep(this.#database, after));
  }

  async audits(tenant: string | null): Promise<ArchivedAudit[]> {
    return this.#database.read(null, ({ query }) =>
      query<ArchivedAudit>(
        `SELECT t.tenant, coalesce(h.head, 0) AS head, coalesce(h.chain, ''::bytea) AS chain,
           (SELECT coalesce(max(a.seq), 0) FROM audit a WHERE a.tenant = t.tenant) AS last
         FROM (SELECT tenant FROM audit_heads UNION SELECT DISTINCT tenant FROM audit) t LEFT JOIN audit_heads h ON h.tenant = t.tenant
         WHERE $1::text IS NULL OR t.tenant = $1 ORDER BY t.tenant`,
        [tenant],
      ),
    );
  }

  async *records({ tenant, head, last }: ArchivedAudit): AsyncGenerator<StoredRecord> {
    const end = Math.min(head, last);
    for (let after = 0; after < end;) {
      const rows = await this.#database.read(null, ({ query }) =>
        query<StoredRecord>(
          `SELECT tenant, seq, at, record, hash FROM audit WHERE tenant = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${CHUNK}`,
          [tenant, after, end],
        ),
      );
      if (rows.length === 0) return;
      yield* rows;
      after = rows.at(-1)?.seq ?? end;
    }
  }

  async *names(tenant: string): AsyncGenerator<{ id: string; name: string }> {
    for (let after = ''; ;) {
      const rows = await this.#database.read(tenant, ({ query }) =>
        query<{ id: string; name: string }>(`SELECT id, name FROM people WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT ${CHUNK}`, [
          tenant,
          after,
        ]),
      );
      yield* rows;
      const last = rows.at(-1);
      if (!last) return;
      after = last.id;
    }
  }

  audit(tenant: string, record: AuditDraft): Promise<number> {
    return this.#database.write(null, (session, call) => writeAudit(session, tenant, record, { call, now: Date.now() }));
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

type Row = Omit<ArchivedEntry, 'header'> & ArchivedEntry['header'];
