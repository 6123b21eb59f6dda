import type { Interval, Membership } from '../../domain/visibility.js';

/** How intervals are kept in `members.intervals`. */
export function writeIntervals(intervals: readonly Interval[]): string {
  return JSON.stringify(intervals.map(({ from, to }) => [from, to]));
}

export function readMembership(stored: string): Membership {
  const pairs = JSON.parse(stored) as [number, number | null][];
  return { intervals: pairs.map(([from, to]) => ({ from, to })) };
}

/** Of an auditor, who sees what somebody sees who is in from the first entry on: what is too old for them is too old for an auditor. */
export const FROM_THE_START = writeIntervals([{ from: 1, to: null }]);
