import type { View } from '../../domain/visibility.js';

/** What a view is made of: a row of `members` with the head of its conversation. */
export interface ViewedRow {
  id: number;
  head: number;
  intervals: string;
  held_seq: number | null;
}

/** Of who wants not to be disturbed, a conversation that began with others meanwhile does not exist yet. */
export function isUnknown({ held_seq: held }: ViewedRow, { periods }: View): boolean {
  return held !== null && periods.length === 0;
}
