import { counted } from '../counted.js';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ConfigError } from '../config.js';
import type { Erasure } from '../storage/archive.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import { readAnchors } from './anchored-heads.js';
import type { AnchoredHistory } from './anchored-heads.js';
import { eraseIn, openArchive } from './open-archive.js';
import { operator, required } from './outcome.js';
import type { Asked, Outcome } from './outcome.js';
import { folderOf } from './verify.js';
import { verifyArchive } from './verify-archive.js';

/** `parley restore FILE`: checks a backup whole, puts it in the place of the store, and erases again what was erased since it was made. */
export async function restore(asked: Asked): Promise<Outcome> {
  const { config, words, values } = asked;
  if (config.databaseUrl !== undefined) return restoredDatabase(asked, config.databaseUrl);
  const [file] = words;
  if (file === undefined) throw new ConfigError(['parley restore FILE: say which backup']);
  const { by } = required(values, 'by', 'reason');
  const erasures = await erasuresOf(asked, by);
  const { openSqliteArchive, restoreSqlite } = await import('../storage/sqlite/index.js');
  const backup = openSqliteArchive({ file });
  const { damages, logs, entries } = await verifyArchive(backup).finally(() => backup.close());
  const force = asked.switches.force === true;
  if (damages.length > 0 && !force)
    return {
      code: 1,
      lines: [],
      complaint: `${file} has ${counted(damages.length, 'damaged log')}; nothing was changed. --force takes it as it is.`,
    };
  const record = recordOf(asked, { sha256: await digestOf(file), logs, entries, damaged: damages.length });
  const { epoch, erased, aside } = await restoreSqlite({ directory: config.data, file, force, record, erasures });
  return {
    code: 0,
    lines: [
      inPlace(logs, entries, epoch),
      ...erasedAgain(erased, config.anchors),
      ...(aside === null ? [] : [`The store of before is ${aside}; what was erased from the new one may still be in it.`]),
    ],
  };
}

/** What the tools of PostgreSQL have put back: checked, known as another history from now on, and without what was erased since. */
async function restoredDatabase(asked: Asked, url: string): Promise<Outcome> {
  const { config, words, values, switches } = asked;
  if (words.length > 0)
    throw new ConfigError([
      'parley restore: put the database back by its own tools (pg_restore, a base backup), then say it again without a file',
    ]);
  const { by } = required(values, 'by', 'reason');
  const erasures = await erasuresOf(asked, by);
  const archive = await openArchive(config);
  const { damages, logs, entries } = await verifyArchive(archive).finally(() => archive.close());
  if (damages.length > 0 && !switches.force)
    return {
      code: 1,
      lines: [],
      complaint: `The database has ${counted(damages.length, 'damaged log')}; nothing was changed. --force takes it as it is.`,
    };
  const { renewPostgres } = await import('../storage/postgres/index.js');
  const epoch = await renewPostgres(url, recordOf(asked, { logs, entries, damaged: damages.length }));
  const erased = (await eraseIn(config, erasures)).filter((result) => result === 'erased').length;
  return { code: 0, lines: [inPlace(logs, entries, epoch), ...erasedAgain(erased, config.anchors)] };
}

const inPlace = (logs: number, entries: number, epoch: string): string =>
  `In place: ${counted(logs, 'log')} with ${counted(entries, 'entry', 'entries')}, epoch ${epoch}.`;

function recordOf({ values }: Asked, facts: Record<string, string | number>) {
  const { by, reason } = required(values, 'by', 'reason');
  return { act: AUDIT_ACTS.storeRestored, by: operator(by), reason, facts };
}

function erasedAgain(count: number, anchors: string | undefined): string[] {
  if (folderOf(anchors) === null)
    return ['Without a folder of signed heads (PARLEY_ANCHORS) nobody knows what was erased since: its text may be back.'];
  return count > 0 ? [`${count} messages that were erased since are erased again.`] : [];
}

/** The second place knows of erasures that the backup does not: their texts must not come back. */
async function erasuresOf({ config }: Asked, by: string): Promise<Erasure[]> {
  const folder = folderOf(config.anchors);
  if (folder === null) return [];
  const { epochs }: AnchoredHistory = await readAnchors(folder);
  const record = { act: AUDIT_ACTS.entryErased, by: operator(by), reason: 'erased before the restore' };
  return epochs.flatMap(({ erasures }) => erasures.map((erasure) => ({ ...erasure, record })));
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}
