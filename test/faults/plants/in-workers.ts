import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';

/** Loads a plant into every worker thread as well: the server gives its threads their own arguments, which would leave it out. */
export function plantIntoWorkers(plant: string): void {
  if (!workerThreads.isMainThread) return;
  workerThreads.Worker = class extends workerThreads.Worker {
    constructor(file: string | URL, options: workerThreads.WorkerOptions = {}) {
      super(file, { ...options, execArgv: [...(options.execArgv ?? process.execArgv), '--import', plant] });
    }
  };
  syncBuiltinESMExports();
}
