import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Asked } from '../cli-archive.js';
import { ConfigError } from '../config.js';
import type { Erasure } from '../storage/archive.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import { openSqliteArchive, restoreSqlite } from '../storage/sqlite/index.js';
import { readAnchors } from './anchored-heads.js';
import type { AnchoredHistory } from './anchored-heads.js';
import { operator, required } from './outcome.js';
import type { Outcome } from './outcome.js';
import { folderOf } from './verify.js';
import { verifyArchive } from './verify-archive.js';

/** `parley restore FILE`: checks a backup whole, puts it in the place of the store, and erases again what was erased since it was made. */
export async function restore({ config, words, values, switches }: Asked): Promise<Outcome> {
  const [file] = words;
  if (file === undefined) throw new ConfigError(['parley restore FILE: say which backup']);
  const { by, reason } = required(values, 'by', 'reason');
  const folder = folderOf(config.anchors);
  const anchors = folder === null ? null : await readAnchors(folder).catch(() => null);
  const backup = openSqliteArchive({ file });
  let verified: Awaited<ReturnType<typeof verifyArchive>>;
  try {
    verified = await verifyArchive(backup);
  } finally {
    await backup.close();
  }
  const { damages, logs, entries } = verified;
  if (damages.length > 0 && !switches.force)
    return {
      code: 1,
      lines: [],
      complaint: `${damages.length} logs of ${file} are damaged; nothing was changed. --force takes it as it is.`,
    };
  const record = {
    act: AUDIT_ACTS.storeRestored,
    by: operator(by),
    reason,
    facts: { sha256: await digestOf(file), logs, entries, damaged: damages.length },
  };
  const erasures = anchors ? erasuresOf(anchors, by) : [];
  const { epoch, erased, aside } = await restoreSqlite({ directory: config.data, file, force: switches.force === true, record, erasures });
  return {
    code: 0,
    lines: [
      `${logs} logs with ${entries} entries are in place, epoch ${epoch}.`,
      ...(erased > 0 ? [`${erased} messages that were erased since are erased again.`] : []),
      ...(aside === null ? [] : [`The store of before is ${aside}; what was erased from the new one may still be in it.`]),
    ],
  };
}

/** The second place knows of erasures that the backup does not: their texts must not come back. */
function erasuresOf({ epochs }: AnchoredHistory, by: string): Erasure[] {
  const record = { act: AUDIT_ACTS.entryErased, by: operator(by), reason: 'erased before the restore' };
  return epochs.flatMap(({ erasures }) => erasures.map((erasure) => ({ ...erasure, record })));
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}
