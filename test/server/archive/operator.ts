import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { runCommand } from '../../../server/cli/main.js';
import type { Outcome } from '../../../server/archive/outcome.js';
import { Anchorer } from '../../../server/archive/anchorer.js';
import { anchorKey } from '../../../server/archive/anchor-key.js';
import { anchorPlace } from '../../../server/archive/anchor-place.js';
import type { Storage } from '../../../server/storage/storage.js';

const root = mkdtempSync(join(tmpdir(), 'parley-archive-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** A folder of its own, removed after the tests of the file. */
export function newFolder(): string {
  return mkdtempSync(join(root, 'of-'));
}

/** What an operator types, as the command line hands it on; with the settings of the environment. */
export function parley(data: string, env: Record<string, string> = {}) {
  return (...args: string[]): Promise<Outcome> => runCommand(args, { PARLEY_DATA: data, ...env });
}

export const silent = { fatal() {}, error() {}, warn() {}, info() {}, debug() {} };

/** Signs where everything stands now, as a server does every minute, and says with which key. */
export async function anchor(storage: Storage, data: string, folder: string): Promise<string> {
  const anchorer = anchorerOf(storage, data, folder);
  await anchorer.run();
  return anchorer.publicKey;
}

export function anchorerOf(
  storage: Storage,
  data: string,
  folder: string,
  anchored: (delivered: boolean) => void = mustSucceed,
  now: () => number = Date.now,
): Anchorer {
  return new Anchorer({
    storage,
    key: anchorKey({ data, anchorKey: undefined }),
    place: anchorPlace(folder),
    interval: 3_600_000,
    logger: silent,
    metrics: { anchored },
    now,
  });
}

function mustSucceed(delivered: boolean): void {
  if (!delivered) throw new Error('the heads were not delivered');
}
