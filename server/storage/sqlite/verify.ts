import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { GENESIS, misfit, same } from '../../domain/chain.js';
import type { Damage } from '../storage.js';

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
}

/** Walks every chain from its first entry to the head; at most one damage a conversation, the first. */
export async function verifyChains(db: DatabaseSync): Promise<Damage[]> {
  const next = db.prepare(
    `SELECT c.id, c.tenant, c.uuid, c.head, c.chain, (SELECT coalesce(max(e.seq), 0) FROM entries e WHERE e.conversation = c.id) AS last
     FROM conversations c WHERE c.id > ? ORDER BY c.id LIMIT 1`,
  );
  const damages: Damage[] = [];
  for (let log = next.get(0) as Log | undefined; log; log = next.get(log.id) as Log | undefined) {
    const damage = await verifyChain(db, log);
    if (damage) damages.push({ tenant: log.tenant, conversation: log.uuid, ...damage });
    await nextTurn();
  }
  return damages;
}

async function verifyChain(db: DatabaseSync, log: Log): Promise<Pick<Damage, 'seq' | 'what'> | null> {
  const page = db.prepare(
    `SELECT seq, cid, author, at, kind, body, salt, commitment, hash FROM entries
     WHERE tenant = ? AND conversation = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ${CHUNK}`,
  );
  const end = Math.min(log.head, log.last);
  let previous = GENESIS;
  let seq = 0;
  while (seq < end) {
    const rows = page.all(log.tenant, log.id, seq, end) as unknown as Row[];
    if (rows.length === 0) return { seq: seq + 1, what: 'missing' };
    for (const { cid, author, at, kind, ...row } of rows) {
      seq += 1;
      const header = { tenant: log.tenant, conversation: log.uuid, seq: row.seq, cid, author, at, kind };
      const what = misfit(previous, seq, { header, body: row.body, salt: row.salt, commitment: row.commitment, hash: row.hash });
      if (what) return { seq, what };
      previous = row.hash;
    }
    await nextTurn();
  }
  // The conversation's row says where the log must end; entries cut off the end would leave a chain that holds in itself.
  if (log.head !== log.last) return { seq: end + 1, what: 'head' };
  return same(previous, log.chain) ? null : { seq: end, what: 'head' };
}
