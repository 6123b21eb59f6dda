import type { Interval, Membership } from '../../domain/visibility.js';

/** How intervals are kept in `members.intervals`. */
export function writeIntervals(intervals: readonly Interval[]): string {
  return JSON.stringify(intervals.map(({ from, to }) => [from, to]));
}

export function readMembership(stored: string): Membership {
  const pairs = JSON.parse(stored) as [number, number | null][];
  return { intervals: pairs.map(([from, to]) => ({ from, to })) };
}
