import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Check } from './checkers/finding.js';
import { RenderChecker, type RenderedLine } from './checkers/renders.js';
import type { Reading } from './driver/history.js';

const A = 'conversation-a';
const entry = (seq: number, cid = `m${seq}`, mine = false): RenderedLine => ({ type: 'entry', seq, cid, mine });
const pending = (cid: string): RenderedLine => ({ type: 'pending', cid, state: 'sending' });
const log = (...cids: string[]): Reading => ({
  reader: 'ada',
  conversation: A,
  entries: cids.map((cid, index) => ({ seq: index + 1, cid, author: 'ada', text: cid })),
});

/** What is found when Bob is shown these lists, one after the other. */
function checks(
  lists: RenderedLine[][],
  finish: Reading[] | null = null,
  typed: { user: string; conversation: string; cid: string }[] = [],
): Check[] {
  const checker = new RenderChecker();
  for (const lines of lists) checker.render('bob', A, lines);
  const findings = finish ? checker.finish(finish, typed) : checker.findings;
  return [...new Set(findings.map(({ check }) => check))].sort();
}

describe('what the checker of rendered lists finds', () => {
  it('[G6] finds nothing in lists that grow at both ends, with gaps that say so and own text on its way', () => {
    const lists = [
      [entry(3)],
      [entry(3), pending('x')],
      [entry(3), entry(4, 'x', true)],
      [entry(1), { type: 'gap', from: 2, to: 2 } as const, entry(3), entry(4, 'x', true)],
    ];
    assert.deepEqual(checks(lists), []);
    assert.deepEqual(checks(lists, [log('m1', 'm2', 'm3', 'x')], [{ user: 'bob', conversation: A, cid: 'x' }]), []);
  });

  it('[G6] finds a hole at the render at which it was there, though a later one has mended it', () => {
    assert.deepEqual(
      checks(
        [
          [entry(1), entry(3)],
          [entry(1), entry(2), entry(3)],
        ],
        [log('m1', 'm2', 'm3')],
      ),
      ['gap'],
    );
    assert.deepEqual(checks([[entry(1), { type: 'gap', from: 3, to: 4 }, entry(5)]]), ['gap']);
  });

  it('[G6] finds a list that turns entries around, and two readers of whom each is shown another one at a number', () => {
    assert.deepEqual(checks([[entry(2), entry(1)]]), ['order']);
    const checker = new RenderChecker();
    checker.render('bob', A, [entry(1)]);
    checker.render('cy', A, [entry(1, 'other')]);
    assert.deepEqual(
      checker.findings.map(({ check }) => check),
      ['order'],
    );
  });

  it('[G4] finds a message that stands there twice, as an entry and as one on its way too', () => {
    assert.deepEqual(checks([[entry(1, 'x'), entry(2, 'x')]]), ['duplicate']);
    assert.deepEqual(checks([[entry(1, 'x'), pending('x')]]), ['duplicate']);
  });

  it('[G10] finds what was shown as sent and is not in the log, and what was shown of others and is gone', () => {
    assert.deepEqual(checks([[entry(1), entry(2, 'x', true)], [entry(1)]], [log('m1')]), ['false-sent']);
    assert.deepEqual(checks([[entry(1), entry(2)], [entry(1)]], [log('m1')]), ['retracted']);
  });

  it('[G10] finds typed text that is in no state', () => {
    const typed = [{ user: 'bob', conversation: A, cid: 'x' }];
    assert.deepEqual(checks([[entry(1)]], [log('m1')], typed), ['vanished']);
    assert.deepEqual(checks([[entry(1), pending('x')]], [log('m1')], typed), []);
  });

  it('[G8] finds a list that never reached the end', () => {
    assert.deepEqual(checks([[entry(1)]], [log('m1', 'm2')]), ['gap']);
  });
});
