import type { SeenEntry } from '../driver/history.js';
import type { Finding } from './finding.js';

/** What somebody got to see of a conversation, by whichever way. */
export interface Glimpse {
  user: string;
  conversation: string;
  /** `live`, `range`, `search`, ...: the way it took. */
  path: string;
  cid: string;
}

/** A closed stretch of a log; `to` is null while it goes on. */
export interface Stretch {
  from: number;
  to: number | null;
}

/** An entry with what it says about who is in. */
export interface LogEntry extends SeenEntry {
  joined?: readonly string[];
  left?: readonly string[];
}

/**
 * What each is entitled to, told by the log that a member of the whole time reads and by nobody else: from the entry that let them in
 * to the one that let them out, both included.
 */
export function entitlements(log: readonly LogEntry[]): Map<string, Stretch[]> {
  const stretches = new Map<string, Stretch[]>();
  for (const { seq, joined = [], left = [] } of log) {
    for (const user of joined) stretches.set(user, [...(stretches.get(user) ?? []), { from: seq, to: null }]);
    for (const user of left) {
      const open = stretches.get(user)?.findLast(({ to }) => to === null);
      if (open) open.to = seq;
    }
  }
  return stretches;
}

/** Seen by somebody who was not in then, or who never was (G12, G15). */
export function findLeaks(glimpses: readonly Glimpse[], logs: ReadonlyMap<string, readonly LogEntry[]>): Finding[] {
  const findings: Finding[] = [];
  const known = new Map(
    [...logs].map(([conversation, log]) => [
      conversation,
      { seqs: new Map(log.map(({ cid, seq }) => [cid, seq])), entitled: entitlements(log) },
    ]),
  );
  for (const conversation of new Set(glimpses.map((one) => one.conversation)))
    if ((logs.get(conversation)?.length ?? 0) === 0)
      findings.push({ check: 'nothing-proved', conversation, detail: 'something of it was seen, and nobody has read its log' });
  for (const { user, conversation, path, cid } of glimpses) {
    const log = known.get(conversation);
    const seq = log?.seqs.get(cid);
    // An id that is in no log is another checker's business: it was never sent, or was shown before it was committed.
    if (log === undefined || seq === undefined) continue;
    const stretches = log.entitled.get(user) ?? [];
    if (stretches.some(({ from, to }) => from <= seq && seq <= (to ?? Infinity))) continue;
    const own = stretches.map(({ from, to }) => `${from}-${to ?? ''}`).join(', ') || 'nothing';
    findings.push({ check: 'leak', conversation, cid, detail: `${user} saw ${seq} by ${path} and is entitled to ${own}` });
  }
  return findings;
}
