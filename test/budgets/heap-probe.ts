import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/*
 * Loaded into a server: at each SIGUSR2 it says how many bytes are in use, every other time without having collected anything, so the
 * difference is what was allocated. Its young generation must be so large that nothing is collected by itself.
 */
if (isMainThread) {
  let asked = 0;
  process.on('SIGUSR2', () => {
    asked += 1;
    setFlagsFromString('--expose-gc');
    if (asked % 2 === 1) (runInNewContext('gc') as () => void)();
    process.stderr.write(`heap ${asked}: ${process.memoryUsage().heapUsed}\n`);
  });
}
