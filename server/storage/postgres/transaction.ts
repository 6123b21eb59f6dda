import type { Pool, PoolClient } from 'pg';
import { isLostConnection } from './failures.js';
import { sessionOf } from './session.js';
import type { Session } from './session.js';

/** Whose rows a transaction sees: a tenant's, or those of all (null) for what belongs to the installation. */
export type Whose = string | null;

/** The connection was lost while a transaction committed: it did, or it did not. */
export class UnansweredCommit extends Error {
  constructor(cause: unknown) {
    super('the commit was not answered', { cause });
    this.name = 'UnansweredCommit';
  }
}

/** Runs `work` on what was committed at one moment. */
export async function readOnce<T>(pool: Pool, whose: Whose, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const result = await inside(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', whose, work);
  // Nothing hangs on its answer, but the connection is free with it only.
  void client.query('COMMIT').then(
    () => client.release(),
    () => client.release(true),
  );
  return result;
}

/**
 * The wait for a standby that confirms must not be cut short: PostgreSQL would call that a commit. Without a limit of its own it ends with the one of
 * this side, which takes it for unanswered.
 */
const COMMIT = 'SET LOCAL statement_timeout = 0; COMMIT';

/** Runs `work` and commits, once. @throws UnansweredCommit when nobody knows whether it did. */
export async function writeOnce<T>(pool: Pool, whose: Whose, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const result = await inside(client, 'BEGIN', whose, work);
  const [owed, committed] = await Promise.allSettled([sessionOf(client).settled(), client.query(COMMIT)]);
  if (owed.status === 'rejected' && !isLostConnection(owed.reason)) {
    // The transaction had ended in itself before its commit came.
    await rollBack(client, owed.reason);
    throw owed.reason;
  }
  if (committed.status === 'rejected') {
    client.release(true);
    throw isLostConnection(committed.reason) ? new UnansweredCommit(committed.reason) : committed.reason;
  }
  client.release();
  return result;
}

/** Begins and works. A failure ends the transaction and gives the connection back. */
async function inside<T>(client: PoolClient, statement: string, whose: Whose, work: (session: Session) => Promise<T>): Promise<T> {
  const session = sessionOf(client);
  try {
    const begun = begin(client, statement, whose);
    return await settledTogether(begun, work(session));
  } catch (error) {
    await session.settled().catch(() => undefined);
    await rollBack(client, error);
    throw error;
  }
}

async function begin(client: PoolClient, statement: string, whose: Whose): Promise<void> {
  await Promise.all([
    client.query(statement),
    client.query({
      name: 'parley_whose',
      text: "SELECT set_config('parley.tenant', $1, true), set_config('parley.every_tenant', $2, true)",
      values: [whose ?? '', whose === null ? 'on' : ''],
    }),
  ]);
}

/**
 * What the work resolves to, or the first failure once both have ended: nothing may still be under way when it is rolled back. `begun` was
 * called first, so what it asks of the connection is done first.
 */
export async function settledTogether<T>(begun: Promise<void>, work: Promise<T>): Promise<T> {
  const [beginning, working] = await Promise.allSettled([begun, work]);
  // What kept the transaction from beginning tells more than what stumbled over it.
  if (beginning.status === 'rejected') throw beginning.reason;
  if (working.status === 'rejected') throw working.reason;
  return working.value;
}

/** Gives the connection back, or up. */
async function rollBack(client: PoolClient, error: unknown): Promise<void> {
  if (isLostConnection(error)) {
    client.release(true);
    return;
  }
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}
