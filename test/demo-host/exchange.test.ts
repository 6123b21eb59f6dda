import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ExchangeState } from '../../demo-host/exchange/exchange.js';
import { CannotDo, Exchange } from '../../demo-host/exchange/exchange.js';
import { PhoneFeed } from '../../demo-host/exchange/phone-feed.js';
import { CALL_EVERY, CALLS, MOST_WAITING, PATIENCE, RINGS, ROUND, TALKS } from '../../demo-host/exchange/script.js';
import type { PhoneState } from '../../demo-host/parley-backend.js';
import type { TestHost } from './host.js';
import { startDemoHost } from './host.js';

const HOUSE = ['kim', 'tariq', 'petra', 'luca', 'hanna', 'dmitri', 'jakob', 'chloe'];
let host: TestHost;

before(async () => {
  host = await startDemoHost('a secret of a test that is long enough', []);
});
after(() => host.stop());

/** An exchange whose clock the test winds on. */
function wound(): { exchange: Exchange; seconds(count: number): void } {
  let now = 0;
  const exchange = new Exchange(HOUSE, () => now);
  return {
    exchange,
    seconds(count) {
      for (let second = 0; second < count; second++) {
        now += 1000;
        exchange.advance();
      }
    },
  };
}

test('calls come by the script, wait, and give up; never more wait than the console shows', () => {
  const { exchange, seconds } = wound();
  const waiting = () => exchange.state.calls.filter(({ state }) => state === 'queued');
  assert.deepEqual(
    waiting().map(({ caller }) => caller),
    CALLS.slice(0, 2).map(({ caller }) => caller),
  );
  seconds(CALL_EVERY);
  assert.equal(waiting().length, 3);
  const [first] = waiting();
  seconds(PATIENCE - CALL_EVERY);
  assert.ok(!waiting().some(({ id }) => id === first?.id), 'the first one has given up');
  for (let round = 0; round < 20; round++) {
    seconds(CALL_EVERY);
    assert.ok(waiting().length <= MOST_WAITING);
  }
});

test('an operator answers, holds, comes back, and puts a call through to a telephone that is free', () => {
  const { exchange, seconds } = wound();
  exchange.answer('kim');
  const [call] = exchange.state.calls;
  assert.ok(call);
  assert.equal(call.state, 'talking');
  assert.equal(exchange.state.phones['kim'], 'on-call');
  exchange.hold('kim');
  assert.equal(exchange.state.phones['kim'], 'hold');
  exchange.hold('kim');
  assert.throws(() => exchange.transfer('kim', 'petra'), CannotDo, 'petra is on a call');
  exchange.transfer('kim', 'hanna');
  assert.equal(exchange.state.phones['hanna'], 'ringing');
  assert.equal(exchange.state.phones['kim'], 'idle');
  seconds(RINGS);
  assert.equal(exchange.state.phones['hanna'], 'on-call');
  seconds(TALKS);
  assert.equal(exchange.state.phones['hanna'], 'idle');
  assert.throws(() => exchange.release('kim'), CannotDo);
});

test('a second call that is answered puts the first one on hold', () => {
  const { exchange } = wound();
  exchange.answer('kim');
  exchange.answer('kim');
  assert.deepEqual(
    exchange.state.calls.map(({ state }) => state),
    ['held', 'talking'],
  );
  assert.throws(() => exchange.answer('tariq'), CannotDo, 'nobody else waits');
});

test('every change of a telephone is told to Parley with an expiry, all of them at the start, in their order', async () => {
  const { exchange, seconds } = wound();
  const told: PhoneState[] = [];
  let refuse = false;
  const feed = new PhoneFeed(
    {
      phoneStates: async (_tenant, states) => {
        if (refuse) throw new Error('not now');
        await new Promise((resolve) => setImmediate(resolve));
        told.push(...states);
      },
    },
    exchange,
  );
  feed.start();
  seconds(ROUND);
  await feed.settled;
  assert.deepEqual(
    told.slice(0, HOUSE.length).map(({ user }) => user),
    HOUSE,
  );
  assert.ok(told.every(({ expiresIn }) => expiresIn >= 1 && expiresIn <= 3600));
  assert.deepEqual(
    told.filter(({ user }) => user === 'luca').map(({ state }) => state),
    ['idle', 'ringing', 'on-call', 'idle'],
  );
  refuse = true;
  exchange.answer('kim');
  await feed.settled;
  refuse = false;
  exchange.release('kim');
  await feed.settled;
  assert.equal(told.at(-1)?.state, 'idle', 'a server that is away for a moment ends nothing');
  feed.stop();
});

test('the console hears of every change, and its keys do what they say, for people of the house only', async () => {
  const response = await host.get('/api/exchange/events?as=kim');
  assert.match(response.headers.get('content-type') ?? '', /text\/event-stream/);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.ok(reader);
  const next = async () => JSON.parse((await reader.read()).value?.replace(/^data: /, '') ?? '') as ExchangeState;
  assert.equal((await next()).calls[0]?.state, 'queued');
  assert.equal((await host.send('POST', '/api/exchange/answer?as=kim')).status, 204);
  const answered = (await next()).calls[0];
  assert.equal(answered?.operator, 'kim');
  assert.equal((await host.get(`/api/exchange/calls/${answered.id}?as=petra`)).status, 200);
  assert.equal((await host.send('POST', '/api/exchange/transfer?as=kim', { id: 'nobody' })).status, 409);
  assert.equal((await host.send('POST', '/api/exchange/explode?as=kim')).status, 404);
  assert.equal((await host.send('POST', '/api/exchange/answer?as=anna')).status, 403);
  await reader.cancel();
});
