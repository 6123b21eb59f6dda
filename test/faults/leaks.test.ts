import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findTimeWarps } from './checkers/log.js';
import { findLeaks, type LogEntry } from './checkers/leaks.js';
import { countsOf, findOvercounts } from './checkers/unread.js';
import { glimpsesOf } from './checkers/visits.js';

const A = 'conversation-a';
const cid = (seq: number): string => `01900000-0000-7000-8000-00000000000${seq}`;
const said = (seq: number): LogEntry => ({ seq, cid: cid(seq), author: 'ada', text: 'hello' });
/** Bob is let in with 3 and leaves with 5; Cy was never in. */
const LOG: LogEntry[] = [
  { ...said(1), joined: ['ada'] },
  said(2),
  { ...said(3), joined: ['bob'] },
  said(4),
  { ...said(5), left: ['bob'] },
  said(6),
];

function leaks(user: string, payload: unknown): number[] {
  const found = findLeaks(glimpsesOf(user, 'range', payload, new Set([A])), new Map([[A, LOG]]));
  return found.map((finding) => LOG.findIndex((entry) => entry.cid === finding.cid) + 1).sort();
}

describe('what the checker of leaks finds', () => {
  it('[G12] finds nothing in what lies between joining and leaving, both included', () => {
    assert.deepEqual(leaks('bob', { entries: [cid(3), cid(4), cid(5)] }), []);
    assert.deepEqual(leaks('ada', LOG), []);
  });

  it('[G12] finds what was before the join and after the leave, wherever in a frame it stands', () => {
    assert.deepEqual(leaks('bob', { conversations: [{ lastMessage: { cid: cid(6) } }] }), [6]);
    assert.deepEqual(leaks('bob', { text: `12:00 Ada: word ${cid(2)}` }), [2]);
  });

  it('[G12] finds anything that reaches a stranger', () => {
    assert.deepEqual(leaks('cy', [cid(4)]), [4]);
  });

  it('[G12] lets who comes back see both periods and nothing between', () => {
    const log: LogEntry[] = [...LOG, { ...said(7), joined: ['bob'] }, said(8)];
    const found = findLeaks(glimpsesOf('bob', 'live', log, new Set([A])), new Map([[A, log]]));
    assert.deepEqual(
      found.map((finding) => finding.cid),
      [cid(1), cid(2), cid(6)],
    );
  });

  it('[G12] finds an unread count that tells of more than its reader may know of', () => {
    const told = (user: string, unread: number, read: number, head: number): number => {
      const frame = { state: { conversations: [{ id: A, unread, head, marks: { delivered: 0, read } }] } };
      return findOvercounts(countsOf(user, 'session:started', frame, new Set([A])), new Map([[A, LOG]])).length;
    };
    assert.deepEqual([told('bob', 3, 0, 5), told('bob', 2, 3, 5), told('bob', 1, 3, 4)], [0, 0, 0]);
    assert.deepEqual([told('bob', 4, 0, 5), told('bob', 3, 3, 5), told('bob', 2, 3, 4), told('cy', 1, 0, 6)], [1, 1, 1, 1]);
    assert.equal(told('ada', 1, 0, 6), 1, 'nobody has their own words to read');
    const answer = { ok: true, data: { marks: { delivered: 0, read: 3 }, unread: 3 } };
    assert.equal(findOvercounts(countsOf('bob', 'answer receipt:mark', answer, new Set([A])), new Map([[A, LOG]])).length, 1);
  });

  it('[G12] does not pass over a conversation whose log nobody has read, or that is empty', () => {
    const glimpses = glimpsesOf('bob', 'range', [cid(4)], new Set([A]));
    for (const logs of [new Map<string, LogEntry[]>(), new Map<string, LogEntry[]>([[A, []]])])
      assert.deepEqual(
        findLeaks(glimpses, logs).map(({ check }) => check),
        ['nothing-proved'],
      );
  });

  it('[G23] finds an entry that was dated before the one before it', () => {
    const entries = [5, 7, 6].map((at, index) => ({ ...said(index + 1), at }));
    assert.deepEqual(
      findTimeWarps([{ reader: 'ada', conversation: A, entries }]).map(({ check }) => check),
      ['order'],
    );
  });
});
