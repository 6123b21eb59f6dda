import { INSTALLATION } from '../audit-storage.js';
import type { AuditPage, AuditRecord, AuditStorage } from '../audit-storage.js';
import { toRecord } from '../sql/audit-row.js';
import type { RecordRow } from '../sql/audit-row.js';
import { writeAudit } from './audit-writer.js';
import type { Database, Session } from './database.js';

/** See `AuditStorage`. */
export function auditVerbs(database: Database, now: () => number): AuditStorage {
  return {
    audit: (tenant, record) => database.write(whose(tenant), (session, call) => writeAudit(session, tenant, record, { call, now: now() })),
    auditRecords: (tenant, page) => database.read(whose(tenant), (session) => readRecords(session, tenant, page)),
  };
}

/** What belongs to the installation belongs to no tenant: no transaction is begun for that one. */
function whose(tenant: string): string | null {
  return tenant === INSTALLATION ? null : tenant;
}

async function readRecords(
  { query }: Session,
  tenant: string,
  { after, from = 0, to = Number.MAX_SAFE_INTEGER, limit }: AuditPage,
): Promise<{ records: AuditRecord[]; head: number }> {
  const [rows, [end]] = await Promise.all([
    query<RecordRow>(
      'SELECT seq, at, record, hash FROM audit WHERE tenant = $1 AND seq > $2 AND at BETWEEN $3 AND $4 ORDER BY seq LIMIT $5',
      [tenant, after, from, to, limit],
    ),
    query<{ head: number }>('SELECT head FROM audit_heads WHERE tenant = $1', [tenant]),
  ]);
  return { records: rows.map(toRecord), head: end?.head ?? 0 };
}
