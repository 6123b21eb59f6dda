import { entitlements, type LogEntry } from './leaks.js';
import type { Finding } from './finding.js';

/** What somebody was told about how much they have not read. */
export interface Count {
  user: string;
  conversation: string;
  /** The way it took. */
  path: string;
  unread: number;
  /** Their own mark. */
  read: number;
  /** Up to where they were told that it goes; Infinity where nothing was said. */
  head: number;
}

/** Every count that a frame holds, wherever in it; what names no conversation is of the only one there is. */
export function countsOf(user: string, path: string, payload: unknown, conversations: ReadonlySet<string>): Count[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const inside = Object.values(payload).flatMap((part) => countsOf(user, path, part, conversations));
  const { unread, marks, head = Infinity, id, conversation = id ?? [...conversations][0] } = payload as Partial<Told>;
  if (typeof unread !== 'number' || marks === undefined || conversation === undefined || !conversations.has(conversation)) return inside;
  return [{ user, conversation, path, unread, read: marks.read, head }, ...inside];
}

/** More than the messages of others that they are entitled to and have not read: a number tells of what its reader may not know of, too. */
export function findOvercounts(counts: readonly Count[], logs: ReadonlyMap<string, readonly LogEntry[]>): Finding[] {
  const entitled = new Map([...logs].map(([conversation, log]) => [conversation, entitlements(log)]));
  return counts.flatMap(({ user, conversation, path, unread, read, head }): Finding[] => {
    const stretches = entitled.get(conversation)?.get(user) ?? [];
    const theirs = (logs.get(conversation) ?? []).filter(
      ({ seq, author, text }) =>
        text !== null &&
        author !== user &&
        seq > read &&
        seq <= head &&
        stretches.some(({ from, to }) => from <= seq && seq <= (to ?? Infinity)),
    ).length;
    if (unread <= theirs) return [];
    return [{ check: 'leak', conversation, detail: `${user} was told of ${unread} unread by ${path} and is entitled to ${theirs}` }];
  });
}

interface Told {
  id: string;
  conversation: string;
  unread: number;
  marks: { read: number };
  head: number;
}
