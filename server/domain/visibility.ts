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

/** True while the member belongs to the conversation now. */
export function isActive(membership: Membership): boolean {
  return membership.intervals.some((interval) => interval.to === null);
}

/**
 * The ranges of a log with entries 1..head that this member may see, ascending, without overlap and without empty ranges.
 * A member sees from the entry that let them in to the entry that let them out, both included.
 */
export function visibleTo(membership: Membership, head: number): SeqRange[] {
  const ranges = membership.intervals
    .map(({ from, to }) => ({ from: Math.max(1, from), to: Math.min(head, to ?? head) }))
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
