import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Check } from './checkers/finding.js';
import { checkAll } from './checkers/log.js';
import type { Reading, SeenEntry, Sighting } from './driver/history.js';
import { History } from './driver/history.js';

const A = 'conversation-a';

function said(seq: number, cid: string, author = 'ada', text = `text of ${cid}`): SeenEntry {
  return { seq, cid, author, text };
}

function started(): SeenEntry {
  return { seq: 1, cid: 'start', author: 'ada', text: null };
}

function reading(reader: string, entries: SeenEntry[], conversation = A): Reading {
  return { reader, conversation, entries };
}

/** Ada says m1 and m2, which are acknowledged as 2 and 3; m3 stays without an answer; m4 is refused. */
function twoAcknowledged(): History {
  const history = new History();
  let at = 0;
  for (const cid of ['m1', 'm2', 'm3', 'm4']) {
    history.record({ type: 'invoke', at: (at += 1), writer: 'ada', conversation: A, cid, text: `text of ${cid}` });
  }
  history.record({ type: 'ok', at: (at += 1), cid: 'm1', seq: 2, duplicate: false });
  history.record({ type: 'ok', at: (at += 1), cid: 'm2', seq: 3, duplicate: false });
  history.record({ type: 'unknown', at: (at += 1), cid: 'm3', code: 'disconnected' });
  history.record({ type: 'fail', at: (at += 1), cid: 'm4', code: 'INVALID' });
  return history;
}

function checks(readings: Reading[], sightings: Sighting[] = [], history = twoAcknowledged()): Check[] {
  return [...new Set(checkAll(history.sent, readings, sightings).map((finding) => finding.check))].sort();
}

describe('what the fault checkers find', () => {
  const good = [started(), said(2, 'm1'), said(3, 'm2')];

  it('[G1] finds nothing where every promise held, with an unknown message absent or there once', () => {
    assert.deepEqual(checks([reading('ada', good), reading('bob', good)]), []);
    const withUnknown = [...good, said(4, 'm3')];
    assert.deepEqual(checks([reading('ada', withUnknown), reading('bob', withUnknown)]), []);
  });

  it('[G1] finds an acknowledged message that one member does not read', () => {
    assert.deepEqual(checks([reading('ada', good), reading('bob', good.slice(0, 2))]), ['lost', 'order']);
  });

  it('[G1] finds an acknowledged message when its conversation cannot be read at all', () => {
    assert.deepEqual(checks([]), ['false-ack', 'lost']);
  });

  it('[G1] finds what nobody sent, what was refused, and what changed its author or text', () => {
    assert.deepEqual(checks([reading('ada', [...good, said(4, 'm9')])]), ['phantom']);
    assert.deepEqual(checks([reading('ada', [...good, said(4, 'm4')])]), ['phantom']);
    assert.deepEqual(checks([reading('ada', [started(), said(2, 'm1', 'bob'), said(3, 'm2')])]), ['phantom']);
    assert.deepEqual(checks([reading('ada', [started(), said(2, 'm1', 'ada', 'other words'), said(3, 'm2')])]), ['phantom']);
  });

  it('[G4] finds a message that is there twice', () => {
    assert.deepEqual(checks([reading('ada', [...good, said(4, 'm3'), said(5, 'm3')])]), ['duplicate']);
  });

  it('[G6] finds a hole in the numbers and readers who disagree', () => {
    assert.deepEqual(checks([reading('ada', [...good, said(5, 'm3')])]), ['order']);
    const swapped = [started(), said(2, 'm2'), said(3, 'm1')];
    assert.deepEqual(checks([reading('ada', good), reading('bob', swapped)]), ['order']);
  });

  it('[G7] finds a log that turns what one person typed around', () => {
    const history = new History();
    history.record({ type: 'invoke', at: 1, writer: 'ada', conversation: A, cid: 'm1', text: 'text of m1' });
    history.record({ type: 'invoke', at: 2, writer: 'ada', conversation: A, cid: 'm2', text: 'text of m2' });
    assert.deepEqual(checks([reading('ada', [started(), said(2, 'm2'), said(3, 'm1')])], [], history), ['order']);
  });

  it('[G10] finds an acknowledgement whose number holds something else, and two that differ', () => {
    assert.deepEqual(checks([reading('ada', [started(), said(2, 'm3'), said(3, 'm2'), said(4, 'm1')])]), ['false-ack', 'order']);
    const history = twoAcknowledged();
    history.record({ type: 'ok', at: 20, cid: 'm1', seq: 7, duplicate: true });
    assert.deepEqual(checks([reading('ada', good)], [], history), ['false-ack']);
  });

  it('[D5] finds what was shown live and is gone', () => {
    assert.deepEqual(checks([reading('ada', good)], [{ reader: 'bob', conversation: A, seq: 4, cid: 'm3' }]), ['retracted']);
    assert.deepEqual(checks([reading('ada', good)], [{ reader: 'bob', conversation: A, seq: 3, cid: 'm2' }]), []);
  });

  it('[G1] keeps the promise of an acknowledgement when a later attempt is refused', () => {
    const history = twoAcknowledged();
    history.record({ type: 'fail', at: 20, cid: 'm1', code: 'NOT_FOUND' });
    assert.deepEqual(checks([reading('ada', [started(), said(2, 'm2')])], [], history), ['false-ack', 'lost']);
  });
});
