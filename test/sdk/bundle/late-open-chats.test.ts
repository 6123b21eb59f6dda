import { network } from '../support/late-open-chats-hook.js';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Parley, Session, TimelineState } from '#sdk';
import { CONVERSATION, FakeServer, OTHER } from '../support/fake-server.js';
import { until } from '../support/until.js';

// After the hook.
const { createParley } = await import('#sdk');

const clients: Parley[] = [];
afterEach(() => clients.splice(0).forEach((client) => client.dispose()));

async function signedIn(): Promise<{ server: FakeServer; session: Session }> {
  const server = new FakeServer();
  const parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: server.environment() });
  clients.push(parley);
  return { server, session: await parley.connect() };
}

describe('late open chats', () => {
  // First: what was loaded once is not asked for again.
  it('[pain 16] say when they cannot be loaded, are loaded when somebody asks again or the network is back, and then go where one wanted to', async () => {
    const { server, session } = await signedIn();
    server.commit(OTHER, 'hello');
    network.up = false;
    const timeline = session.timeline(CONVERSATION);
    const states: TimelineState[] = [];
    timeline.state$.subscribe((state) => states.push(state));
    // Somebody looks all the while: where one wanted to is forgotten when nobody does.
    timeline.items$.subscribe();
    timeline.reveal(1);
    const failed = await until(timeline.state$, ({ status }) => status !== 'loading');
    assert.deepEqual([failed.status, failed.error?.code], ['error', 'UNAVAILABLE']);
    timeline.retry();
    await until(timeline.state$, (state) => state.status === 'error' && state !== failed);
    network.up = true;
    server.drop();
    const items = await until(timeline.items$, ({ length }) => length > 0);
    assert.deepEqual(
      items.map((item) => item.type === 'entry' && item.entry.seq),
      [1],
    );
    await until(timeline.state$, ({ status }) => status === 'ready');
    assert.deepEqual([...new Set(states.map(({ status }) => status))], ['loading', 'error', 'ready']);
    assert.equal((await until(timeline.revealed$, (now) => now !== null))?.seq, 1);
  });

  it('[M7] are loading until they are there, and then what is asked first is done first', async () => {
    const { server, session } = await signedIn();
    for (let n = 0; n < 120; n++) server.commit(OTHER, `${n}`);
    const timeline = session.timeline(CONVERSATION);
    let state: TimelineState | undefined;
    timeline.state$.subscribe((now) => (state = now));
    assert.equal(state?.status, 'loading');
    timeline.reveal(3);
    await timeline.loadOlder();
    const revealed = await until(timeline.revealed$, (now) => now !== null);
    assert.equal(revealed?.seq, 3);
    session.conversations.setTyping(CONVERSATION, true);
    session.conversations.setTyping(CONVERSATION, false);
    const said = server.sent.filter(({ name }) => name === 'typing:set').map(({ frame }) => frame['active']);
    assert.deepEqual(said, [true, false]);
  });

  it('[G14] are not made for a session that was over before they were there', async () => {
    const { session } = await signedIn();
    session.timeline(CONVERSATION).reveal(1);
    clients[0]?.dispose();
    await import('../../../sdk/stores/open-chats.js');
    await setImmediate();
    const told: TimelineState[] = [];
    session.timeline(CONVERSATION).state$.subscribe((state) => told.push(state));
    assert.deepEqual(told, []);
  });

  it('[G14] are not loaded for who only sends, and nothing is told to a session that is over', async () => {
    const { server, session } = await signedIn();
    session.send(CONVERSATION, { text: 'on its way' });
    assert.deepEqual(
      server.sent.map(({ name }) => name).filter((name) => name === 'entry:range' || name === 'typing:set'),
      [],
    );
    let over = false;
    session.timeline(CONVERSATION).items$.subscribe({ complete: () => (over = true) });
    clients[0]?.dispose();
    assert.ok(over);
  });

  // Left out are those that look at what was there before anybody opened a chat: who had been typing is seen when they go on.
  for (const name of ['open-chat', 'outbox', 'policies', 'timeline-reveal', 'two-clients']) {
    it(`[pain 16] pass the SDK's own tests: ${name}`, async () => {
      const here = import.meta.dirname;
      // Of a run of its own, and not reported to this one.
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const hook = path.join(here, '../support/late-open-chats-hook.js');
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', hook, path.join(here, `../${name}.test.js`)], { env });
      assert.match(stdout, /pass [1-9]/);
    });
  }
});
