import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Worker } from 'node:worker_threads';

/** Loaded before the program with `--import`: SIGUSR2 ends its first worker thread, as running out of memory would. */
const threads = createRequire(import.meta.url)('node:worker_threads') as { isMainThread: boolean; Worker: typeof Worker };

if (threads.isMainThread) {
  const started: Worker[] = [];
  threads.Worker = class extends threads.Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      started.push(this);
    }
  };
  syncBuiltinESMExports();
  process.on('SIGUSR2', () => void started[0]?.terminate());
}
