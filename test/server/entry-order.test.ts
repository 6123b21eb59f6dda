import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v7 } from 'uuid';
import type { EntryPublication } from '../../server/cluster/publication.js';
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

test('[G8] a room that emptied while a lost entry was looked for is forgotten: who comes later hears at once', async () => {
  const rooms = new Set([room]);
  const delivered: number[] = [];
  let dropped = 0;
  const order = new EntryOrder({
    hasRoom: (name) => rooms.has(name),
    concerns: () => false,
    deliver: ({ entry }) => delivered.push(entry.seq),
    drop: () => (dropped += 1),
    settle: async () => undefined,
    tellHead: () => undefined,
    wait: () => 0,
    logger: silent,
  });
  order.entered(room, 'first', 10, true);
  order.add(publication(12));
  rooms.delete(room);
  order.emptied(room);
  await eventually(async () => dropped === 1 || undefined, 'it was looked for');
  rooms.add(room);
  order.entered(room, 'second', 500, true);
  order.add(publication(501));
  assert.deepEqual(delivered, [501]);
  order.close();
});
