import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { ConnectionFacts } from './connection.js';

export interface Identity {
  epoch: string;
  secret: Uint8Array;
  /** Why the clients must not trust what they hold; null when the store is as it was left. */
  restored: string | null;
}

interface StoreRow extends ConnectionFacts {
  epoch: string;
  secret: Buffer;
}

/**
 * Who the store is. It is the same as long as it stands in the same history of the same cluster: a standby that was promoted and a backup
 * that was rolled forward have another timeline, a dump that was read in has another cluster. Their clients may hold what was never in
 * them, so the epoch is a new one (SPEC S4). A copy of the files of a cluster that is put back with no recovery has neither: whoever
 * does that calls `parley restore`. Inside `withStoreLocked`.
 */
export async function identify(client: Client, facts: ConnectionFacts): Promise<Identity> {
  const { rows } = await client.query<StoreRow>('SELECT epoch, secret, system, timeline FROM store');
  const [known] = rows;
  if (!known) {
    const made = { epoch: randomUUID(), secret: randomBytes(32) };
    await client.query('INSERT INTO store (singleton, epoch, secret, system, timeline) VALUES (1, $1, $2, $3, $4)', [
      made.epoch,
      made.secret,
      facts.system,
      facts.timeline,
    ]);
    return { ...made, restored: null };
  }
  const { epoch, secret } = known;
  if (known.system === facts.system && known.timeline === facts.timeline) return { epoch, secret, restored: null };
  const next = randomUUID();
  await client.query('BEGIN');
  if (known.system !== facts.system) await client.query(FORGET_TRANSACTIONS);
  await client.query('UPDATE store SET epoch = $1, system = $2, timeline = $3', [next, facts.system, facts.timeline]);
  await client.query('COMMIT');
  const restored = known.system === facts.system ? 'another timeline' : 'another cluster';
  return { epoch: next, secret, restored };
}

/**
 * Transaction numbers of another cluster mean nothing in this one: they would be of the future, and `changesSince` would name everything for
 * ever. A column that is made anew with a constant costs no rewriting, and no trigger is asked.
 */
const FORGET_TRANSACTIONS = ['entries', 'revocations']
  .map(
    (table) => `
ALTER TABLE ${table} DROP COLUMN xid;
ALTER TABLE ${table} ADD COLUMN xid xid8 NOT NULL DEFAULT '3'::xid8;
ALTER TABLE ${table} ALTER COLUMN xid SET DEFAULT pg_current_xact_id();
CREATE INDEX ${table}_xid ON ${table} (xid);`,
  )
  .join('')
  .concat(`SET LOCAL parley.every_tenant = 'on'; UPDATE user_states SET changed = '3'::xid8;`);
