import type { Archive } from '../storage/archive.js';
import { readAnchors } from './anchored-heads.js';
import type { AnchoredHistory } from './anchored-heads.js';
import { openExport } from './export-reader.js';
import { narrow } from './narrow.js';
import { openArchive } from './open-archive.js';
import type { Asked, Outcome } from './outcome.js';
import { verifyArchive } from './verify-archive.js';
import type { ArchiveDamage } from './verify-archive.js';

/** `parley verify`: the store, or an export; alone, or against the signed heads of a folder. */
export async function verify({ config, values }: Asked): Promise<Outcome> {
  const keys = values.key === undefined ? null : new Set(values.key.split(',').map((key) => key.trim()));
  const exported = values.export === undefined ? null : await openExport(values.export);
  const folder = exported ? exported.anchors : folderOf(config.anchors);
  const archive = exported?.archive ?? (await openArchive(config));
  try {
    const anchors = folder === null ? null : await readAnchors(folder, keys, exported !== null);
    const { damages, lost } = await verifyArchive(archive, anchors, exported ? { partial: exported.partial } : {});
    const told = anchors && folder !== null ? await narrow(archive, folder, anchors, damages) : damages;
    const faults = [...(exported?.faults ?? []), ...(anchors ? faultsOf(archive, anchors) : [])];
    const lines = [...told.map(describe), ...faults, ...lost.map((damage) => `${describe(damage)} (before the store was restored)`)];
    const count = told.length + faults.length;
    if (count > 0) return { code: 1, lines, complaint: `${count} damaged.` };
    const whole = ['Every entry fits its chain.', ...(anchors ? summary(anchors, keys !== null) : [])];
    return lost.length === 0
      ? { code: 0, lines: whole }
      : { code: 3, lines: [...lines, ...whole, `${lost.length} logs had more before the store was restored; see above.`] };
  } finally {
    await archive.close();
  }
}

/** Where heads are posted to an address, an operator fetches them into a folder first. */
export function folderOf(anchors: string | undefined): string | null {
  return anchors === undefined || /^https?:/.test(anchors) ? null : anchors;
}

function faultsOf(archive: Archive, { epochs, faults }: AnchoredHistory): string[] {
  const known = epochs.find(({ epoch }) => epoch === archive.anchored?.epoch);
  const early =
    archive.anchored && (known?.last ?? 0) < archive.anchored.number
      ? [{ file: known?.file ?? archive.anchored.epoch, line: 0, what: 'ends early' }]
      : [];
  return [...faults, ...early].map(({ file, line, what }) => `signed heads ${file}${line > 0 ? ` line ${line}` : ''}: ${what}`);
}

function describe({ tenant, conversation, seq, what, since }: ArchiveDamage): string {
  const name = tenant === '' ? '(installation)' : tenant;
  const where = conversation === null ? `${name} audit record ${seq}` : `${name} ${conversation} entry ${seq}`;
  return `${where}: ${what}${since === undefined ? '' : ` (as signed up to ${since})`}`;
}

function summary({ epochs }: AnchoredHistory, checked: boolean): string[] {
  const lines = epochs.reduce((sum, epoch) => sum + epoch.lines, 0);
  const keys = [...new Set(epochs.flatMap((epoch) => [...epoch.keys]))];
  return [
    `Every log is as it was signed (signed lines: ${lines}; epochs: ${epochs.length}).`,
    ...(checked ? [] : keys.map((key) => `Signed by ${key}: compare it with what parley keys print says.`)),
  ];
}
