import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { v7 } from 'uuid';
import { createParley } from '#sdk';
import type { Parley, TimelineItem } from '#sdk';
import { startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { until } from './support/until.js';

let server: TestServer;
const clients: Parley[] = [];

before(async () => {
  server = await startServer();
});
afterEach(() => clients.splice(0).forEach((client) => client.dispose()));
after(() => server.close());

function client(user: string): Parley {
  const parley = createParley({ server: server.url, token: () => server.token(user), transports: ['websocket'] });
  clients.push(parley);
  return parley;
}

const seqs = (items: readonly TimelineItem[]): number[] => items.flatMap((item) => (item.type === 'entry' ? [item.entry.seq] : []));

test('[M7] [D4] a message that is found in a long chat opens it there, and the pages between are fetched only when somebody goes there', async () => {
  const [anna, ben] = await Promise.all([client('r1-anna').connect(), client('r1-ben').connect()]);
  const { id } = await anna.startChat({ to: ['r1-ben'] });
  const say = (text: string) => anna.command('message:send', { conversation: id, cid: v7(), text, links: [] });
  for (let n = 0; n < 40; n++) await say(`early ${n}`);
  await say('the pneumothorax is new');
  await Promise.all(Array.from({ length: 600 }, (_, n) => say(`late ${n}`)));

  const { hits, ...more } = await ben.conversations.searchMessages('pneumothorax');
  assert.deepEqual(more, { next: null }, 'what else the server told is in the stores');
  const hit = hits[0];
  assert.ok(hit);
  const timeline = ben.timeline(id);
  let shown: readonly TimelineItem[] = [];
  timeline.items$.subscribe((items) => (shown = items));
  const open = until(ben.open$, (conversation) => conversation === id);
  ben.open(id, { at: hit.seq });
  await open;
  const revealed = await until(timeline.revealed$, (now) => now !== null);
  assert.equal(revealed?.seq, hit.seq);
  assert.ok(seqs(shown).includes(hit.seq));
  assert.ok(seqs(shown).length <= 100, `${shown.length} lines`);
  assert.equal(shown.filter(({ type }) => type === 'gap').length, 1);
  for (;;) {
    const gap = shown.find((line) => line.type === 'gap');
    if (gap?.type !== 'gap') break;
    await timeline.loadGap(gap, 'older');
  }
  assert.deepEqual(
    seqs(shown),
    Array.from({ length: 642 - (seqs(shown)[0] ?? 0) + 1 }, (_, index) => index + (seqs(shown)[0] ?? 0)),
  );
});

test('[B17] [M7] an entry from before one came in is not revealed: the first that one may see is', async () => {
  const [anna, late] = await Promise.all([client('r2-anna').connect(), client('r2-late').connect(), client('r2-ben').connect()]);
  const { id } = await anna.startChat({ to: ['r2-ben'], title: 'Ward' });
  for (let n = 0; n < 120; n++) await anna.command('message:send', { conversation: id, cid: v7(), text: `secret ${n}`, links: [] });
  await anna.invite(id, ['r2-late']);
  for (let n = 0; n < 120; n++) await anna.command('message:send', { conversation: id, cid: v7(), text: `open ${n}`, links: [] });
  await until(late.conversations.one$(id), (one) => one !== null);
  const timeline = late.timeline(id);
  let shown: readonly TimelineItem[] = [];
  timeline.items$.subscribe((items) => (shown = items));
  timeline.reveal(3);
  const revealed = await until(timeline.revealed$, (now) => now !== null);
  assert.equal(revealed?.seq, 122, 'the entry that let them in');
  assert.equal(seqs(shown)[0], 122);
  assert.equal((await until(timeline.state$, ({ status }) => status === 'ready')).atStart, true);
});
