import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { createParley, ParleyError } from '#sdk';
import type { Connection, Parley, ParleyOptions, TokenReason } from '#sdk';
import { backoff } from '../../sdk/transport/backoff.js';
import { CONVERSATION, FakeServer, OTHER } from './support/fake-server.js';

let server: FakeServer;
let parley: Parley;
let states: Connection[];
let asked: TokenReason[];

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 }));
afterEach(() => {
  parley.dispose();
  mock.timers.reset();
});

function start(options: Partial<ParleyOptions> = {}): Parley {
  asked = [];
  states = [];
  const token: ParleyOptions['token'] = ({ reason }) => {
    asked.push(reason);
    return `token ${asked.length}`;
  };
  parley = createParley({ server: 'http://parley.test', token, environment: server.environment(), ...options });
  parley.connection$.subscribe((now) => states.push(now));
  return parley;
}

async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone <= ms; gone += 1_000) {
    if (gone > 0) mock.timers.tick(1_000);
    for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  }
}

const told = () => states.map(({ state, reason }) => `${state} ${reason}`);
const refusing = (server: FakeServer, codes: string[]): Partial<ParleyOptions> => ({
  environment: {
    ...server.environment(),
    open: (options, listener) => {
      const code = codes.shift();
      if (!code) return server.open(options, listener);
      server.handshakes.push(options.handshake);
      queueMicrotask(() => listener.refused({ code, message: code }));
      return { connected: false, send: () => {}, close: () => {} };
    },
  },
});

test('a connection tells where it stands, and comes back with who it is and what it holds', async () => {
  server = new FakeServer();
  const session = await start().connect();
  assert.deepEqual(told(), ['idle start', 'connecting start', 'catching-up opened', 'ready synced']);
  server.drop();
  assert.equal(parley.connection.state, 'waiting');
  assert.equal(parley.connection.reason, 'transport-lost');
  assert.equal(parley.connection.retryAt, Date.now() + 500);
  assert.equal(parley.connection.offlineSince, Date.now());
  await pass(1_000);
  assert.equal(parley.connection.state, 'ready');
  assert.equal(parley.connection.offlineSince, undefined);
  assert.equal(parley.session, session);
  const [first, second] = server.handshakes;
  assert.equal(first?.as, undefined);
  assert.deepEqual([second?.as, second?.epoch, second?.revision, second?.device], ['anna', server.epoch, 1, first?.device]);
  assert.deepEqual(asked, ['connect', 'connect']);
});

test('connect() while connecting is the same promise', async () => {
  server = new FakeServer();
  start();
  assert.equal(parley.connect(), parley.connect());
  await parley.connect();
});

test('[A3] a token that is refused is asked for once more; refused again before the first sign-in, the session ends', async () => {
  server = new FakeServer();
  await start(refusing(server, ['TOKEN_EXPIRED'])).connect();
  assert.deepEqual(asked, ['connect', 'rejected']);
  parley.dispose();
  server = new FakeServer();
  await assert.rejects(start(refusing(server, ['UNAUTHENTICATED', 'UNAUTHENTICATED'])).connect(), { code: 'UNAUTHENTICATED' });
  assert.deepEqual(told().at(-1), 'ended token-refused');
});

test('[P1] a client that is too old ends and does not connect again', async () => {
  server = new FakeServer();
  await assert.rejects(start(refusing(server, ['CLIENT_TOO_OLD'])).connect(), { code: 'CLIENT_TOO_OLD' });
  await pass(60_000);
  assert.equal(told().at(-1), 'ended client-too-old');
  assert.equal(server.handshakes.length, 1);
});

test('[A4] before the token ends a fresh one goes over the live connection', async () => {
  server = new FakeServer();
  await start().connect();
  server.tell('session:expiring', { expiresAt: Date.now() + 60_000 });
  server.tell('session:expiring', { expiresAt: Date.now() + 60_000 });
  await pass(0);
  const refreshes = server.sent.filter(({ name }) => name === 'session:refresh');
  assert.equal(refreshes[0]?.frame['token'], 'token 2');
  assert.deepEqual(asked, ['connect', 'expiring']);
  assert.equal(server.handshakes.length, 1);
});

test('[A7] another user on the reconnected line ends the session and nothing is sent to them', async () => {
  let user = 'anna';
  server = new FakeServer(() => user);
  const session = await start().connect();
  user = 'bob';
  server.drop();
  session.send(CONVERSATION, { text: 'canary' });
  const before = server.sent.length;
  await pass(40_000);
  assert.equal(told().at(-1), 'ended token-refused');
  assert.equal(parley.connection.error?.code, 'WRONG_USER');
  assert.equal(parley.session, null);
  assert.ok(!server.sent.slice(before).some(({ name }) => name === 'message:send'));
});

test('a host whose token callback throws is asked again later', async () => {
  server = new FakeServer();
  let calls = 0;
  const token = () => {
    if (calls++ === 0) throw new Error('host is down');
    return 'token';
  };
  const connected = start({ token }).connect();
  await pass(2_000);
  await connected;
  assert.ok(told().includes('waiting token-unavailable'));
});

