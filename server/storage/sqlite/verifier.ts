import { parentPort, workerData } from 'node:worker_threads';
import { isDamage, openReader } from './connection.js';
import type { Call, FromWorker, WorkerData } from './messages.js';
import type { Damage } from '../storage.js';
import { verifyChains } from './verify.js';
import type { Pace } from './verify.js';
import { Soundness } from './soundness.js';
import { serve } from './worker-side.js';

/** The thread of one check of the whole store: what it reads is as much as there is, and nobody else may wait for it. */
serve(() => {
  const { file } = workerData as WorkerData;
  const db = openReader(file);
  const soundness = new Soundness(file);
  const say = (message: FromWorker): void => parentPort?.postMessage(message);

  async function verify(pace: Pace | undefined): Promise<Damage[]> {
    const found = filesOf();
    try {
      return [...found, ...(await verifyChains(db, pace))];
    } catch (error) {
      // A page that cannot be read at all ends the walk; it was told already, or it is told now.
      if (!isDamage(error)) throw error;
      return found.length > 0 ? found : [DAMAGED];
    }
  }

  /** What a start finds that has not put it off (soundness.ts). */
  function filesOf(): Damage[] {
    const isWhole = findWhole();
    if (isWhole) soundness.checked();
    else soundness.doubted();
    return isWhole ? [] : [DAMAGED];
  }

  function findWhole(): boolean {
    try {
      return db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';
    } catch (error) {
      if (!isDamage(error)) throw error;
      return false;
    }
  }

  /** `check` looks at the file only, `verify` at everything. */
  const run = (verb: string, pace: Pace | undefined): Promise<Damage[]> =>
    verb === 'check' ? Promise.resolve().then(filesOf) : verify(pace);

  return {
    epoch: '',
    secret: new Uint8Array(),
    facts: {},
    call(calls: readonly Call[]) {
      for (const [id, verb, [pace]] of calls)
        run(verb, pace as Pace | undefined).then(
          (damages) => say({ type: 'replies', replies: [[id, damages]] }),
          (error: unknown) => {
            say({ type: 'failed', verb, message: error instanceof Error ? error.message : String(error) });
            say({ type: 'replies', replies: [[id, undefined, { code: 'UNAVAILABLE', message: 'The store could not be checked' }]] });
          },
        );
    },
    async close() {
      db.close();
    },
  };
});

const DAMAGED: Damage = { tenant: '', conversation: null, seq: 0, what: 'file' };
