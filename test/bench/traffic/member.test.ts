import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WireClient } from '../wire.js';
import { settled } from './closed-loop.js';
import { Member, Sent } from './member.js';

const PLACE = { conversation: '0b0e7a52-5d3c-4a52-9a53-0c9f3f6f0d11', head: 7 };

/** As far as a member needs a connection. */
function connection() {
  const client = { user: 'user-0', onEvent: (frame: string): void => assert.fail(frame), emit: () => undefined };
  const arrive = (seq: number, conversation = PLACE.conversation): void => {
    client.onEvent(`42["entry:added",{"entry":{"conversation":"${conversation}","seq":${String(seq)},"body":{"kind":"message"}}}]`);
  };
  return { client: client as unknown as WireClient, arrive };
}

describe('what a benchmark counts as delivered', () => {
  it('[G26] is each message once and in order, from the first one on that was sent', () => {
    const { client, arrive } = connection();
    const member = new Member(client, PLACE);
    // What the conversation was made with comes late, and what is said elsewhere does not count.
    arrive(7);
    arrive(8);
    arrive(40, 'another');
    arrive(9);
    assert.equal(member.missing(2), 0);
    assert.equal(member.missing(3), 1);
  });

  it('[G26] is not what comes twice or in another order', () => {
    for (const order of [
      [8, 8, 9],
      [9, 8, 10],
      [8, 10],
    ]) {
      const { client, arrive } = connection();
      const member = new Member(client, PLACE);
      for (const seq of order) arrive(seq);
      assert.ok(member.missing(order.length) > 0, order.join());
    }
  });

  it('[G26] lacks what was refused', () => {
    const { client, arrive } = connection();
    const member = new Member(client, PLACE);
    const sent = new Sent();
    sent.count(member, true);
    sent.count(member, false);
    arrive(8);
    assert.equal(sent.missing([member]), 1);
  });

  it('[G26] is waited for as long as something comes', async () => {
    let left = 3;
    const timer = setInterval(() => (left -= 1), 30);
    assert.equal(
      await settled(() => {
        if (left === 0) clearInterval(timer);
        return left;
      }),
      0,
    );
  });
});