test('[P2] [X2] malformed and unknown events are dropped, and what came before session:started is told after it', async () => {
  server = new FakeServer();
  const session = await start({
    environment: {
      ...server.environment(),
      open: (options, listener) => {
        listener.event('typing:changed', { conversation: CONVERSATION, user: OTHER, active: true });
        listener.event('entry:added', { entry: 'nonsense' });
        listener.event('constructor', {});
        return server.open(options, listener);
      },
    },
  }).connect();
  const typing: (readonly string[])[] = [];
  session.conversations.typing$(CONVERSATION).subscribe((users) => typing.push(users));
  assert.deepEqual(typing, [[OTHER]]);
  await pass(7_000);
  assert.deepEqual(typing, [[OTHER], []]);
});

test('[H1] [G8] an event lost on a live connection is repaired by the next digest', async () => {
  server = new FakeServer();
  const session = await start().connect();
  const texts: string[][] = [];
  session
    .timeline(CONVERSATION)
    .items$.subscribe((items) => texts.push(items.map((item) => (item.type === 'entry' ? String(item.entry.seq) : item.type))));
  server.commit(OTHER, 'lost');
  server.commit(OTHER, 'also lost');
  server.tell('heads:digest', { revision: 1, heads: [{ conversation: CONVERSATION, head: 2 }] });
  await pass(0);
  assert.deepEqual(texts.at(-1), ['1', '2']);
});

test('[SPEC S4] [G20] another history drops what is held, keeps the outbox, and says so', async () => {
  server = new FakeServer();
  for (let n = 0; n < 5; n++) server.commit(OTHER, `${n}`);
  const session = await start().connect();
  let shown: string[] = [];
  session
    .timeline(CONVERSATION)
    .items$.subscribe((items) => (shown = items.map((item) => (item.type === 'entry' ? String(item.entry.seq) : item.type))));
  await pass(0);
  server.drop();
  server.epoch = crypto.randomUUID();
  server.log.splice(3);
  session.send(CONVERSATION, { text: 'kept' });
  server.automatic.add('message:send');
  await pass(3_000);
  assert.equal(parley.connection.restored, true);
  assert.deepEqual(shown, ['1', '2', '3', '4']);
  assert.equal(server.log.at(-1)?.author, 'anna');
});

test('[W4] presence is unknown while there is no connection, and watched again after it', async () => {
  server = new FakeServer();
  const session = await start().connect();
  const seen: string[] = [];
  const watching = [OTHER, OTHER, 'cleo'].map((user) =>
    session.presence.of(user).subscribe(({ availability }) => seen.push(`${user} ${availability}`)),
  );
  await pass(1_000);
  const subscribes = () => server.sent.filter(({ name }) => name === 'presence:subscribe').map(({ frame }) => frame['users']);
  assert.deepEqual(subscribes(), [[OTHER, 'cleo']]);
  server.tell('presence:changed', { user: OTHER, presence: { availability: 'busy', since: 1 } });
  server.drop();
  assert.deepEqual(seen.slice(-4), [`${OTHER} busy`, `${OTHER} busy`, `${OTHER} unknown`, `${OTHER} unknown`]);
  await pass(3_000);
  assert.equal(subscribes().length, 2);
  for (const watch of watching) watch.unsubscribe();
  await pass(1_000);
  assert.deepEqual(server.sent.at(-1)?.frame['users'], [OTHER, 'cleo']);
});

test('[G25] the wait before the next attempt is spread over 0 to 30 s and never shorter than the server asked', () => {
  assert.equal(
    backoff(0, () => 0),
    0,
  );
  assert.equal(
    backoff(20, () => 0.999999),
    30_000,
  );
  assert.equal(
    backoff(3, () => 0.5),
    4_000,
  );
  assert.equal(
    backoff(0, () => 0.5, 7_000),
    7_000,
  );
});

test('a host that throws, answers nonsense or knows nothing breaks nothing', async () => {
  server = new FakeServer();
  start({
    host: {
      study: {
        getCurrent: () => ({ kind: 'study', id: '1.2.3' }),
        resolve: () => {
          throw new Error('no');
        },
        open: () => Promise.reject(new ParleyError('INTERNAL')),
      },
    },
  });
  const ref = { kind: 'study', id: '1.2.3' };
  assert.deepEqual(await parley.host.resolve(ref), { failed: true });
  assert.equal(await parley.host.open(ref), false);
  assert.deepEqual(await parley.host.resolve({ kind: 'mail', id: '1' }), { failed: true });
  const ids: (string | undefined)[] = [];
  parley.host.current$.subscribe((item) => ids.push(item?.link.id));
  const remove = parley.host.register('study', { getCurrent: () => ({ kind: 'study', id: 'bad\u0000id' }) });
  remove();
  assert.deepEqual(ids, ['1.2.3', undefined]);
});
