import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import fc from 'fast-check';
import { TIMES } from '#protocol';
import { createParley } from '#sdk';
import type { OutboxItem, Parley, Session, TimelineItem } from '#sdk';
import { CONVERSATION, FakeServer } from './support/fake-server.js';

let server: FakeServer;
let parley: Parley;
let session: Session;
let items: readonly TimelineItem[];
let outbox: readonly OutboxItem[];

beforeEach(async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  server = new FakeServer();
  await signIn();
});
afterEach(() => {
  parley.dispose();
  mock.timers.reset();
});

async function signIn(): Promise<void> {
  parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: server.environment() });
  session = await parley.connect();
  session.timeline(CONVERSATION).items$.subscribe((now) => (items = now));
  session.outbox.items$.subscribe((now) => (outbox = now));
  await settle();
}

/** Lets everything run that needs no time to pass. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 1_000) {
    mock.timers.tick(Math.min(1_000, ms - gone));
    await settle();
  }
}

const shown = () =>
  items.map((line) => (line.type === 'entry' ? `${line.key} entry` : line.type === 'pending' ? `${line.key} pending` : 'gap'));

test('[L9] [G10] acknowledgement first: the echo stays until the entry takes its place, under the same key', async () => {
  const { cid } = session.send(CONVERSATION, { text: 'one' });
  await settle();
  assert.deepEqual(shown(), [`${cid} pending`]);
  server.sends()[0]?.answer();
  await settle();
  assert.deepEqual(shown(), [`${cid} pending`]);
  server.tell('entry:added', { entry: server.log[0]! });
  assert.deepEqual(shown(), [`${cid} entry`]);
  assert.deepEqual(outbox, []);
});

test('[L9] [G10] live entry first: it takes the place of the echo at once, and the late acknowledgement changes nothing', async () => {
  const { cid } = session.send(CONVERSATION, { text: 'one' });
  await settle();
  server.tell('entry:added', { entry: server.commit('anna', 'one', cid) });
  assert.deepEqual(shown(), [`${cid} entry`]);
  server.sends()[0]?.answer();
  await settle();
  assert.deepEqual(shown(), [`${cid} entry`]);
  assert.deepEqual(outbox, []);
});

test('[C1] an acknowledged message whose event is lost is fetched', async () => {
  const { cid } = session.send(CONVERSATION, { text: 'one' });
  await settle();
  server.sends()[0]?.answer();
  await settle();
  await pass(2_000);
  assert.deepEqual(shown(), [`${cid} entry`]);
});

test('[C1] an acknowledged message does not wait for a timeline that nobody looks at, and is there when somebody does', async () => {
  const unwatched = '00000000-0000-4000-8000-000000000002';
  session.timeline(unwatched);
  session.send(unwatched, { text: 'one' });
  await settle();
  server.sends()[0]?.answer();
  await settle();
  assert.deepEqual(outbox, []);
  let shownThen: readonly TimelineItem[] = [];
  session.timeline(unwatched).items$.subscribe((now) => (shownThen = now));
  await settle();
  assert.deepEqual(
    shownThen.map(({ type }) => type),
    ['entry'],
  );
});

test('[C1] an acknowledged message is not waited for when the timeline is left before its event', async () => {
  const other = '00000000-0000-4000-8000-000000000002';
  const looking = session.timeline(other).items$.subscribe();
  await settle();
  session.send(other, { text: 'one' });
  await settle();
  server.sends()[0]?.answer();
  await settle();
  looking.unsubscribe();
  await pass(2_000);
  assert.deepEqual(outbox, []);
});

test('[C5] [G4] without an answer the same id is sent again', async () => {
  const { cid } = session.send(CONVERSATION, { text: 'one' });
  await settle();
  await pass(TIMES.acknowledgement + 2_000);
  assert.deepEqual(
    server.sends().map(({ frame }) => [frame['cid'], frame['as'], frame['text']]),
    [
      [cid, 'anna', 'one'],
      [cid, 'anna', 'one'],
    ],
  );
});

test('[D7] [G7] a later message waits for an earlier one that is tried again, and passes one that was refused', async () => {
  session.send(CONVERSATION, { text: 'one' });
  session.send(CONVERSATION, { text: 'two' });
  await settle();
  server.sends()[0]?.refuse('UNAVAILABLE');
  await settle();
  assert.deepEqual(
    server.sends().map(({ frame }) => frame['text']),
    ['one'],
  );
  await pass(1_000);
  assert.deepEqual(
    server.sends().map(({ frame }) => frame['text']),
    ['one', 'one'],
  );
  server.sends()[1]?.refuse('ROLE_FORBIDDEN');
  await settle();
  assert.equal(outbox[0]?.state, 'not-sent');
  assert.equal(outbox[0]?.error?.code, 'ROLE_FORBIDDEN');
  assert.equal(server.sends()[2]?.frame['text'], 'two');
});

test('[G11] what waited too long is not sent by itself; the person sends or discards it', async () => {
  server.accepting = false;
  server.drop();
  const old = session.send(CONVERSATION, { text: 'old' });
  const older = session.send(CONVERSATION, { text: 'older' });
  assert.equal(outbox[0]?.state, 'waiting');
  await pass(TIMES.staleMessage + 2_000);
  const fresh = session.send(CONVERSATION, { text: 'fresh' });
  server.accepting = true;
  for (let seconds = 0; seconds < 31 && server.sends().length === 0; seconds++) await pass(1_000);
  assert.deepEqual(
    server.sends().map(({ frame }) => frame['text']),
    ['fresh'],
  );
  assert.deepEqual(
    outbox.map(({ cid, state, stale }) => [cid, state, stale]),
    [
      [old.cid, 'not-sent', true],
      [older.cid, 'not-sent', true],
      [fresh.cid, 'sending', undefined],
    ],
  );
  session.outbox.discard(older.cid);
  session.outbox.retry(old.cid);
  server.sends()[0]?.answer();
  await settle();
  assert.equal(server.sends()[1]?.frame['cid'], old.cid);
});

for (const looked of [true, false])
  test(`[L9] [G10] [G11] committed, and the answer lost for longer than what is sent by itself: nothing says that it was not sent, ${looked ? 'with' : 'without'} the chat open`, async () => {
    if (!looked) {
      parley.dispose();
      parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: server.environment() });
      session = await parley.connect();
      session.outbox.items$.subscribe((now) => (outbox = now));
      await settle();
    }
    const lost = session.send(CONVERSATION, { text: 'lost answer' });
    await settle();
    server.commit('anna', 'lost answer', lost.cid);
    server.accepting = false;
    server.drop();
    const late = session.send(CONVERSATION, { text: 'never sent' });
    await pass(TIMES.staleMessage + 2_000);
    server.accepting = true;
    for (let seconds = 0; seconds < 31 && parley.connection.state !== 'ready'; seconds++) await pass(1_000);
    await settle();
    assert.deepEqual(
      outbox.map(({ cid, state, stale }) => [cid, state, stale]),
      [[late.cid, 'not-sent', true]],
    );
    assert.equal(server.sends().length, 1, 'and nothing was sent by itself');
  });

test('[X8] what the protocol refuses is refused at once', () => {
  assert.throws(() => session.send(CONVERSATION, { text: ' \u200b ' }), { code: 'INVALID' });
  assert.throws(() => session.send(CONVERSATION, { text: '' }), { code: 'INVALID' });
  assert.deepEqual(outbox, []);
});

test('[attack 66] [attack 67] [G14] nothing of the previous user is sent or told after a switch, whenever it happens', async () => {
  let user = 'anna';
  parley.dispose();
  server = new FakeServer(() => user);
  await signIn();
  session.send(CONVERSATION, { text: 'canary' });
  await settle();
  const inFlight = server.sends()[0];
  session.send(CONVERSATION, { text: 'canary' });
  const before = session;
  user = 'bob';
  let late: (token: string) => void = () => {};
  const bob = parley.switchUser(() => new Promise((resolve) => (late = resolve)));
  assert.equal(parley.session, null);
  assert.deepEqual([outbox, items], [[], []]);
  inFlight?.answer();
  await settle();
  late('token of bob');
  await bob;
  await pass(60_000);
  const asBob = server.sent.filter(({ frame }) => frame['as'] === 'bob');
  assert.ok(!JSON.stringify(asBob.map(({ frame }) => frame)).includes('canary'));
  assert.equal(server.sends().length, 1);
  assert.equal(server.transports.size, 1);
  await assert.rejects(before.command('session:heads', {}), { code: 'SESSION_ENDED' });
  assert.throws(() => before.send(CONVERSATION, { text: 'canary' }), { code: 'SESSION_ENDED' });
  const [first, second] = server.handshakes;
  assert.notEqual(first?.device, second?.device);
  assert.equal(second?.as, undefined);
  parley.dispose();
  assert.equal(server.transports.size, 0);
});

test('[G14] select() follows the session: masked at once, then the next user', async () => {
  let user = 'anna';
  parley.dispose();
  server = new FakeServer(() => user);
  await signIn();
  const names: string[] = [];
  parley.select((now) => now.info$, null).subscribe((info) => names.push(info?.user.id ?? 'nobody'));
  user = 'bob';
  const switched = parley.switchUser(() => 'token');
  assert.deepEqual(names, ['anna', 'nobody']);
  await switched;
  await parley.end();
  assert.deepEqual(names, ['anna', 'nobody', 'bob', 'nobody']);
});

test('[G4] [G6] [G7] whatever is lost on the way, the log has each message once, in the order typed', async () => {
  const act = fc.constantFrom('send', 'answer', 'lose answer', 'refuse', 'drop', 'echo', 'wait');
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (acts) => {
      parley.dispose();
      server = new FakeServer();
      await signIn();
      const typed: string[] = [];
      for (const what of acts) {
        const open = server.sends().at(-1);
        if (what === 'send') typed.push(session.send(CONVERSATION, { text: `${typed.length}` }).text);
        else if (what === 'answer') open?.answer();
        else if (what === 'lose answer' && open) server.commit('anna', String(open.frame['text']), String(open.frame['cid']));
        else if (what === 'refuse') open?.refuse('UNAVAILABLE');
        else if (what === 'drop') server.drop();
        else if (what === 'echo') server.log.slice(-1).forEach((entry) => server.tell('entry:added', { entry }));
        else await pass(3_000);
        await settle();
        const keys = items.map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
        assert.ok(typed.length === 0 || items.length >= typed.length, 'nothing typed vanishes');
      }
      server.automatic.add('message:send');
      await pass(45_000);
      assert.deepEqual(
        server.log.map(({ body }) => (body as { text: string }).text),
        typed,
      );
      assert.deepEqual(
        items.map((line) => (line.type === 'entry' ? line.entry.seq : line.type)),
        typed.map((_, index) => index + 1),
      );
    }),
    { numRuns: 60 },
  );
});
