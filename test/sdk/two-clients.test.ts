import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { v7 } from 'uuid';
import { createParley } from '#sdk';
import type { Parley, ParleyOptions, TimelineItem } from '#sdk';
import { startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { tcpProxy } from '../support/tcp-proxy.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { until } from './support/until.js';

let server: TestServer;
const clients: Parley[] = [];
const proxies: TcpProxy[] = [];

before(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.dispose();
  for (const proxy of proxies.splice(0)) await proxy.close();
});
after(() => server.close());

function client(user: string, options: Partial<ParleyOptions> = {}): Parley {
  const parley = createParley({ server: server.url, token: () => server.token(user), transports: ['websocket'], ...options });
  clients.push(parley);
  return parley;
}

async function wire(): Promise<TcpProxy> {
  const proxy = await tcpProxy(server.port);
  proxies.push(proxy);
  return proxy;
}

const texts = (items: readonly TimelineItem[]) =>
  items.flatMap((item) => (item.type === 'entry' && item.entry.body.kind === 'message' ? [item.entry.body.text] : []));

test('[C1] [L9] a message reaches the other client and ends as an entry with the key of its echo', async () => {
  const anna = await client('t1-anna').connect();
  const ben = await client('t1-ben').connect();
  const { id } = await anna.startChat({ to: ['t1-ben'], text: 'hello' });
  const mine = await until(anna.timeline(id).items$, (items) => texts(items).length === 1);
  assert.equal(mine.filter((item) => item.type === 'pending').length, 0);
  await until(ben.conversations.list$, (list) => list.some((one) => one.id === id && one.unread === 1));
  const theirs = await until(ben.timeline(id).items$, (items) => texts(items).length === 1);
  assert.deepEqual(texts(theirs), ['hello']);
  const item = ben.send(id, { text: 'hi' });
  const keys = await until(ben.timeline(id).items$, (items) => texts(items).length === 2);
  assert.equal(keys.at(-1)?.key, item.cid);
});

test('[R3] an own message becomes delivered, then read, by the marks of the other', async () => {
  const anna = await client('t2-anna').connect();
  const ben = await client('t2-ben').connect();
  const { id } = await anna.startChat({ to: ['t2-ben'], text: 'hello' });
  const state = (items: readonly TimelineItem[]) =>
    items.flatMap((item) => (item.type === 'entry' && item.state ? [item.state] : [])).at(-1);
  await until(anna.timeline(id).items$, (items) => state(items) === 'delivered');
  ben.conversations.markRead(id);
  await until(anna.timeline(id).items$, (items) => state(items) === 'read');
  await until(ben.conversations.unread$, (unread) => unread === 0);
});

test('[G4] [G6] [G7] two clients behind a wire that is cut 20 times see each message once, in one order, at every moment', async () => {
  const proxy = await wire();
  const through = { server: `http://127.0.0.1:${proxy.port}`, environment: { random: () => Math.random() / 20 } };
  const [anna, ben] = await Promise.all([client('t3-anna', through).connect(), client('t3-ben', through).connect()]);
  const { id } = await anna.startChat({ to: ['t3-ben'] });
  const seen = [anna, ben].map((session) => {
    let last: readonly TimelineItem[] = [];
    session.timeline(id).items$.subscribe((items) => {
      let before = 0;
      for (const item of items) {
        if (item.type === 'pending') continue;
        const [from, to] = item.type === 'gap' ? [item.from, item.to] : [item.entry.seq, item.entry.seq];
        assert.ok(before === 0 || from === before + 1, `${from} follows ${before}`);
        before = to;
      }
      assert.equal(new Set(items.map((item) => item.key)).size, items.length);
      last = items;
    });
    return () => last;
  });
  const each = 100;
  for (let n = 0; n < each; n++) {
    anna.send(id, { text: `anna ${n}` });
    ben.send(id, { text: `ben ${n}` });
    if (n % 5 === 4) {
      const lost = Promise.all(clients.map((parley) => until(parley.connection$, ({ state }) => state !== 'ready')));
      proxy.cut();
      await lost;
      await Promise.all(clients.map((parley) => until(parley.connection$, ({ state }) => state === 'ready')));
    }
  }
  for (const session of [anna, ben])
    await until(
      session.timeline(id).items$,
      (items) => texts(items).length === 2 * each && items.every((item) => item.type === 'entry'),
      60_000,
    );
  const [first, second] = seen.map((items) => texts(items()));
  assert.deepEqual(first, second);
  for (const name of ['anna', 'ben']) {
    assert.deepEqual(
      first?.filter((text) => text.startsWith(name)),
      Array.from({ length: each }, (_, n) => `${name} ${n}`),
    );
  }
});

