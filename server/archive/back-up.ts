import type { Asked } from '../cli-archive.js';
import { ConfigError } from '../config.js';
import { AUDIT_ACTS, INSTALLATION } from '../storage/audit-storage.js';
import { backUpSqlite, openSqliteArchive } from '../storage/sqlite/index.js';
import { openArchive } from './open-archive.js';
import { operator } from './outcome.js';
import type { Outcome } from './outcome.js';
import { verifyArchive } from './verify-archive.js';

/** `parley backup FILE`: a copy of one moment, made while the server runs, and checked from the first entry to the last (G20). */
export async function backUp({ config, words, values }: Asked): Promise<Outcome> {
  const [file] = words;
  if (file === undefined) throw new ConfigError(['parley backup FILE: say where']);
  await backUpSqlite(config.data, file);
  const copy = openSqliteArchive({ file });
  try {
    const { damages, logs, entries } = await verifyArchive(copy);
    const store = await openArchive(config);
    const by = operator(values.by ?? 'parley backup');
    const record = { act: AUDIT_ACTS.storeBackedUp, by, facts: { logs, entries, damaged: damages.length } };
    await store.audit(INSTALLATION, record).finally(() => store.close());
    if (damages.length > 0)
      return {
        code: 1,
        lines: [],
        complaint: `${file} is written, but ${damages.length} logs are damaged, as in the store: parley verify names them.`,
      };
    return { code: 0, lines: [`${logs} logs with ${entries} entries in ${file}.`] };
  } finally {
    await copy.close();
  }
}
