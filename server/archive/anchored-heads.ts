import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { NO_LINE, digestOf, readLine } from '../domain/anchor-line.js';
import type { AnchorLine } from '../domain/anchor-line.js';

/** A place in the folder that does not hold together. `line` counts the lines of the file from 1; 0 is the file as a whole. */
export interface AnchorFault {
  file: string;
  line: number;
  what: 'unreadable' | 'out of order' | 'foreign key' | 'another epoch' | 'missing file' | 'ends early';
}

/** A head that was signed: of a conversation, or of a tenant's audit log (null). */
export interface SignedHead {
  seq: number;
  hash: string;
}

/** All that one epoch's file says, of each log the last head only: it binds everything before it. */
export interface AnchoredEpoch {
  epoch: string;
  file: string;
  lines: number;
  /** Number of the last line. */
  last: number;
  firstAt: number;
  lastAt: number;
  keys: Set<string>;
  heads: Map<string, SignedHead>;
  erasures: { tenant: string; conversation: string; seq: number }[];
}

export interface AnchoredHistory {
  /** The oldest first. */
  epochs: AnchoredEpoch[];
  faults: AnchorFault[];
}

const SUFFIX = '.anchors.jsonl';

export function fileOfEpoch(epoch: string): string {
  return `${epoch}${SUFFIX}`;
}

/** A key for a log in maps; an audit log has no conversation. */
export function logKey(tenant: string, conversation: string | null): string {
  return JSON.stringify([tenant, conversation]);
}

/**
 * Reads a folder of signed heads and checks it in itself: every signature, every number, every link to the line before.
 *
 * @param keys public keys (base64) that may have signed; null accepts whatever key a line names, to be compared by the reader.
 * @param partial the lines of one tenant, without those between them.
 */
export async function readAnchors(folder: string, keys: ReadonlySet<string> | null = null, partial = false): Promise<AnchoredHistory> {
  if (!existsSync(folder))
    throw new Error(
      `There are no signed heads: ${folder} does not exist. A server makes it with its first heads, a minute after its start.`,
    );
  const faults: AnchorFault[] = [];
  const read: (AnchoredEpoch & { follows: string | undefined })[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith(SUFFIX))) {
    const epoch: (typeof read)[number] = {
      ...{ epoch: file.slice(0, -SUFFIX.length), file, lines: 0, last: 0, firstAt: 0, lastAt: 0 },
      ...{ keys: new Set(), heads: new Map(), erasures: [], follows: undefined },
    };
    const path = join(folder, file);
    for await (const line of readAnchorLines({ path, epoch: epoch.epoch, keys, partial }, (fault) => faults.push({ file, ...fault }))) {
      if (epoch.lines === 0) Object.assign(epoch, { firstAt: line.at, follows: line.follows });
      epoch.lines += 1;
      epoch.last = line.number;
      epoch.lastAt = line.at;
      epoch.keys.add(line.key);
      for (const [key, head] of headsOf(line)) epoch.heads.set(key, head);
      for (const [conversation, seq] of line.erasures) epoch.erasures.push({ tenant: line.tenant, conversation, seq });
    }
    read.push(epoch);
  }
  const known = new Set(read.map(({ epoch }) => epoch));
  for (const { follows } of read)
    if (follows !== undefined && !partial && !known.has(follows))
      faults.push({ file: fileOfEpoch(follows), line: 0, what: 'missing file' });
  return { epochs: read.sort((a, b) => a.firstAt - b.firstAt), faults };
}

/** What a line says, by the key of each log. */
export function headsOf({ tenant, conversations, audit }: AnchorLine): [key: string, head: SignedHead][] {
  const heads = conversations.map(([conversation, seq, hash]): [string, SignedHead] => [logKey(tenant, conversation), { seq, hash }]);
  return audit ? [...heads, [logKey(tenant, null), { seq: audit[0], hash: audit[1] }]] : heads;
}

/** The lines of a file that hold together; what does not is told and left out. */
export async function* readAnchorLines(
  { path, epoch, keys = null, partial = false }: { path: string; epoch: string; keys?: ReadonlySet<string> | null; partial?: boolean },
  fault: (fault: Omit<AnchorFault, 'file'>) => void,
): AsyncGenerator<AnchorLine> {
  let number = 0;
  let previous = NO_LINE;
  let at = 0;
  let torn: number | null = null;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    at += 1;
    if (text === '' || digestOf(text) === previous) continue;
    const line = readLine(text);
    // A power cut may leave half a line; the whole one stands behind it then, and nothing is missing.
    if (!line) torn ??= at;
    else if (line.epoch !== epoch) fault({ line: at, what: 'another epoch' });
    else if (keys && !keys.has(line.key)) fault({ line: at, what: 'foreign key' });
    else {
      const follows = partial ? line.number > number : line.number === number + 1 && line.previous === previous;
      if (!follows) fault(torn === null ? { line: at, what: 'out of order' } : { line: torn, what: 'unreadable' });
      torn = null;
      number = line.number;
      previous = digestOf(text);
      yield line;
    }
  }
  if (torn !== null) fault({ line: torn, what: 'unreadable' });
}
