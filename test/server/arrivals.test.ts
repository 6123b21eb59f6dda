import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Arrivals } from '../../server/realtime/arrivals.js';

describe('arrivals', () => {
  const bob = { tenant: 'demo', user: 'bob' };
  const moved = (conversation: string) => ({ type: 'moved' as const, tenant: 'demo', conversation });

  test('[D6] only what came after the beginning and concerns somebody was missed by them', () => {
    const arrivals = new Arrivals();
    arrivals.note(moved('a'));
    const first = arrivals.begin();
    arrivals.note(moved('a'));
    const second = arrivals.begin();
    assert.equal(arrivals.missed(first, bob, ['a']), true);
    assert.equal(arrivals.missed(first, { tenant: 'other', user: 'bob' }, ['a']), false);
    assert.equal(arrivals.missed(second, bob, ['a']), false);
    arrivals.note({ type: 'revised', tenant: 'demo', user: 'bob' });
    assert.equal(arrivals.missed(second, bob, []), true);
    assert.equal(arrivals.missed(second, { tenant: 'demo', user: 'cyd' }, []), false);
    arrivals.noteAll();
    assert.equal(arrivals.missed(second, { tenant: 'demo', user: 'cyd' }, []), true);
    assert.equal(arrivals.missed(arrivals.begin(), bob, ['a']), false);
  });

  test('[D6] one that has ended knows nothing, and too much to remember concerns everybody', () => {
    const arrivals = new Arrivals();
    const ended = arrivals.begin();
    arrivals.end(ended);
    assert.equal(arrivals.missed(ended, bob, []), true);
    const slow = arrivals.begin();
    for (let number = 0; number < 10_000; number += 1) arrivals.note(moved(`c${number}`));
    assert.equal(arrivals.missed(slow, bob, []), true);
  });
});
