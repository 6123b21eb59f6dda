import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { ERASED_BODY } from '../../domain/chain.js';
import type { Erasure, ErasureResult } from '../archive.js';
import { INSTALLATION } from '../audit-storage.js';
import type { AuditDraft } from '../audit-storage.js';
import { StoreError } from '../store-error.js';
import { writeAudit } from './audit-writer.js';
import { connect, requireDurable } from './connection.js';
import { Database } from './database.js';
import type { Session } from './database.js';
import { forgetEntry } from './message-words.js';

/** ms to wait for those who read since before. */
const PATIENCE = 3_000;
const PAUSE = 100;

/**
 * Erases messages for good while nodes go on: nothing of a node can do that. `VACUUM FULL` writes the tables anew without the rows of before;
 * sends and reads wait for it, as long as it takes to copy the entries. What was written ahead (pg_wal, an archive of it) and replicas' copies
 * of it keep the bytes until they are recycled.
 *
 * @throws ParleyError UNAVAILABLE when the database is not there.
 */
export async function erasePostgres(url: string, erasures: readonly Erasure[]): Promise<ErasureResult[]> {
  const database = new Database({ url, connections: 1 });
  const results: ErasureResult[] = [];
  try {
    for (const erasure of erasures) results.push(await database.write(null, (session, call) => erase(session, erasure, call)));
  } finally {
    await database.close();
  }
  // Also when it was erased before: a kill may have come between the two.
  if (results.some((result) => result === 'erased' || result === 'already')) await scrub(url);
  return results;
}

/**
 * Gives a store that was put back by the tools of PostgreSQL a new epoch, whatever it looks like.
 *
 * @throws StoreError while nodes have it open: they would go on under the old one.
 */
export async function renewPostgres(url: string, record: AuditDraft): Promise<string> {
  const database = new Database({ url, connections: 1 });
  try {
    await requireAlone(database);
    const epoch = randomUUID();
    return await database.write(null, async (session, call) => {
      await session.query('UPDATE store SET epoch = $1', [epoch]);
      await writeAudit(session, INSTALLATION, { ...record, facts: { ...record.facts, epoch } }, { call, now: Date.now() });
      return epoch;
    });
  } finally {
    await database.close();
  }
}

async function erase(session: Session, { tenant, conversation, seq, record }: Erasure, call: string): Promise<ErasureResult> {
  const { query } = session;
  const [row] = await query<{ id: number; conversation: number; kind: string; erased: boolean }>(
    `SELECT e.id, e.conversation, e.kind, length(e.salt) = 0 AS erased FROM conversations c
     JOIN entries e ON e.conversation = c.id AND e.tenant = c.tenant WHERE c.tenant = $1 AND c.uuid = $2 AND e.seq = $3 FOR UPDATE OF e`,
    [tenant, conversation, seq],
  );
  if (!row) return 'not-found';
  if (row.kind !== 'message') return 'no-text';
  if (row.erased) return 'already';
  const audit = await writeAudit(session, tenant, { ...record, subject: { conversation, seq } }, { call, now: Date.now() });
  await query('INSERT INTO erasures (tenant, conversation, seq, audit) VALUES ($1, $2, $3, $4)', [tenant, row.conversation, seq, audit]);
  await query(`UPDATE entries SET body = $1, salt = ''::bytea, request = NULL WHERE id = $2`, [ERASED_BODY, row.id]);
  await forgetEntry(session, tenant, row.conversation, seq);
  return 'erased';
}

async function scrub(url: string): Promise<void> {
  const client = await connect(url);
  try {
    await requireDurable(client);
    await client.query('SET statement_timeout = 0; SET lock_timeout = 0');
    await writeAnew(client, ['entries', 'message_words']);
    // What the planner remembers of words is made anew, and so is the table in which it remembered them.
    await client.query('ANALYZE message_words');
    await writeAnew(client, ['pg_catalog.pg_statistic']);
    // What stood in the pages is then on the disk no more, and only in what was written ahead.
    await client.query('CHECKPOINT').catch(() => undefined);
  } finally {
    await client.end();
  }
}

/** Until no row is left in the files that nobody may use any more and somebody may still see. */
async function writeAnew(client: Client, tables: readonly string[]): Promise<void> {
  let kept = 0;
  // The detail of what VERBOSE says begins with their number.
  const count = ({ detail }: { detail?: string | undefined }): void => void (kept += Number(/^\d+/.exec(detail ?? '')?.[0] ?? 0));
  client.on('notice', count);
  try {
    for (const end = performance.now() + PATIENCE; ;) {
      kept = 0;
      await outlive(client);
      for (const table of tables) await client.query(`VACUUM (FULL, VERBOSE) ${table}`);
      if (kept === 0) return;
      // Until then it may have been a node that began to read meanwhile, beside a transaction of another database of the same cluster.
      if (performance.now() > end)
        throw new Error(
          'The text is erased and still in the files: a transaction of before keeps it. End that transaction, and ask again.',
        );
    }
  } finally {
    client.off('notice', count);
  }
}

/** Whoever reads since before the erasure keeps its rows from being removed. Nodes are done in a moment; others may not be seen here. */
async function outlive(client: Client): Promise<void> {
  const { rows } = await client.query<{ xid: string }>('SELECT pg_current_xact_id()::xid::text AS xid');
  for (const end = performance.now() + PATIENCE; performance.now() < end; await delay(PAUSE)) {
    const older = await client.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) > age($1::text::xid)`,
      [rows[0]?.xid],
    );
    if (older.rowCount === 0) return;
  }
}

/** What this process has just closed may take a moment to be gone. */
async function requireAlone(database: Database): Promise<void> {
  for (const end = performance.now() + PATIENCE; ; await delay(PAUSE)) {
    const others = await database.read(null, ({ query }) =>
      query(`SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'parley' AND usename = current_user AND pid <> pg_backend_pid()`),
    );
    if (others.length === 0) return;
    if (performance.now() > end) throw new StoreError('STORE_LOCKED', 'Nodes have the database open. Stop them, and ask again.');
  }
}
