import { indexOf, newest, rangeAt } from './timeline-merge.js';
import type { Log } from './timeline-merge.js';

/**
 * The first message of others from a number on. `sure` is false while what lies there is not held: the number then is the least that it can
 * be, so that nothing further on is taken for the first.
 */
export function firstUnread(log: Log, from: number, user: string): { seq: number | null; sure: boolean } {
  const range = rangeAt(log, from);
  if (!range) return from > newest(log) ? { seq: null, sure: true } : { seq: from, sure: false };
  const held = log.entries.slice(indexOf(log.entries, from), indexOf(log.entries, range.to + 1));
  const found = held.find(({ author, body }) => author !== user && body.kind === 'message');
  if (found) return { seq: found.seq, sure: true };
  return range.to === newest(log) ? { seq: null, sure: true } : { seq: range.to + 1, sure: false };
}
