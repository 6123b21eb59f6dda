import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Socket as TcpSocket } from 'node:net';
import type { PresenceReport } from '../../server/cluster/cluster.js';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import { ParleyError } from '#protocol';
import { rawConnection, stillServes } from '../support/attacks.js';
import { type Refusal, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { spoil } from '../support/spoilt-storage.js';

async function metric(server: TestServer, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
}

async function untilMetric(server: TestServer, name: string, value: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await metric(server, name)) !== value) {
    if (Date.now() > deadline) throw new Error(`${name} did not become ${value}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('[X5] connections of one user are limited, with a time to wait; those who go make room', async (t) => {
  const server = await startServer({ userConnections: 3 });
  t.after(() => server.close());
  const tabs = [await server.connect('tabs'), await server.connect('tabs'), await server.connect('tabs')];
  await assert.rejects(
    server.connect('tabs'),
    (error: Refusal) => error.code === 'RATE_LIMITED' && error.error.retryAfterMs !== undefined && error.error.retryAfterMs > 0,
  );
  await server.connect('tabs', { claims: { tenant: 'other' } });
  await server.connect('somebody-else');
  tabs[0]?.close();
  await untilMetric(server, 'parley_connections', 4);
  assert.ok((await server.connect('tabs')).connected);
});

test('[X5] of many that one user begins at once no more are let in than the limit', async (t) => {
  const server = await startServer({ userConnections: 3 });
  t.after(() => server.close());
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => server.connect('tabs')));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3);
  assert.deepEqual(
    new Set(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Refusal).code] : []))),
    new Set(['RATE_LIMITED']),
  );
});

test('[X5] who has too many connections is refused before the store is read for them, and counted', async (t) => {
  const donor = await startServer();
  const { storage } = donor.server;
  let read = 0;
  const server = await startServer({
    userConnections: 1,
    parts: {
      storage: spoil(storage, {
        signIn(...args) {
          read += 1;
          return storage.signIn(...args);
        },
        close: () => Promise.resolve(),
      }),
    },
  });
  t.after(async () => {
    await server.close();
    await donor.close();
  });
  await server.connect('tabs');
  const before = read;
  await assert.rejects(server.connect('tabs'), (error: Refusal) => error.code === 'RATE_LIMITED');
  assert.equal(read, before);
  await untilMetric(server, 'parley_authentication_failures_total{reason="rate_limited"}', 1);
});

test('[attack 73] a typing storm over many conversations is told once for each, and past the rate refused', async (t) => {
  const server = await startServer({ rateSignals: 100, timings: { typing: 60_000 } });
  t.after(() => server.close());
  const [storm, bob] = await Promise.all([server.connect('storm'), server.connect('bob'), server.connect('carol')]);
  const conversations = await Promise.all(Array.from({ length: 100 }, () => storm.startConversation('bob', 'carol')));
  const results = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      storm.command('typing:set', { conversation: conversations[index % 100] ?? '', active: true }).then(
        () => 'ok',
        (error: Refusal) => error.code,
      ),
    ),
  );
  const accepted = results.filter((result) => result === 'ok').length;
  assert.equal(results.filter((result) => result === 'RATE_LIMITED').length, 1_000 - accepted);
  assert.ok(accepted >= 200 && accepted <= 500, `${accepted} accepted`);
  await bob.until(() => bob.received('typing:changed').length >= 100);
  await bob.command('session:heads', {});
  const told = bob.received('typing:changed').map(({ conversation }) => conversation);
  assert.deepEqual(told.sort(), [...conversations].sort(), 'each conversation once');
  // The end of the connection ends all of it.
  storm.close();
  await bob.until(() => bob.received('typing:changed').filter(({ active }) => !active).length === 100);
  await stillServes(server);
});

test('[attack 73] a client that does not read is cut before its frames fill the memory, and catches up when it comes back', async (t) => {
  const server = await startServer({ waitingFrames: 100, timings: { slowSweep: 20 } });
  t.after(() => server.close());
  const [alice, bob] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const slow = await rawConnection(server, 'slow');
  const conversation = await alice.startConversation('bob', 'slow');
  // It takes nothing from its socket any more; the heartbeat would notice after 18 seconds only.
  (slow.socket as unknown as { _socket: TcpSocket })._socket.pause();
  const connections = await metric(server, 'parley_connections');
  const text = 'x'.repeat(7_900);
  let sent = 0;
  while ((await metric(server, 'parley_slow_connections_total')) === 0 && sent < 10_000) {
    await Promise.all(Array.from({ length: 100 }, () => alice.send(conversation, text)));
    sent += 100;
  }
  await untilMetric(server, 'parley_connections', connections - 1);
  assert.equal(await metric(server, 'parley_slow_connections_total'), 1, 'those who read are not cut');
  await bob.event('entry:added', ({ entry }) => entry.seq === sent + 1);
  const back = await server.connect('slow');
  const { synced } = await back.event('session:started');
  assert.equal(synced.state?.conversations[0]?.head, sent + 1);
  slow.socket.terminate();
});

test('[W1] who is gone leaves nothing behind but since when', async (t) => {
  const reports = new Map<string, PresenceReport>();
  const cluster = new MemoryCluster();
  cluster.onPresence((_tenant, user, report) => reports.set(user, report));
  const server = await startServer({ timings: { presenceGrace: 20 }, parts: { cluster } });
  t.after(() => server.close());
  const watcher = await server.connect('watcher');
  const users = Array.from({ length: 20 }, (_, index) => `guest-${index}`);
  const guests = await Promise.all(users.map((user) => server.connect(user)));
  assert.equal((await cluster.presences('demo', users)).size, 20);
  const before = Date.now();
  for (const guest of guests) guest.close();
  await watcher.until(() => users.every((user) => reports.get(user)?.online === false));
  assert.equal((await cluster.presences('demo', users)).size, 0);
  const { presences } = await watcher.command('presence:subscribe', { users });
  for (const { presence } of presences) {
    assert.equal(presence.availability, 'offline');
    assert.ok(presence.since >= before, 'since they left');
  }
});

test('[W3] [attack 48] who comes, chooses and goes while invisible is not told of at all', async (t) => {
  const server = await startServer({ timings: { presenceGrace: 0 } });
  t.after(() => server.close());
  const watcher = await server.connect('watcher');
  await server.server.storage.putPeople('demo', [{ id: 'ghost', name: 'Ghost' }]);
  await server.server.storage.setAvailability('demo', 'ghost', 'invisible', undefined);
  await watcher.command('presence:subscribe', { users: ['ghost', 'marker'] });
  const ghost = await server.connect('ghost');
  const second = await server.connect('ghost');
  await second.command('session:end', {});
  await ghost.command('session:end', {});
  await ghost.disconnected();
  await server.connect('ghost');
  await server.connect('marker');
  await watcher.event('presence:changed', ({ user }) => user === 'marker');
  assert.deepEqual(
    watcher.received('presence:changed').filter(({ user }) => user === 'ghost'),
    [],
  );
});

test('[X6] [A9] a session that the store cannot start is no session: closed without session:started, and served when the store is back', async (t) => {
  const donor = await startServer();
  const { storage } = donor.server;
  const cluster = new MemoryCluster();
  let broken = false;
  const unavailable = () => Promise.reject(new ParleyError('UNAVAILABLE'));
  const server = await startServer({
    parts: {
      cluster,
      storage: spoil(storage, {
        // Whoever is let in by now has missed something, and the store is asked for it once they are in.
        async signIn(...args) {
          const read = await storage.signIn(...args);
          if (broken) cluster.announce({ type: 'people', tenant: 'demo', users: [] });
          return read;
        },
        activeConversations: (...args) => (broken ? unavailable() : storage.activeConversations(...args)),
        putPeople: (...args) => (broken ? unavailable() : storage.putPeople(...args)),
        close: () => Promise.resolve(),
      }),
    },
  });
  t.after(async () => {
    await server.close();
    await donor.close();
  });
  (await server.connect('alice')).close();
  const watcher = await server.connect('watcher');
  await watcher.command('presence:subscribe', { users: ['alice'] });
  await untilMetric(server, 'parley_connections', 1);
  broken = true;
  await assert.rejects(server.connect('newcomer'), (error: Refusal) => error.code === 'UNAVAILABLE');
  // Known in the directory already, so that only the state fails.
  const { received, closed, socket } = await new Promise<Awaited<ReturnType<typeof rawConnection>>>((resolve) => {
    void rawConnection(server, 'alice', resolve);
  });
  await closed;
  assert.equal(socket.readyState, socket.CLOSED);
  assert.ok(!received.some((frame) => frame.includes('session:started')), received.join('\n'));
  await untilMetric(server, 'parley_connections', 1);
  broken = false;
  const back = await server.connect('alice');
  assert.equal((await back.command('directory:get', { users: ['alice'] })).people.length, 1);
});

test('[X7] [A4] a token refresh that a shutdown meets ends with it, and nothing is left hanging', async (t) => {
  const lines: string[] = [];
  const note = (facts: unknown) => void lines.push(JSON.stringify(facts));
  const server = await startServer({ parts: { logger: { fatal: note, error: note, warn: note, info: note, debug: note } } });
  t.after(() => server.close());
  const alice = await server.connect('alice');
  const token = await server.token('alice');
  const refreshes = Array.from({ length: 50 }, () =>
    alice.command('session:refresh', { token }).then(
      () => 'ok',
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'lost'),
    ),
  );
  await alice.command('session:heads', {});
  const started = performance.now();
  await server.server.close();
  assert.ok(performance.now() - started < 3_000);
  for (const outcome of await Promise.all(refreshes)) assert.ok(['ok', 'UNAVAILABLE', 'lost'].includes(outcome), outcome);
  assert.ok(!lines.some((line) => line.includes('failed')), lines.join('\n'));
});
