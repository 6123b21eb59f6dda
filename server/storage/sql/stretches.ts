import { lastVisible, within } from '../../domain/visibility.js';
import type { SeqRange } from '../../domain/visibility.js';

/** Entries of a conversation whose words stand together in the index. The beginning of a word is sought among the words of so many. */
export const STRETCH = 4_096;

/** In which stretch of its conversation an entry stands. */
export function stretchOf(seq: number): number {
  return Math.floor(seq / STRETCH);
}

/** A stretch of a conversation as the index names it. */
export type IndexedPlace = { conversation: number; stretch: number };

/** The stretches of a conversation in which there is something to see, with what that is. */
export function stretchesOf(conversation: number, ranges: SeqRange[]): (IndexedPlace & { ranges: SeqRange[] })[] {
  return Array.from({ length: stretchOf(lastVisible(ranges)) + 1 }, (_, stretch) => ({
    conversation,
    stretch,
    ranges: within(ranges, stretch * STRETCH, (stretch + 1) * STRETCH - 1),
  })).filter((place) => place.ranges.length > 0);
}
