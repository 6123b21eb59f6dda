import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Connection } from '#sdk';
import { BehaviorSubject } from 'rxjs';
import { Absence, judge } from './scenarios/g25-storm.js';

function client(): { go(state: Connection['state']): void; absence: Absence } {
  const connection$ = new BehaviorSubject<Connection>({ state: 'ready', reason: 'synced' });
  return { go: (state) => connection$.next({ state, reason: 'synced' }), absence: new Absence({ parley: { connection$ } }) };
}

describe('who counts as back after a storm', () => {
  it('[G25] is nobody who has not noticed yet that the node is gone', () => {
    const { absence } = client();
    assert.equal(absence.backAt, null);
    assert.deepEqual(
      judge([absence], 1).map(({ check }) => check),
      ['late'],
    );
    assert.deepEqual(judge([absence], 0), [], 'a client of a node that lives on');
  });

  it('[G25] is who left and is ready again, and not who is still on the way or left once more', () => {
    const { absence, go } = client();
    for (const state of ['waiting', 'connecting', 'catching-up'] as const) {
      go(state);
      assert.equal(judge([absence], 1).length, 1, state);
    }
    go('ready');
    assert.notEqual(absence.backAt, null);
    assert.deepEqual(judge([absence], 1), []);
    go('waiting');
    assert.equal(judge([absence], 1).length, 1);
  });
});
