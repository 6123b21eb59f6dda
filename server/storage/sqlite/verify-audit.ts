import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { auditMisfit } from '../../domain/audit-chain.js';
import { GENESIS, same } from '../../domain/chain.js';
import type { Damage } from '../storage.js';

const CHUNK = 500;

interface Row {
  seq: number;
  at: number;
  record: string;
  hash: Uint8Array;
}

/** Walks the audit log of every tenant; at most one damage each, the first. */
export async function verifyAudits(db: DatabaseSync): Promise<Damage[]> {
  const tenants = db.prepare('SELECT tenant FROM audit_heads UNION SELECT DISTINCT tenant FROM audit ORDER BY tenant').all();
  const damages: Damage[] = [];
  for (const row of tenants) {
    const tenant = String(row['tenant']);
    const damage = await verifyAudit(db, tenant);
    if (damage) damages.push({ tenant, conversation: null, ...damage });
  }
  return damages;
}

async function verifyAudit(db: DatabaseSync, tenant: string): Promise<Pick<Damage, 'seq' | 'what'> | null> {
  const page = db.prepare(`SELECT seq, at, record, hash FROM audit WHERE tenant = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ${CHUNK}`);
  // Both in one read: the log may grow meanwhile.
  const ends = db.prepare(
    'SELECT (SELECT coalesce(max(seq), 0) FROM audit WHERE tenant = ?1) AS last, head, chain FROM (SELECT 1) LEFT JOIN audit_heads ON tenant = ?1',
  );
  const { last, head, chain } = ends.get(tenant) as { last: number; head: number | null; chain: Uint8Array | null };
  const end = Math.min(last, head ?? 0);
  let previous = GENESIS;
  let seq = 0;
  while (seq < end) {
    const rows = page.all(tenant, seq, end) as unknown as Row[];
    if (rows.length === 0) return { seq: seq + 1, what: 'missing' };
    for (const row of rows) {
      seq += 1;
      const what = auditMisfit(previous, seq, { tenant, ...row });
      if (what) return { seq, what };
      previous = row.hash;
    }
    await nextTurn();
  }
  if (last !== head) return { seq: end + 1, what: 'head' };
  return chain && same(previous, chain) ? null : { seq: end, what: 'head' };
}
