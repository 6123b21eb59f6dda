import { auditMisfit } from '../domain/audit-chain.js';
import type { StoredRecord } from '../domain/audit-chain.js';
import { GENESIS, misfit, same } from '../domain/chain.js';
import type { Archive, ArchivedAudit, ArchivedEntry, ArchivedLog } from '../storage/archive.js';
import { strayName } from '../storage/sql/strays.js';
import { logKey } from './anchored-heads.js';
import type { AnchoredEpoch, AnchoredHistory, SignedHead } from './anchored-heads.js';

/**
 * What does not fit. `anchor`: the log holds in itself and is not the one whose heads were signed; `erased`: an erased text is there again; `stray`:
 * entries whose conversation was taken away from them.
 */
export interface ArchiveDamage {
  tenant: string;
  /** Null: the tenant's audit log. */
  conversation: string | null;
  /** The first entry that does not fit; with `anchor`, the last one at which that can be: it lies behind `since`. */
  seq: number;
  what: 'missing' | 'changed' | 'chain' | 'head' | 'anchor' | 'erased' | 'stray';
  /** The last entry that a signed head confirms; 0 when none does. */
  since?: number;
}

export interface Verified {
  logs: number;
  entries: number;
  damages: ArchiveDamage[];
  /** What was there before the store was restored and is not any more. */
  lost: ArchiveDamage[];
}

interface Chain {
  tenant: string;
  conversation: string | null;
  head: number;
  last: number;
  chain: Uint8Array;
}

interface Link {
  seq: number;
  hash: Uint8Array;
  what: 'missing' | 'changed' | 'chain' | null;
  erased?: boolean;
}

/**
 * Walks every log, each from its first entry to its end, and holds it against the signed heads of each epoch. `partial`: an export of one
 * conversation, which lacks the others that were signed.
 */
export async function verifyArchive(
  archive: Archive,
  anchors: AnchoredHistory | null = null,
  { partial = false }: { partial?: boolean } = {},
): Promise<Verified> {
  await archive.checkFiles();
  const epochs = anchors?.epochs ?? [];
  const result: Verified = { logs: 0, entries: 0, damages: [], lost: [] };
  const unseen = epochs.map(({ heads }) => new Set(heads.keys()));
  const check = async (chain: Chain, links: AsyncIterable<Link>) => {
    const key = logKey(chain.tenant, chain.conversation);
    for (const keys of unseen) keys.delete(key);
    result.logs += 1;
    const walked = await walk(
      chain,
      links,
      epochs.map(({ heads }) => heads.get(key)),
    );
    result.entries += walked.seq;
    const named = (damage: Pick<ArchiveDamage, 'seq' | 'what'>): ArchiveDamage => ({
      tenant: chain.tenant,
      conversation: chain.conversation,
      ...damage,
    });
    if (walked.damage) result.damages.push(named(walked.damage));
    walked.anchored.forEach((damage, index) => {
      if (!damage) return;
      const current = isCurrent(archive, epochs[index]);
      if (!current || !walked.damage) (current ? result.damages : result.lost).push(named(damage));
    });
    for (const { erasures } of epochs)
      for (const { tenant, conversation, seq } of erasures)
        if (logKey(tenant, conversation) === key && seq <= walked.seq && !walked.erased.has(seq))
          result.damages.push(named({ seq, what: 'erased' }));
  };
  for await (const stray of archive.strays())
    result.damages.push({ tenant: stray.tenant, conversation: strayName(stray), seq: stray.seq, what: 'stray' });
  for await (const log of archive.logs(null)) await check(log, entryLinks(archive, log));
  for (const audit of await archive.audits(null)) await check({ ...audit, conversation: null }, recordLinks(archive, audit));
  const absent = partial ? [] : unseen;
  absent.forEach((keys, index) => {
    for (const key of keys) {
      const [tenant, conversation] = JSON.parse(key) as [string, string | null];
      (isCurrent(archive, epochs[index]) ? result.damages : result.lost).push({ tenant, conversation, seq: 1, what: 'missing' });
    }
  });
  const damaged = new Set(result.damages.map(({ tenant, conversation }) => logKey(tenant, conversation)));
  const lost = result.lost.filter(({ tenant, conversation }) => !damaged.has(logKey(tenant, conversation)));
  return { ...result, lost: distinct(lost) };
}

/** A head of an epoch before may be of entries that a restored backup does not have. */
function isCurrent(archive: Archive, epoch: AnchoredEpoch | undefined): boolean {
  return epoch?.epoch === archive.epoch;
}

async function walk(chain: Chain, links: AsyncIterable<Link>, signed: readonly (SignedHead | undefined)[]) {
  const anchored: (Pick<ArchiveDamage, 'seq' | 'what'> | null)[] = signed.map(() => null);
  const erased = new Set<number>();
  let previous = GENESIS;
  let seq = 0;
  let damage: Pick<ArchiveDamage, 'seq' | 'what'> | null = null;
  for await (const link of links) {
    seq += 1;
    if (link.what) {
      damage = { seq, what: link.what };
      break;
    }
    previous = link.hash;
    if (link.erased) erased.add(seq);
    signed.forEach((head, index) => {
      if (head?.seq === seq && head.hash !== Buffer.from(link.hash).toString('hex')) anchored[index] = { seq, what: 'anchor' };
    });
  }
  if (!damage) {
    signed.forEach((head, index) => {
      if (head && head.seq > seq) anchored[index] = { seq: seq + 1, what: 'missing' };
    });
    // The log's own row says where it must end; entries cut off the end would leave a chain that holds in itself.
    if (chain.head !== chain.last) damage = { seq: seq + 1, what: 'head' };
    else if (!same(previous, chain.chain)) damage = { seq, what: 'head' };
  }
  return { seq, damage, anchored, erased };
}

async function* entryLinks(archive: Archive, log: ArchivedLog): AsyncGenerator<Link> {
  yield* linksOf<ArchivedEntry>(archive.entries(log), (previous, seq, entry) => ({
    seq,
    hash: entry.hash,
    what: misfit(previous, seq, entry),
    erased: entry.erased,
  }));
}

async function* recordLinks(archive: Archive, audit: ArchivedAudit): AsyncGenerator<Link> {
  yield* linksOf<StoredRecord>(archive.records(audit), (previous, seq, record) => ({
    seq,
    hash: record.hash,
    what: auditMisfit(previous, seq, record),
  }));
}

async function* linksOf<T>(stored: AsyncIterable<T>, link: (previous: Uint8Array, seq: number, one: T) => Link): AsyncGenerator<Link> {
  let previous = GENESIS;
  let seq = 0;
  for await (const one of stored) {
    seq += 1;
    const made = link(previous, seq, one);
    previous = made.hash;
    yield made;
  }
}

function distinct(damages: readonly ArchiveDamage[]): ArchiveDamage[] {
  return [...new Map(damages.map((damage) => [JSON.stringify(damage), damage])).values()];
}
