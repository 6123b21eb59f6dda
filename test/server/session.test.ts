import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v7 } from 'uuid';
import { timings } from '../../server/config.js';
import { type Refusal, SECRET, startServer } from '../support/server.js';
import { spoil } from '../support/spoilt-storage.js';

test('[attack 8] [A4] the end of a token is announced, and without a fresh one the connection is closed', async (t) => {
  let skew = 0;
  const server = await startServer({ timings: { expirySweep: 20, expiryGrace: 100 }, parts: { now: () => Date.now() + skew } });
  t.after(() => server.close());
  const [idle, refreshed] = await Promise.all([
    server.connect('idle', { claims: { lifetime: 600 } }),
    server.connect('refreshed', { claims: { lifetime: 600 } }),
  ]);
  skew = 600_000 - 55_000;
  const { expiresAt } = await idle.event('session:expiring');
  assert.equal(expiresAt, (await idle.event('session:started')).session.expiresAt);
  await refreshed.event('session:expiring');
  const fresh = await refreshed.command('session:refresh', { token: await server.token('refreshed', { lifetime: 900 }) });
  assert.ok(fresh.expiresAt > expiresAt + 200_000);
  skew = 600_000 + 2_000;
  assert.deepEqual(await idle.event('session:ended'), { reason: 'expired' });
  await idle.disconnected();
  await refreshed.command('session:heads', {});
  assert.deepEqual(refreshed.received('session:ended'), []);
  const usual = timings.parse({});
  assert.equal(usual.expiryNotice, 60_000);
  assert.ok(usual.expirySweep + usual.expiryGrace <= 5_000, 'closed within five seconds unless a test shortens it');
});

test('[attack 9] [A5] a refresh with the token of another user or tenant is refused, and closes the connection', async (t) => {
  const lines: string[] = [];
  const note = (facts: unknown) => void lines.push(JSON.stringify(facts));
  const server = await startServer({ parts: { logger: { fatal: note, error: note, warn: note, info: note, debug: note } } });
  t.after(() => server.close());
  for (const foreign of [await server.token('bob'), await server.token('alice', { tenant: 'other' })]) {
    const alice = await server.connect('alice');
    await assert.rejects(alice.command('session:refresh', { token: foreign }), (error: Refusal) => error.code === 'WRONG_USER');
    assert.deepEqual(await alice.event('session:ended'), { reason: 'refused' });
    await alice.disconnected();
    assert.ok(!lines.some((line) => line.includes(foreign)), 'no token in the log');
  }
  assert.equal(lines.filter((line) => line.includes('foreign-refresh')).length, 2);
  const alice = await server.connect('alice');
  await assert.rejects(alice.command('session:refresh', { token: 'x.y.z' }), (error: Refusal) => error.code === 'UNAUTHENTICATED');
  assert.ok(alice.connected, 'a token that is merely wrong leaves the old one in force');
});

test('[A4] a fresh token brings its rights and its name at once, to the client and to the directory', async (t) => {
  const server = await startServer({ initiate: 'authorised' });
  t.after(() => server.close());
  const may = { initiate: true, name: 'Alice A', title: 'Consultant' };
  const [alice] = await Promise.all([server.connect('alice', { claims: may }), server.connect('bob')]);
  await alice.startConversation('bob');
  const changed = { initiate: false, name: 'Alice B', lifetime: 900 };
  const { session, expiresAt } = await alice.command('session:refresh', { token: await server.token('alice', changed) });
  const before = (await alice.event('session:started')).session;
  assert.ok(session && session.now >= before.now);
  assert.deepEqual(session, {
    ...before,
    user: { id: 'alice', name: 'Alice B', title: 'Consultant' },
    policies: { ...before.policies, initiate: false },
    expiresAt,
    now: session.now,
  });
  await assert.rejects(alice.startConversation('bob', 'honest'), (error: Refusal) => error.code === 'INITIATE_FORBIDDEN');
  assert.deepEqual((await alice.command('directory:get', { users: ['alice'] })).people, [
    { id: 'alice', name: 'Alice B', title: 'Consultant' },
  ]);
});