test('[attack 66] [G14] what Alice typed without a connection is not sent as Bob', async () => {
  const proxy = await wire();
  const parley = client('t4-alice', { server: `http://127.0.0.1:${proxy.port}` });
  const alice = await parley.connect();
  const witness = await client('t4-bob').connect();
  const { id } = await alice.startChat({ to: ['t4-bob'] });
  await proxy.close();
  await until(parley.connection$, ({ state }) => state !== 'ready');
  alice.send(id, { text: 'canary' });
  alice.drafts.update(id, { text: 'canary' });
  const switched = parley.switchUser(() => server.token('t4-bob'));
  assert.equal(parley.session, null);
  assert.equal(alice.drafts.get(id).text, '');
  await proxy.open();
  const bob = await switched;
  assert.equal(bob.info.user.id, 't4-bob');
  bob.send(id, { text: 'from bob' });
  const items = await until(witness.timeline(id).items$, (items) => texts(items).length > 0);
  assert.deepEqual(texts(items), ['from bob']);
  assert.throws(() => alice.send(id, { text: 'late' }), { code: 'SESSION_ENDED' });
  await assert.rejects(alice.command('session:heads', {}), { code: 'SESSION_ENDED' });
});

test('[D3] [D4] [G9] after an absence of 700 entries the newest page comes first, and scrolling back gives all the others', async () => {
  const proxy = await wire();
  const away = client('t5-ben', { server: `http://127.0.0.1:${proxy.port}`, environment: { random: () => 0.01 } });
  const [anna, ben] = await Promise.all([client('t5-anna').connect(), away.connect()]);
  const { id } = await anna.startChat({ to: ['t5-ben'] });
  const timeline = ben.timeline(id);
  await until(timeline.items$, (items) => items.length === 1);
  // The entry may have come by itself: then what is asked for afterwards is the first page, and not what was missed.
  await until(timeline.state$, ({ status }) => status === 'ready');
  let shown: readonly TimelineItem[] = [];
  timeline.items$.subscribe((items) => (shown = items));
  await proxy.close();
  await until(away.connection$, ({ state }) => state !== 'ready');
  const sent = Array.from({ length: 700 }, (_, n) => `${n}`);
  await Promise.all(sent.map((text) => anna.command('message:send', { conversation: id, cid: v7(), text, links: [] })));
  await proxy.open();
  await until(timeline.items$, (items) => items.some((item) => item.type === 'entry' && item.entry.seq === 701));
  assert.ok(shown.length < 100, `${shown.length} lines`);
  let { atStart } = await until(timeline.state$, ({ status }) => status === 'ready');
  while (!atStart) {
    await timeline.loadOlder();
    ({ atStart } = await until(timeline.state$, () => true));
  }
  assert.deepEqual(
    shown.map((item) => (item.type === 'entry' ? item.entry.seq : item.type)),
    Array.from({ length: 701 }, (_, index) => index + 1),
  );
});

test('where WebSocket does not pass, long polling serves', async () => {
  const anna = await client('t6-anna', { transports: ['polling'] }).connect();
  assert.equal((await anna.command('session:heads', {})).heads.length, 0);
});

test('[E23] another title leaves the description as it is, and an empty text removes it; the other sees both', async () => {
  const anna = await client('t9-anna').connect();
  const ben = await client('t9-ben').connect();
  const { id } = await anna.startChat({ to: ['t9-ben'], title: 'Ward 3', description: 'Bus accident, A4' });
  const seen = async (title: string, description: string | undefined) => {
    await until(ben.conversations.one$(id), (one) => one?.title === title && one.description === description);
  };
  await seen('Ward 3', 'Bus accident, A4');
  await ben.rename(id, { title: 'Ward 4' });
  await seen('Ward 4', 'Bus accident, A4');
  await anna.rename(id, { description: '' });
  await seen('Ward 4', undefined);
});

test('[pain 7] a token in the place of its provider is refused at once, and nobody stays signed in', async () => {
  const parley = client('t10-anna');
  await parley.connect();
  await assert.rejects(parley.switchUser('eyJ' as never), { code: 'INVALID' });
  assert.equal(parley.session, null);
  const next = await parley.switchUser(() => server.token('t10-ben'));
  assert.equal(next.info.user.id, 't10-ben');
});

test('[SPEC L14] [B22] who was removed while they were offline finds the chat gone that they had open', async () => {
  const proxy = await wire();
  const anna = await client('t11-anna').connect();
  const parley = client('t11-ben', { server: `http://127.0.0.1:${proxy.port}` });
  const ben = await parley.connect();
  await client('t11-cleo').connect();
  const { id } = await anna.startChat({ to: ['t11-ben', 't11-cleo'], title: 'Ward 5' });
  await until(ben.conversations.one$(id), (one) => one !== null);
  ben.open(id);
  const items = ben.timeline(id).items$.subscribe();
  await proxy.close();
  await until(parley.connection$, ({ state }) => state === 'waiting');
  await anna.remove(id, 't11-ben');
  await proxy.open();
  await parley.connect();
  await until(ben.conversations.list$, (list) => list.every((one) => one.id !== id));
  await until(ben.open$, (open) => open === null);
  items.unsubscribe();
});
