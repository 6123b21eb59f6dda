import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v7 } from 'uuid';
import type { EntryPublication, HearingPublication } from '../../server/cluster/publication.js';
import { EntryOrder } from '../../server/realtime/entry-order.js';
import { conversationRoom } from '../../server/realtime/rooms.js';
import { eventually } from '../support/eventually.js';
import { TENANT } from '../support/server.js';
import { silent } from './archive/operator.js';

const CONVERSATION = 'c0ffee00-0000-4000-8000-000000000001';
const room = conversationRoom(TENANT, CONVERSATION);

function publication(seq: number): EntryPublication {
  const entry = {
    conversation: CONVERSATION,
    seq,
    cid: v7(),
    author: 'ann',
    at: 0,
    body: { kind: 'message' as const, text: 'x', links: [] },
  };
  return { type: 'entry', tenant: TENANT, entry };
}

const hearing = (head: number, held: boolean): HearingPublication => ({
  type: 'hearing',
  tenant: TENANT,
  conversation: CONVERSATION,
  user: 'ann',
  revision: head,
  head,
  held,
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An order for one room, and what it did. */
function ordered(hearingWait: number) {
  const rooms = new Set([room]);
  const done: string[] = [];
  const order = new EntryOrder({
    hasRoom: (name) => rooms.has(name),
    concerns: () => false,
    deliver: ({ entry }) => done.push(`entry ${entry.seq}`),
    drop: ({ entry }) => done.push(`drop ${entry.seq}`),
    hear: ({ head, held }) => done.push(`${held ? 'out' : 'in'} ${head}`),
    settle: async () => undefined,
    tellHead: (_tenant, _conversation, head) => done.push(`head ${head}`),
    wait: () => 0,
    hearingWait,
    logger: silent,
  });
  order.entered(room, 'ann', 10, true);
  return { rooms, done, order };
}

test('[S6, G12] who wants not to be disturbed is taken out behind the last entry that is theirs, though that is told later', async () => {
  const { done, order } = ordered(60_000);
  order.hear(hearing(11, true), true);
  order.hear(hearing(12, false), true);
  await turn();
  assert.deepEqual(done, []);
  order.add(publication(11));
  await turn();
  assert.deepEqual(done, ['entry 11', 'out 11']);
  order.add(publication(12));
  order.add(publication(13));
  await turn();
  assert.deepEqual(done, ['entry 11', 'out 11', 'entry 12', 'in 12', 'entry 13']);
  order.close();
});

test('[S6, N2] the wish that another node tells with the entry that was missing comes before what waited for that entry', async () => {
  const { done, order } = ordered(60_000);
  order.add(publication(12));
  order.add(publication(11));
  order.hear(hearing(11, true), false);
  await turn();
  assert.deepEqual(done, ['entry 11', 'out 11', 'entry 12']);
  order.close();
});

test('[S6, G12] where their last entry does not come they are told its head, of nothing behind it, and taken out', async () => {
  const { done, order } = ordered(0);
  order.hear(hearing(12, true), true);
  order.add(publication(13));
  await eventually(async () => done.includes('head 13') || undefined, 'it was looked for');
  assert.deepEqual(done, ['drop 13', 'head 12', 'out 12', 'head 13']);
  order.add(publication(14));
  assert.equal(done.at(-1), 'entry 14');
  order.close();
});

test('[G8] a room that emptied while a lost entry was looked for is forgotten: who comes later hears at once', async () => {
  const { rooms, done, order } = ordered(0);
  order.add(publication(12));
  rooms.delete(room);
  order.emptied(room);
  await eventually(async () => done.includes('drop 12') || undefined, 'it was looked for');
  rooms.add(room);
  order.entered(room, 'second', 500, true);
  order.add(publication(501));
  assert.deepEqual(done, ['drop 12', 'entry 501']);
  order.close();
});