test('[X7] a server that shuts down answers what it has accepted, refuses what is new, says goodbye and ends in time', async () => {
  const server = await startServer();
  const [alice] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  const sends = Array.from({ length: 200 }, (_, index) =>
    alice.send(conversation, `in flight ${index}`).then(
      () => 'ok',
      (error: Refusal) => error.code,
    ),
  );
  await alice.event('entry:added', ({ entry }) => entry.seq >= 2);
  const started = performance.now();
  const closed = server.server.close();
  const results = await Promise.all(sends);
  assert.ok(
    results.every((result) => result === 'ok' || result === 'UNAVAILABLE'),
    results.join(),
  );
  assert.deepEqual(await alice.event('session:ended'), { reason: 'shutdown' });
  await Promise.all([closed, alice.disconnected()]);
  assert.ok(performance.now() - started < 5_000);

  const again = await startServer({ data: server.directory });
  const back = await again.connect('alice');
  const { entries } = await back.command('entry:range', { conversation, after: 1, limit: 200 });
  const kept = new Set(entries.map(({ body }) => (body.kind === 'message' ? body.text : '')));
  results.forEach((result, index) => assert.equal(kept.has(`in flight ${index}`), result === 'ok', `message ${index}`));
  await again.close();
  await server.close();
});

test('[C2] [attack 29] a handler that fails answers INTERNAL without the cause, and the next command is served', async (t) => {
  const donor = await startServer();
  const lines: string[] = [];
  const note = (facts: unknown) =>
    void lines.push(JSON.stringify(facts, (_key, value: unknown) => (value instanceof Error ? value.message : value)));
  const storage = spoil(donor.server.storage, {
    searchPeople: () => {
      throw new Error('a cause that names the table person');
    },
    heads: () => Promise.reject(new Error('late')),
    close: () => Promise.resolve(),
  });
  const server = await startServer({
    secret: SECRET,
    parts: { storage, logger: { fatal: note, error: note, warn: note, info: note, debug: note } },
  });
  t.after(async () => {
    await server.close();
    await donor.close();
  });
  const alice = await server.connect('alice');
  for (const [name, payload] of [
    ['directory:search', { text: 'canary-words', limit: 1 }],
    ['session:heads', {}],
  ] as const) {
    const answer = await alice.answer(name, { as: 'alice', ...payload });
    assert.equal(answer.ok ? '' : answer.error.code, 'INTERNAL');
    assert.doesNotMatch(JSON.stringify(answer), /table|late\b/);
  }
  assert.equal((await alice.command('directory:get', { users: ['alice'] })).people.length, 1);
  const log = lines.join('\n');
  assert.match(log, /a cause that names the table/);
  assert.ok(!log.includes('canary-words'));
});

test('[C1] the answer to a send waits for the commit', async (t) => {
  const donor = await startServer();
  let commit: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (commit = resolve));
  const { storage } = donor.server;
  const slow = spoil(storage, {
    append: async (input) => {
      const appended = await storage.append(input);
      await held;
      return appended;
    },
    close: () => Promise.resolve(),
  });
  const server = await startServer({ parts: { storage: slow } });
  t.after(async () => {
    await server.close();
    await donor.close();
  });
  const [alice, bob] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  let answered = false;
  const sending = alice.send(conversation, 'not yet', v7()).then(() => (answered = true));
  await alice.command('session:heads', {});
  await bob.command('session:heads', {});
  assert.equal(answered, false);
  assert.deepEqual(
    bob.received('entry:added').filter(({ entry }) => entry.seq === 2),
    [],
  );
  commit?.();
  await sending;
  await bob.event('entry:added', ({ entry }) => entry.seq === 2);
});
