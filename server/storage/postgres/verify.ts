import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { auditMisfit } from '../../domain/audit-chain.js';
import { GENESIS, misfit, same } from '../../domain/chain.js';
import { strayLogs, strayName, straySteps } from '../sql/strays.js';
import type { StrayRow } from '../sql/strays.js';
import type { Damage } from '../storage.js';
import type { Database } from './database.js';

/** Rows read at a time: each in a transaction of its own, so that none stands open as long as the store is large. */
const CHUNK = 500;

interface Log {
  id: number;
  tenant: string;
  uuid: string;
  head: number;
  chain: Uint8Array;
  last: number;
}

interface Row {
  seq: number;
  cid: string;
  author: string;
  at: number;
  kind: string;
  body: string;
  salt: Uint8Array;
  commitment: Uint8Array;
  hash: Uint8Array;
  erased: boolean;
}

type Misfit = Pick<Damage, 'seq' | 'what'>;

/** See `Storage.verify`: at most one damage a log, the first. */
export async function verifyChains(database: Database, { rest = 0 }: { rest?: number } = {}): Promise<Damage[]> {
  const yieldTurn = () => (rest > 0 ? pause(rest) : nextTurn());
  const damages: Damage[] = [];
  for (let logs = await nextLogs(database, 0); logs.length > 0; logs = await nextLogs(database, logs.at(-1)?.id ?? 0)) {
    for (const log of logs) {
      const damage = await verifyLog(database, log, yieldTurn);
      if (damage) damages.push({ tenant: log.tenant, conversation: log.uuid, ...damage });
    }
    await yieldTurn();
  }
  for await (const stray of strayLogs((after) => strayStep(database, after)))
    damages.push({ tenant: stray.tenant, conversation: strayName(stray), seq: stray.seq, what: 'stray' });
  return [...damages, ...(await verifyAudits(database))];
}

/** See `strayLogs`. */
export async function strayStep(database: Database, after: number): Promise<StrayRow[]> {
  return database.read(null, ({ query }) => query<StrayRow>(straySteps('$1'), [after]));
}

async function nextLogs(database: Database, after: number): Promise<Log[]> {
  return database.read(null, ({ query }) =>
    query<Log>(
      `SELECT c.id, c.tenant, c.uuid, c.head, c.chain, (SELECT coalesce(max(e.seq), 0) FROM entries e WHERE e.conversation = c.id) AS last
       FROM conversations c WHERE c.id > $1 ORDER BY c.id LIMIT 100`,
      [after],
    ),
  );
}

/** An erasure counts only where the audit log says the same of this very entry. */
export const ERASED = `EXISTS (
  SELECT 1 FROM erasures x JOIN audit a ON a.tenant = x.tenant AND a.seq = x.audit
  WHERE x.conversation = e.conversation AND x.seq = e.seq AND x.tenant = e.tenant AND a.record::jsonb ->> 'act' = 'entry:erased'
    AND a.record::jsonb -> 'subject' ->> 'conversation' = $5 AND a.record::jsonb -> 'subject' ->> 'seq' = e.seq::text)`;

async function verifyLog(database: Database, log: Log, yieldTurn: () => Promise<unknown>): Promise<Misfit | null> {
  const end = Math.min(log.head, log.last);
  let previous = GENESIS;
  let seq = 0;
  while (seq < end) {
    const rows = await database.read(log.tenant, ({ query }) =>
      query<Row>(
        `SELECT seq, cid, author, at, kind, body, salt, commitment, hash, ${ERASED} AS erased FROM entries e
         WHERE tenant = $1 AND conversation = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT ${CHUNK}`,
        [log.tenant, log.id, seq, end, log.uuid],
      ),
    );
    if (rows.length === 0) return { seq: seq + 1, what: 'missing' };
    for (const { cid, author, at, kind, ...row } of rows) {
      seq += 1;
      const header = { tenant: log.tenant, conversation: log.uuid, seq: row.seq, cid, author, at, kind };
      const what = misfit(previous, seq, { ...row, header });
      if (what) return { seq, what };
      previous = row.hash;
    }
    if (rows.length === CHUNK) await yieldTurn();
  }
  // The conversation's row says where the log must end; entries cut off the end would leave a chain that holds in itself.
  if (log.head !== log.last) return { seq: end + 1, what: 'head' };
  return same(previous, log.chain) ? null : { seq: end, what: 'head' };
}

interface AuditLog {
  tenant: string;
  last: number;
  head: number | null;
  chain: Uint8Array | null;
}

async function verifyAudits(database: Database): Promise<Damage[]> {
  const logs = await database.read(null, ({ query }) =>
    query<AuditLog>(
      `SELECT t.tenant, (SELECT coalesce(max(a.seq), 0) FROM audit a WHERE a.tenant = t.tenant) AS last, h.head, h.chain
       FROM (SELECT tenant FROM audit_heads UNION SELECT DISTINCT tenant FROM audit) t LEFT JOIN audit_heads h ON h.tenant = t.tenant
       ORDER BY t.tenant`,
    ),
  );
  const damages: Damage[] = [];
  for (const log of logs) {
    const damage = await verifyAudit(database, log);
    if (damage) damages.push({ tenant: log.tenant, conversation: null, ...damage });
  }
  return damages;
}

async function verifyAudit(database: Database, { tenant, last, head, chain }: AuditLog): Promise<Misfit | null> {
  const end = Math.min(last, head ?? 0);
  let previous = GENESIS;
  let seq = 0;
  while (seq < end) {
    const rows = await database.read(null, ({ query }) =>
      query<{ seq: number; at: number; record: string; hash: Uint8Array }>(
        `SELECT seq, at, record, hash FROM audit WHERE tenant = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${CHUNK}`,
        [tenant, seq, end],
      ),
    );
    if (rows.length === 0) return { seq: seq + 1, what: 'missing' };
    for (const row of rows) {
      seq += 1;
      const what = auditMisfit(previous, seq, { tenant, ...row });
      if (what) return { seq, what };
      previous = row.hash;
    }
  }
  if (last !== head) return { seq: end + 1, what: 'head' };
  return chain && same(previous, chain) ? null : { seq: end, what: 'head' };
}
