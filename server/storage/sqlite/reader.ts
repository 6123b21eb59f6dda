import { parentPort, workerData } from 'node:worker_threads';
import type { StatementSync } from 'node:sqlite';
import { ParleyError } from '#protocol/errors';
import { isStorageFailure, openReader, readIdentity } from './connection.js';
import type { AnyHandlers, Call, FromWorker, Reply, WorkerData } from './messages.js';
import { readHandlers } from './read-handlers.js';
import { serve } from './worker-side.js';

/** The thread that reads. It sees a commit as soon as the writer has made it. */
serve(() => {
  const { file } = workerData as WorkerData;
  const db = openReader(file);
  const handlers: AnyHandlers = { ...readHandlers(db) };
  const begin = db.prepare('BEGIN');
  const rollback = db.prepare('ROLLBACK');

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
      say({ type: 'replies', replies: calls.map(answer) });
    },
    async close() {
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
