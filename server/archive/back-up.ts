import { counted } from '../counted.js';
import { ConfigError } from '../config.js';
import type { ServerConfig } from '../config.js';
import { AUDIT_ACTS, INSTALLATION } from '../storage/audit-storage.js';
import { openArchive } from './open-archive.js';
import { operator } from './outcome.js';
import type { Asked, Outcome } from './outcome.js';
import { dumpPostgres } from './pg-dump.js';
import { verifyArchive } from './verify-archive.js';
import type { Verified } from './verify-archive.js';

/** `parley backup FILE`: a copy of one moment, made while the server runs, and checked from the first entry to the last (G20). */
export async function backUp({ config, words, values }: Asked): Promise<Outcome> {
  const [file] = words;
  if (file === undefined) throw new ConfigError(['parley backup FILE: say where']);
  const { damages, logs, entries } =
    config.databaseUrl === undefined ? await copyFile(config, file) : await dump(config, config.databaseUrl, file);
  const store = await openArchive(config);
  const by = operator(values.by ?? 'parley backup');
  const record = { act: AUDIT_ACTS.storeBackedUp, by, facts: { logs, entries, damaged: damages.length } };
  await store.audit(INSTALLATION, record).finally(() => store.close());
  if (damages.length > 0)
    return {
      code: 1,
      lines: [],
      complaint: `${file} is written, but has ${counted(damages.length, 'damaged log')}, as the store has: parley verify says which.`,
    };
  return { code: 0, lines: [`${counted(logs, 'log')} with ${counted(entries, 'entry', 'entries')} in ${file}.`] };
}

/** The copy itself is checked. */
async function copyFile({ data }: ServerConfig, file: string): Promise<Verified> {
  const { backUpSqlite, openSqliteArchive } = await import('../storage/sqlite/index.js');
  await backUpSqlite(data, file);
  const copy = openSqliteArchive({ file });
  return verifyArchive(copy).finally(() => copy.close());
}

/** A dump cannot be read without a database to put it into, so the store is checked just before. */
async function dump(config: ServerConfig, url: string, file: string): Promise<Verified> {
  const store = await openArchive(config);
  const verified = await verifyArchive(store).finally(() => store.close());
  await dumpPostgres(url, file);
  return verified;
}
