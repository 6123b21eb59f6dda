import type { ServerConfig } from './config.js';
import { migrateStore, missingSteps } from './storage/open-storage.js';

/** What a command has to say, and whether it is good news. */
export interface MigrationReport {
  text: string;
  ok: boolean;
}

/**
 * `parley migrate`: brings the schema of the store up to date, beside the nodes that have it open where the engine is PostgreSQL. With
 * `check` it changes nothing, and it is no good news when something is missing.
 *
 * @throws StoreError when the store cannot be opened, or was made by newer or other steps.
 */
export async function runMigrate(config: ServerConfig, check: boolean): Promise<MigrationReport> {
  const where = config.databaseUrl === undefined ? config.data : describe(config.databaseUrl);
  if (check) {
    const missing = await missingSteps(config);
    if (missing.length === 0) return { text: `The schema of ${where} is up to date.`, ok: true };
    return { text: `The schema of ${where} needs ${steps(missing)}: run "parley migrate".`, ok: false };
  }
  const done = await migrateStore(config);
  if (done.length === 0) return { text: `The schema of ${where} is up to date; nothing was to do.`, ok: true };
  return { text: `The schema of ${where} is up to date; done: ${steps(done)}.`, ok: true };
}

const steps = (numbers: readonly number[]): string => `${numbers.length === 1 ? 'step' : 'steps'} ${numbers.join(', ')}`;

/** Without the password. */
function describe(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host}${pathname}`;
}
