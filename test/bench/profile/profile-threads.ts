import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';

/*
 * Loaded before a server that is profiled (`--import`): its threads have arguments of their own and would not be profiled with it.
 * They take over what the process was given.
 */
const given = process.execArgv.filter((argument) => argument.startsWith('--cpu-prof'));

threads.Worker = class extends threads.Worker {
  constructor(file: string | URL, options: WorkerOptions = {}) {
    super(file, { ...options, ...(options.execArgv ? { execArgv: [...options.execArgv, ...given] } : {}) });
  }
};
syncBuiltinESMExports();
