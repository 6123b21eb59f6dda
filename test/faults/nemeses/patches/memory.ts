import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';
import { plantIntoWorkers } from '../../plants/in-workers.js';

/*
 * Loaded with `--import` into a server that runs with `--expose-gc`: at SIGUSR2 every thread sweeps its heap, and what the main one holds
 * then stands in the file FAULTS_MEMORY. What is held after a sweep grows only where something leaks; resident memory grows for other reasons, too.
 */
const FILE = process.env['FAULTS_MEMORY'];
const channel = new BroadcastChannel('faults-memory');
const sweep = (): void => globalThis.gc?.();

if (isMainThread) {
  process.on('SIGUSR2', () => {
    channel.postMessage(null);
    // What a finaliser lets go is swept the next time.
    void (async () => {
      sweep();
      await wait(200);
      sweep();
      if (FILE !== undefined) writeFileSync(FILE, JSON.stringify(process.memoryUsage()));
    })();
  });
} else channel.onmessage = sweep;
channel.unref();
plantIntoWorkers(import.meta.url);
