import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Archive, ArchivedAudit, ArchivedEntry, ArchivedLog } from '../archive.js';
import type { AuditDraft } from '../audit-storage.js';
import type { StoredRecord } from '../../domain/audit-chain.js';
import { strayLogs } from '../sql/strays.js';
import type { StrayLog } from '../sql/strays.js';
import { StoreError } from '../store-error.js';
import { AuditWriter } from './audit.js';
import { openReader, refusing } from './connection.js';
import { requireParley } from './migrations.js';
import { erasedColumn, hasAudit, strayStep } from './verify.js';

const CHUNK = 500;
const BUSY_TIMEOUT = 5_000;

/**
 * Opens the store of a folder, or a file such as a backup, for an operator: it is read, whatever its schema, and whether or not a server has it.
 *
 * @throws StoreError when there is none, or none that can be read.
 */
export function openSqliteArchive(path: { directory: string } | { file: string }): Archive {
  const file = resolve('file' in path ? path.file : join(path.directory, 'parley.db'));
  if (!existsSync(file)) throw new StoreError('STORE_UNREACHABLE', `There is no store: ${file} does not exist.`);
  return refusing(file, () => new SqliteArchive(file));
}

class SqliteArchive implements Archive {
  readonly epoch: string;
  readonly anchored: Archive['anchored'];
  readonly #file: string;
  readonly #db: DatabaseSync;
  readonly #audited: boolean;

  constructor(file: string) {
    this.#file = file;
    this.#db = openReader(file);
    try {
      requireParley(this.#db);
      this.#audited = hasAudit(this.#db);
      this.epoch = String(this.#db.prepare('SELECT epoch FROM store').get()?.['epoch']);
      this.anchored = this.#audited
        ? ((this.#db
            .prepare(
              'SELECT epoch, coalesce((SELECT min(p.number) - 1 FROM anchors_pending p WHERE p.epoch = a.epoch), number) AS number FROM anchors a',
            )
            .get() as Archive['anchored']) ?? null)
        : null;
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  async checkFiles(): Promise<void> {
    const found = refusing(this.#file, () => this.#db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']);
    if (found !== 'ok') throw new StoreError('STORE_DAMAGED', `${this.#file} is damaged: ${String(found)}. Restore a backup.`);
  }

  async *logs(tenant: string | null): AsyncGenerator<ArchivedLog> {
    const next = this.#db.prepare(
      `SELECT c.id, c.tenant, c.uuid AS conversation, c.head, c.chain,
         (SELECT coalesce(max(e.seq), 0) FROM entries e WHERE e.conversation = c.id) AS last
       FROM conversations c WHERE c.id > ?1 AND (?2 IS NULL OR c.tenant = ?2) ORDER BY c.id LIMIT 1`,
    );
    let log = next.get(0, tenant) as unknown as ArchivedLog | undefined;
    while (log) {
      yield log;
      log = next.get(log.id, tenant) as unknown as ArchivedLog | undefined;
    }
  }

  async *entries(log: ArchivedLog): AsyncGenerator<ArchivedEntry> {
    const page = this.#db.prepare(
      `SELECT seq, cid, author, at, kind, body, salt, commitment, hash, ${erasedColumn(this.#audited)} AS erased FROM entries e
       WHERE tenant = ?1 AND conversation = ?2 AND seq > ?3 AND seq <= ?4 ORDER BY seq LIMIT ${CHUNK}`,
    );
    const { tenant, conversation } = log;
    const end = Math.min(log.head, log.last);
    for (let after = 0; after < end;) {
      const rows = page.all(tenant, log.id, after, end, conversation) as unknown as Row[];
      if (rows.length === 0) return;
      for (const { seq, cid, author, at, kind, erased, ...stored } of rows) {
        yield { ...stored, header: { tenant, conversation, seq, cid, author, at, kind }, erased: erased === 1 };
        after = seq;
      }
    }
  }

  strays(): AsyncGenerator<StrayLog> {
    return strayLogs(strayStep(this.#db));
  }

  async audits(tenant: string | null): Promise<ArchivedAudit[]> {
    if (!this.#audited) return [];
    const rows = this.#db
      .prepare(
        `SELECT t.tenant, coalesce(h.head, 0) AS head, coalesce(h.chain, zeroblob(0)) AS chain,
           (SELECT coalesce(max(a.seq), 0) FROM audit a WHERE a.tenant = t.tenant) AS last
         FROM (SELECT tenant FROM audit_heads UNION SELECT DISTINCT tenant FROM audit) t LEFT JOIN audit_heads h ON h.tenant = t.tenant
         WHERE ?1 IS NULL OR t.tenant = ?1 ORDER BY t.tenant`,
      )
      .all(tenant);
    return rows as unknown as ArchivedAudit[];
  }

  async *records({ tenant, head, last }: ArchivedAudit): AsyncGenerator<StoredRecord> {
    const page = this.#db.prepare(
      `SELECT tenant, seq, at, record, hash FROM audit WHERE tenant = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ${CHUNK}`,
    );
    const end = Math.min(head, last);
    for (let after = 0; after < end;) {
      const rows = page.all(tenant, after, end) as unknown as StoredRecord[];
      if (rows.length === 0) return;
      for (const row of rows) {
        yield row;
        after = row.seq;
      }
    }
  }

  async *names(tenant: string): AsyncGenerator<{ id: string; name: string }> {
    const rows = this.#db.prepare('SELECT id, name FROM people WHERE tenant = ? ORDER BY id').iterate(tenant);
    for (const row of rows) yield { id: String(row['id']), name: String(row['name']) };
  }

  async audit(tenant: string, record: AuditDraft): Promise<number> {
    if (!this.#audited)
      throw new StoreError(
        'STORE_TOO_OLD',
        'The store is of a version without an audit log; start the server once to bring it up to date.',
      );
    // Beside a server that runs: its writer reads the head of the audit log anew in each transaction, so both may write it.
    const db = new DatabaseSync(this.#file, { timeout: BUSY_TIMEOUT });
    try {
      db.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; BEGIN IMMEDIATE');
      const seq = new AuditWriter(db).add(tenant, record);
      db.exec('COMMIT');
      return seq;
    } finally {
      db.close();
    }
  }

  async close(): Promise<void> {
    this.#db.close();
  }
}

type Row = Omit<ArchivedEntry, 'header' | 'erased'> & ArchivedEntry['header'] & { erased: number };
