/**
 * Who may see which entries: the only place that says so. List, range, unread count, last message, heads and everything
 * that is added later (search, quote, export, push) ask here and nowhere else (design 1, B17, reliability G12).
 */

/** A closed range of seqs; `to` is null while it goes on. */
export interface Interval {
  from: number;
  to: number | null;
}

/** What is stored of a member: the periods in which they belonged to the conversation. */
export interface Membership {
  intervals: readonly Interval[];
}

/** A range of seqs that a member may see, both ends included. */
export interface SeqRange {
  from: number;
  to: number;
}

/** What of a log is open to a viewer beside their membership; a side that is absent is open. */
export interface Window {
  /** Entries before this one are older than the tenant shows (policy `visibleDays`, S3). */
  from?: number | undefined;
  /** Entries after this one wait, because the viewer wants not to be disturbed (S6). */
  to?: number | undefined;
}

/** What one viewer has of a log. */
export interface View {
  /** What they may see. */
  ranges: SeqRange[];
  /** The periods in which they were in, up to what waits for them: who was there with them then, they may know. */
  periods: SeqRange[];
  /** The last entry that they may know of. What became too old to be shown still counts, so that a head never goes back by itself. */
  head: number;
  /** The first entry that they may see; after the head when all of it has become too old, 0 when there never was any. */
  floor: number;
}

/** True while the member belongs to the conversation now. */
export function isActive(membership: Membership): boolean {
  return membership.intervals.some((interval) => interval.to === null);
}

/**
 * The ranges of a log with entries 1..head that this member may see, ascending, without overlap and without empty ranges.
 * A member sees from the entry that let them in to the entry that let them out, both included, as far as the window is open.
 */
export function visibleTo(membership: Membership, head: number, { from: first = 1, to: last = head }: Window = {}): SeqRange[] {
  const end = Math.min(head, last);
  const ranges = membership.intervals
    .map(({ from, to }) => ({ from: Math.max(1, first, from), to: Math.min(end, to ?? end) }))
    .filter(({ from, to }) => from <= to)
    .sort((a, b) => a.from - b.from);
  const merged: SeqRange[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}

/** What the member has of a log with entries 1..head. */
export function viewOf(membership: Membership, head: number, window: Window = {}): View {
  const periods = visibleTo(membership, head, { to: window.to });
  const ranges = window.from === undefined ? periods : visibleTo(membership, head, window);
  const last = lastVisible(periods);
  return { ranges, periods, head: last, floor: ranges.length > 0 || last === 0 ? firstVisible(ranges) : last + 1 };
}

/** The last entry that a member may see, 0 when there is none. */
export function lastVisible(ranges: readonly SeqRange[]): number {
  return ranges.at(-1)?.to ?? 0;
}

/** The first entry that a member may see, 0 when there is none. */
export function firstVisible(ranges: readonly SeqRange[]): number {
  return ranges[0]?.from ?? 0;
}

/** What a mark says: one before the entry that let the viewer in says nothing (SPEC R1, attack 42). */
export function markWithin(periods: readonly SeqRange[], wanted = 0): number {
  return wanted < firstVisible(periods) ? 0 : wanted;
}

/** What of the ranges lies within from..to. */
export function within(ranges: readonly SeqRange[], from: number, to: number): SeqRange[] {
  return ranges
    .map((range) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) }))
    .filter((range) => range.from <= range.to);
}

/** Which entries make up one page of the log, and the span for which it speaks; see `entry:range`. */
export interface Page {
  ranges: SeqRange[];
  from: number;
  to: number;
}

/**
 * The first `limit` visible entries after `after`, or else the last ones before `before`, or else the newest. A log has no holes, so
 * the page is arithmetic. When nothing more follows in its direction, it speaks up to the end of what the member may see, so that a
 * reader does not ask again for a stretch that holds nothing for them.
 */
export function pageOf(
  ranges: readonly SeqRange[],
  page: { after?: number | undefined; before?: number | undefined; limit: number },
): Page {
  const low = Math.max((page.after ?? 0) + 1, firstVisible(ranges));
  const high = Math.min((page.before ?? Infinity) - 1, lastVisible(ranges));
  const wanted = within(ranges, low, high);
  const forward = page.after !== undefined;
  const taken = forward ? firstOf(wanted, page.limit) : lastOf(wanted, page.limit);
  const complete = count(taken) === count(wanted);
  if (taken.length === 0) return { ranges: [], from: 0, to: 0 };
  return { ranges: taken, from: forward || complete ? low : firstVisible(taken), to: !forward || complete ? high : lastVisible(taken) };
}

/** True when the member belongs to the conversation after entry `seq`: the roster that somebody who left at `seq` may know. */
export function belongsAfter(membership: Membership, seq: number): boolean {
  return membership.intervals.some(({ from, to }) => from <= seq && (to === null || to > seq));
}

/** True when one was in while the other could see: only then may the other know of them. */
export function overlaps(membership: Membership, ranges: readonly SeqRange[]): boolean {
  return membership.intervals.some(({ from, to }) => within(ranges, from, to ?? Infinity).length > 0);
}

function count(ranges: readonly SeqRange[]): number {
  return ranges.reduce((sum, range) => sum + range.to - range.from + 1, 0);
}

function firstOf(ranges: readonly SeqRange[], limit: number): SeqRange[] {
  const taken: SeqRange[] = [];
  let left = limit;
  for (const { from, to } of ranges) {
    if (left <= 0) break;
    const end = Math.min(to, from + left - 1);
    taken.push({ from, to: end });
    left -= end - from + 1;
  }
  return taken;
}

function lastOf(ranges: readonly SeqRange[], limit: number): SeqRange[] {
  const taken: SeqRange[] = [];
  let left = limit;
  for (const { from, to } of [...ranges].reverse()) {
    if (left <= 0) break;
    const start = Math.max(from, to - left + 1);
    taken.unshift({ from: start, to });
    left -= to - start + 1;
  }
  return taken;
}
