import { parentPort, workerData } from 'node:worker_threads';
import { refusalOf } from './connection.js';
import type { Call, FromWorker, WorkerData } from './messages.js';

/** What a thread offers once it has its connection. */
export interface Served {
  epoch: string;
  secret: Uint8Array;
  facts: Record<string, unknown>;
  call(calls: readonly Call[]): void;
  /** Finishes what was accepted, then lets go of the files. */
  close(): Promise<void>;
}

/** Opens, says so or why not, and then takes calls until `close`. */
export function serve(open: () => Served): void {
  const port = parentPort;
  if (!port) throw new Error('this file runs in a worker thread');
  const say = (message: FromWorker): void => port.postMessage(message);
  let served: Served;
  try {
    served = open();
  } catch (error) {
    const { code, message } = refusalOf((workerData as WorkerData).file, error);
    say({ type: 'refused', code, message });
    port.close();
    return;
  }
  port.on('message', (message: Call[] | 'close') => {
    if (message !== 'close') served.call(message);
    else void served.close().then(() => port.close());
  });
  say({ type: 'opened', epoch: served.epoch, secret: served.secret, facts: served.facts });
}
