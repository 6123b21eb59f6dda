import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { GENESIS, misfit, same } from '../../domain/chain.js';
import { strayLogs, strayName, straySteps } from '../sql/strays.js';
import type { StrayRow } from '../sql/strays.js';
import type { Damage } from '../storage.js';
import { verifyAudits } from './verify-audit.js';

/** Entries checked without a pause: other reads of the thread come in between. */
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
  erased: number;
}

export interface Pace {
  /** Milliseconds of rest after every 500 entries; 0 takes the thread as fast as it can. */
  rest?: number | undefined;
}

/** Walks every chain from its first entry to the head; at most one damage a log, the first. */
export async function verifyChains(db: DatabaseSync, { rest = 0 }: Pace = {}): Promise<Damage[]> {
  const next = db.prepare(
    `SELECT c.id, c.tenant, c.uuid, c.head, c.chain, (SELECT coalesce(max(e.seq), 0) FROM entries e WHERE e.conversation = c.id) AS last
     FROM conversations c WHERE c.id > ? ORDER BY c.id LIMIT 1`,
  );
  const audited = hasAudit(db);
  const yieldTurn = (): Promise<void> => (rest > 0 ? pause(rest) : nextTurn());
  const damages: Damage[] = [];
  let checked = 0;
  for (let log = next.get(0) as Log | undefined; log; log = next.get(log.id) as Log | undefined) {
    const damage = await verifyChain(db, log, audited, yieldTurn);
    if (damage) damages.push({ tenant: log.tenant, conversation: log.uuid, ...damage });
    // Most conversations are short: one rest for each of them would be most of the time.
    checked += log.head;
    if (checked < CHUNK) await nextTurn();
    else await yieldTurn();
    checked %= CHUNK;
  }
  const step = strayStep(db);
  for await (const stray of strayLogs((after) => yieldTurn().then(() => step(after))))
    damages.push({ tenant: stray.tenant, conversation: strayName(stray), seq: stray.seq, what: 'stray' });
  return audited ? [...damages, ...(await verifyAudits(db))] : damages;
}

/** See `strayLogs`. */
export function strayStep(db: DatabaseSync): (after: number) => Promise<StrayRow[]> {
  const steps = db.prepare(straySteps('?1'));
  return async (after) => steps.all(after) as unknown as StrayRow[];
}

/** A store of an older schema is checked as well, without being changed. */
export function hasAudit(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'erasures'").get() !== undefined;
}

/**
 * Whether an entry `e` was erased, `?5` being the id of its conversation: an erasure counts only where the audit log says the same of this
 * very entry.
 */
export function erasedColumn(audited: boolean): string {
  return audited ? ERASED : '?5 IS NULL';
}

const ERASED = `EXISTS (
  SELECT 1 FROM erasures x JOIN audit a ON a.tenant = x.tenant AND a.seq = x.audit
  WHERE x.conversation = e.conversation AND x.seq = e.seq AND x.tenant = e.tenant AND a.record ->> '$.act' = 'entry:erased'
    AND a.record ->> '$.subject.conversation' = ?5 AND a.record ->> '$.subject.seq' = e.seq)`;

async function verifyChain(
  db: DatabaseSync,
  log: Log,
  audited: boolean,
  yieldTurn: () => Promise<unknown>,
): Promise<Pick<Damage, 'seq' | 'what'> | null> {
  const page = db.prepare(
    `SELECT seq, cid, author, at, kind, body, salt, commitment, hash, ${erasedColumn(audited)} AS erased FROM entries e
     WHERE tenant = ?1 AND conversation = ?2 AND seq > ?3 AND seq <= ?4 ORDER BY seq LIMIT ${CHUNK}`,
  );
  const end = Math.min(log.head, log.last);
  let previous = GENESIS;
  let seq = 0;
  while (seq < end) {
    const rows = page.all(log.tenant, log.id, seq, end, log.uuid) as unknown as Row[];
    if (rows.length === 0) return { seq: seq + 1, what: 'missing' };
    for (const { cid, author, at, kind, erased, ...row } of rows) {
      seq += 1;
      const header = { tenant: log.tenant, conversation: log.uuid, seq: row.seq, cid, author, at, kind };
      const what = misfit(previous, seq, { ...row, header, erased: erased === 1 });
      if (what) return { seq, what };
      previous = row.hash;
    }
    if (rows.length === CHUNK) await yieldTurn();
  }
  // The conversation's row says where the log must end; entries cut off the end would leave a chain that holds in itself.
  if (log.head !== log.last) return { seq: end + 1, what: 'head' };
  return same(previous, log.chain) ? null : { seq: end, what: 'head' };
}
