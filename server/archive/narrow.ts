import { join } from 'node:path';
import type { Archive } from '../storage/archive.js';
import { headsOf, logKey, readAnchorLines } from './anchored-heads.js';
import type { AnchoredHistory } from './anchored-heads.js';
import type { ArchiveDamage } from './verify-archive.js';

/**
 * Of logs that hold in themselves and are not the ones that were signed: finds the two signed heads between which they part. A chain that
 * was rebuilt from somewhere in the middle cannot tell more.
 */
export async function narrow(
  archive: Archive,
  folder: string,
  anchors: AnchoredHistory,
  damages: readonly ArchiveDamage[],
): Promise<ArchiveDamage[]> {
  const parted = damages.filter(({ what }) => what === 'anchor');
  if (parted.length === 0) return [...damages];
  const hashes = await hashesOf(archive, parted);
  const confirmed = new Map<string, number>();
  const refuted = new Map<string, number>();
  const look = (key: string, seq: number, hash: string) => {
    const held = hashes.get(key);
    if (!held) return;
    if (held.get(seq) === hash) confirmed.set(key, Math.max(seq, confirmed.get(key) ?? 0));
    else if (held.has(seq)) refuted.set(key, Math.min(seq, refuted.get(key) ?? Infinity));
  };
  for (const { epoch, file } of anchors.epochs)
    for await (const line of readAnchorLines({ path: join(folder, file), epoch, partial: true }, () => undefined))
      for (const [key, { seq, hash }] of headsOf(line)) look(key, seq, hash);
  return damages.map((damage) => {
    const key = logKey(damage.tenant, damage.conversation);
    return damage.what === 'anchor' ? { ...damage, seq: refuted.get(key) ?? damage.seq, since: confirmed.get(key) ?? 0 } : damage;
  });
}

/** The hash at every number, of the logs in question only. */
async function hashesOf(archive: Archive, damages: readonly ArchiveDamage[]): Promise<Map<string, Map<number, string>>> {
  const wanted = new Set(damages.map(({ tenant, conversation }) => logKey(tenant, conversation)));
  const found = new Map<string, Map<number, string>>();
  const keep = (key: string, seq: number, hash: Uint8Array) => {
    const held = found.get(key) ?? new Map<number, string>();
    found.set(key, held.set(seq, Buffer.from(hash).toString('hex')));
  };
  for (const tenant of new Set(damages.map((damage) => damage.tenant))) {
    for await (const log of archive.logs(tenant)) {
      const key = logKey(tenant, log.conversation);
      if (wanted.has(key)) for await (const { header, hash } of archive.entries(log)) keep(key, header.seq, hash);
    }
    for (const audit of await archive.audits(tenant)) {
      const key = logKey(tenant, null);
      if (wanted.has(key)) for await (const { seq, hash } of archive.records(audit)) keep(key, seq, hash);
    }
  }
  return found;
}
