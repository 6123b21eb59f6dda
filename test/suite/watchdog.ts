import { isMainThread } from 'node:worker_threads';

/*
 * Loaded into each file of node:test: what it opened and never closed would keep its process, and so the whole run, alive for ever. The
 * runner's own limit is one for each test, and ends no process.
 */

/** ms */
const LIMIT = 300_000;

function end(): void {
  process.stderr.write(
    `This file was ended after ${String(LIMIT / 1_000)} s; still open: ${process.getActiveResourcesInfo().join(', ')}\n`,
  );
  process.exit(1);
}

if (isMainThread) setTimeout(end, LIMIT).unref();
