import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { auditHash, auditText } from '../../domain/audit-chain.js';
import { GENESIS } from '../../domain/chain.js';
import type { AuditDraft, AuditPage, AuditRecord } from '../audit-storage.js';
import { toRecord } from '../sql/audit-row.js';
import type { RecordRow } from '../sql/audit-row.js';

interface HeadRow {
  head: number;
  chain: Uint8Array;
  at: number;
}

/** Puts the next record into a tenant's audit log. Belongs inside a transaction. */
export class AuditWriter {
  readonly #head: StatementSync;
  readonly #insert: StatementSync;
  readonly #advance: StatementSync;
  readonly #now: () => number;

  constructor(db: DatabaseSync, now: () => number = Date.now) {
    this.#head = db.prepare('SELECT head, chain, at FROM audit_heads WHERE tenant = ?');
    this.#insert = db.prepare('INSERT INTO audit (tenant, seq, at, record, hash) VALUES (?, ?, ?, ?, ?)');
    this.#advance = db.prepare(
      `INSERT INTO audit_heads (tenant, head, chain, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (tenant) DO UPDATE SET head = excluded.head, chain = excluded.chain, at = excluded.at`,
    );
    this.#now = now;
  }

  add(tenant: string, draft: AuditDraft): number {
    const before = (this.#head.get(tenant) as HeadRow | undefined) ?? { head: 0, chain: GENESIS, at: 0 };
    const seq = before.head + 1;
    const at = Math.max(this.#now(), before.at);
    const record = auditText(tenant, draft, seq, at);
    const hash = auditHash(before.chain, record);
    this.#insert.run(tenant, seq, at, record, hash);
    this.#advance.run(tenant, seq, hash, at);
    return seq;
  }
}

export class AuditReader {
  readonly #page: StatementSync;
  readonly #head: StatementSync;

  constructor(db: DatabaseSync) {
    this.#page = db.prepare(
      'SELECT seq, at, record, hash FROM audit WHERE tenant = ? AND seq > ? AND at BETWEEN ? AND ? ORDER BY seq LIMIT ?',
    );
    this.#head = db.prepare('SELECT head FROM audit_heads WHERE tenant = ?');
  }

  records(tenant: string, { after, from = 0, to = Number.MAX_SAFE_INTEGER, limit }: AuditPage): { records: AuditRecord[]; head: number } {
    const rows = this.#page.all(tenant, after, from, to, limit) as unknown as RecordRow[];
    return { records: rows.map(toRecord), head: Number(this.#head.get(tenant)?.['head'] ?? 0) };
  }
}
