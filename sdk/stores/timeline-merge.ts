import type { Entry } from '#protocol';

/** Numbers from..to, both included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * What is held of a conversation's log. `covered` are the ranges in which everything is known: a number in them without an
 * entry is not for this viewer (SPEC L6). Sorted, apart from each other. What lies between two of them is a gap.
 */
export interface Log {
  readonly entries: readonly Entry[];
  readonly covered: readonly Range[];
}

export const EMPTY_LOG: Log = { entries: [], covered: [] };

export interface Page extends Range {
  readonly entries: readonly Entry[];
}

/**
 * The log with a page in it (SPEC D1 - D4): a live entry is a page of one. What is held already is dropped, what lies
 * further on is held behind a gap. Gives the same object when nothing is new; entries keep their identity.
 */
export function merge(log: Log, page: Page): Log {
  const { from, to } = page;
  if (to < from || from < 1) return log;
  const last = log.covered.at(-1);
  if (last && from === last.to + 1) {
    const entries = page.entries.length === 0 ? log.entries : log.entries.concat(inOrder(page.entries, page));
    return { entries, covered: [...log.covered.slice(0, -1), { from: last.from, to }] };
  }
  if (log.covered.some((range) => range.from <= from && to <= range.to)) return log;
  const start = indexOf(log.entries, from);
  const end = indexOf(log.entries, to + 1);
  const held = log.entries.slice(start, end);
  const fresh = page.entries.filter((entry) => !covers(log, entry.seq));
  const middle = inOrder(held.concat(fresh), page);
  return { entries: [...log.entries.slice(0, start), ...middle, ...log.entries.slice(end)], covered: join(log.covered, { from, to }) };
}

export function covers(log: Log, seq: number): boolean {
  return rangeAt(log, seq) !== null;
}

/** What is held without a hole around a number; null where it is not held. */
export function rangeAt(log: Log, seq: number): Range | null {
  return log.covered.find((range) => range.from <= seq && seq <= range.to) ?? null;
}

/** The holes between what is held, oldest first. */
export function gaps(log: Log): Range[] {
  return log.covered.slice(1).map((range, index) => ({ from: (log.covered[index]?.to ?? 0) + 1, to: range.from - 1 }));
}

/** The last number held, 0 when nothing is. */
export function newest(log: Log): number {
  return log.covered.at(-1)?.to ?? 0;
}

/** Index of the first entry whose number is at least `seq`. */
export function indexOf(entries: readonly Entry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A page may come from a faulty server: in range, in order, each number once. */
function inOrder(entries: readonly Entry[], { from, to }: Range): Entry[] {
  return entries
    .filter((entry) => entry.seq >= from && entry.seq <= to)
    .sort((a, b) => a.seq - b.seq)
    .filter((entry, index, all) => entry.seq !== all[index - 1]?.seq);
}

function join(ranges: readonly Range[], added: Range): Range[] {
  const joined: Range[] = [];
  for (const range of [...ranges, added].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && range.from <= last.to + 1) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else joined.push(range);
  }
  return joined;
}
