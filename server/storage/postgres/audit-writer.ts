import { auditHash, auditText } from '../../domain/audit-chain.js';
import { GENESIS } from '../../domain/chain.js';
import type { AuditDraft } from '../audit-storage.js';
import type { Session } from './database.js';

interface HeadRow {
  head: number;
  chain: Uint8Array;
  at: number;
}

/** Who writes a record down: `call` is the same in every run of one call, however often it is run (see `Database.write`). */
export interface AuditCall {
  call: string;
  now: number;
}

/**
 * Puts the next record into a tenant's audit log, in the transaction of what it tells; resolves to its number. One record for one call: a
 * second run finds that of the first (G17).
 */
export async function writeAudit({ query }: Session, tenant: string, draft: AuditDraft, { call, now }: AuditCall): Promise<number> {
  // Whoever made the row first or has it locked comes first: records of a tenant are written one after the other.
  await query('INSERT INTO audit_heads (tenant, head, chain, at) VALUES ($1, 0, $2, 0) ON CONFLICT (tenant) DO NOTHING', [tenant, GENESIS]);
  const [before] = await query<HeadRow>('SELECT head, chain, at FROM audit_heads WHERE tenant = $1 FOR UPDATE', [tenant]);
  if (!before) throw new Error('the head of the audit log was made a moment ago, in the same transaction');
  const [written] = await query<{ seq: number }>('SELECT seq FROM audit WHERE tenant = $1 AND call = $2', [tenant, call]);
  if (written) return written.seq;
  const seq = before.head + 1;
  const at = Math.max(now, before.at);
  const record = auditText(tenant, draft, seq, at);
  const hash = auditHash(before.chain, record);
  await query('INSERT INTO audit (tenant, seq, at, record, hash, call) VALUES ($1, $2, $3, $4, $5, $6)', [
    tenant,
    seq,
    at,
    record,
    hash,
    call,
  ]);
  await query('UPDATE audit_heads SET head = $2, chain = $3, at = $4 WHERE tenant = $1', [tenant, seq, hash, at]);
  return seq;
}
