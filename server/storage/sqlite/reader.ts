import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseSync } from 'node:sqlite';
import { ParleyError } from '#protocol';
import { isStorageFailure, openReader } from './connection.js';
import type { AnyHandlers, Call, FromWorker, Reply, WorkerData } from './messages.js';
import { readHandlers } from './read-handlers.js';
import { verifyChains } from './verify.js';
import { serve } from './worker-side.js';

/** The thread that reads. It sees a commit as soon as the writer has made it. */
serve(() => {
  const { file } = workerData as WorkerData;
  const db = openReader(file);
  const handlers: AnyHandlers = { ...readHandlers(db) };
  const waiting: Call[] = [];
  let running: Promise<void> | null = null;
  let verifying: Promise<void> | null = null;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const replies: Reply[] = [];
      for (const [id, verb, args] of waiting.splice(0)) {
        if (verb === 'verify') verifying = verify(id, verifying);
        else replies.push(await answer(id, verb, () => inTransaction(db, handlers[verb], args)));
      }
      say({ type: 'replies', replies });
      await new Promise(setImmediate);
    }
    running = null;
  }

  /** Has a connection of its own, because it takes as long as the store is large and others go on reading. */
  async function verify(id: number, before: Promise<void> | null): Promise<void> {
    await before;
    const own = openReader(file);
    say({ type: 'replies', replies: [await answer(id, 'verify', () => verifyChains(own))] });
    own.close();
  }

  return {
    epoch: String(db.prepare('SELECT epoch FROM store').get()?.['epoch']),
    facts: {},
    call(calls: readonly Call[]) {
      waiting.push(...calls);
      running ??= run();
    },
    async close() {
      await running;
      await verifying;
      db.close();
    },
  };
});

async function inTransaction(db: DatabaseSync, handler: AnyHandlers[string] | undefined, args: readonly unknown[]): Promise<unknown> {
  if (!handler) throw new Error('no such verb');
  db.exec('BEGIN');
  try {
    return await handler(...(args as never[]));
  } finally {
    endTransaction(db);
  }
}

/** There is nothing to keep; after a failing disk SQLite may have ended it by itself. */
function endTransaction(db: DatabaseSync): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // it had ended already
  }
}

async function answer(id: number, verb: string, ask: () => Promise<unknown>): Promise<Reply> {
  try {
    return [id, await ask()];
  } catch (error) {
    const coded = error instanceof ParleyError ? error : new ParleyError(isStorageFailure(error) ? 'UNAVAILABLE' : 'INTERNAL');
    if (coded !== error) say({ type: 'failed', verb, message: error instanceof Error ? error.message : String(error) });
    return [id, undefined, coded.toWire()];
  }
}

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}
