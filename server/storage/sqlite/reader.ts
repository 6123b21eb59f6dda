import { parentPort, workerData } from 'node:worker_threads';
import type { StatementSync } from 'node:sqlite';
import { ParleyError } from '#protocol/errors';
import { isStorageFailure, openReader, readIdentity } from './connection.js';
import type { AnyHandlers, Call, FromWorker, Reply, WorkerData } from './messages.js';
import { readHandlers } from './read-handlers.js';
import { verifyChains } from './verify.js';
import { serve } from './worker-side.js';

/** The thread that reads. It sees a commit as soon as the writer has made it. */
serve(() => {
  const { file } = workerData as WorkerData;
  const db = openReader(file);
  const handlers: AnyHandlers = { ...readHandlers(db) };
  const begin = db.prepare('BEGIN');
  const rollback = db.prepare('ROLLBACK');
  let verifying: Promise<void> | null = null;

  /** A read in a transaction of its own: a call may wait for nobody, and what it finds is of one moment. */
  function read(verb: string, args: readonly unknown[]): unknown {
    const handler = handlers[verb];
    if (!handler) throw new Error('no such verb');
    begin.run();
    try {
      return handler(...(args as never[]));
    } finally {
      endTransaction(rollback);
    }
  }

  /** Has a connection of its own, because it takes as long as the store is large and others go on reading. */
  async function verify(id: number, before: Promise<void> | null): Promise<void> {
    await before;
    const own = openReader(file);
    try {
      say({ type: 'replies', replies: [[id, await verifyChains(own)]] });
    } catch (error) {
      say({ type: 'replies', replies: [refused(id, 'verify', error)] });
    }
    own.close();
  }

  function answer([id, verb, args]: Call): Reply {
    try {
      return [id, read(verb, args)];
    } catch (error) {
      return refused(id, verb, error);
    }
  }

  return {
    ...readIdentity(db),
    facts: {},
    call(calls: readonly Call[]) {
      const replies: Reply[] = [];
      for (const call of calls) {
        if (call[1] === 'verify') verifying = verify(call[0], verifying);
        else replies.push(answer(call));
      }
      if (replies.length > 0) say({ type: 'replies', replies });
    },
    async close() {
      await verifying;
      db.close();
    },
  };
});

/** There is nothing to keep; after a failing disk SQLite may have ended it by itself. */
function endTransaction(rollback: StatementSync): void {
  try {
    rollback.run();
  } catch {
    // it had ended already
  }
}

function refused(id: number, verb: string, error: unknown): Reply {
  const coded = error instanceof ParleyError ? error : new ParleyError(isStorageFailure(error) ? 'UNAVAILABLE' : 'INTERNAL');
  if (coded !== error) say({ type: 'failed', verb, message: error instanceof Error ? error.message : String(error) });
  return [id, undefined, coded.toWire()];
}

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}
