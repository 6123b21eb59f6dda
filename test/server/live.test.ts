import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { LIMITS } from '#protocol';
import { type Refusal, TENANT, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer({ timings: { typing: 300, presenceGrace: 300, headsDigest: 100 } });
});
after(() => server.close());

test('[T1] [T2] typing reaches the others only, once, and is forgotten when it is not repeated', async () => {
  const [alice, phone, bob] = await Promise.all([server.connect('alice'), server.connect('alice'), server.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  for (let i = 0; i < 5; i++) await alice.command('typing:set', { conversation, active: true });
  await bob.event('typing:changed', ({ active }) => active);
  await bob.event('typing:changed', ({ active }) => !active);
  assert.deepEqual(
    bob.received('typing:changed').map(({ user, active }) => ({ user, active })),
    [
      { user: 'alice', active: true },
      { user: 'alice', active: false },
    ],
  );
  assert.deepEqual([...alice.received('typing:changed'), ...phone.received('typing:changed')], []);
});

test('[T2] typing ends with an explicit stop, and when the last connection closes', async () => {
  const [carol, bob] = await Promise.all([server.connect('carol'), server.connect('bob')]);
  const conversation = await carol.startConversation('bob');
  await carol.command('typing:set', { conversation, active: true });
  await carol.command('typing:set', { conversation, active: false });
  await bob.event('typing:changed', ({ user, active }) => user === 'carol' && !active);
  await carol.command('typing:set', { conversation, active: true });
  carol.close();
  await bob.until(() => bob.received('typing:changed').filter(({ user }) => user === 'carol').length === 4);
  assert.equal(bob.received('typing:changed').at(-1)?.active, false);
});

test('[W1] [W2] presence of several devices: away when all are idle, offline when the last has gone for good', async () => {
  const watcher = await server.connect('watcher');
  const desk = await server.connect('dora');
  const seen = (from = 0) =>
    watcher
      .received('presence:changed')
      .filter(({ user }) => user === 'dora')
      .slice(from)
      .map(({ presence }) => presence.availability);
  const { presences } = await watcher.command('presence:subscribe', { users: ['dora'] });
  assert.equal(presences[0]?.presence.availability, 'available');

  const phone = await server.connect('dora');
  await desk.command('presence:report', { active: false });
  await phone.command('presence:report', { active: false });
  await watcher.until(() => seen().length === 1);
  assert.deepEqual(seen(), ['away'], 'nothing was told while one device was active');
  await phone.command('presence:report', { active: true });
  await watcher.until(() => seen().length === 2);

  await phone.command('presence:set', { availability: 'busy', message: 'in theatre' });
  const busy = await watcher.event('presence:changed', ({ presence }) => presence.availability === 'busy');
  assert.equal(busy.presence.message, 'in theatre');

  // A reload: back within the grace, and nobody hears of it.
  const told = seen().length;
  desk.close();
  phone.close();
  const again = await server.connect('dora', { device: phone.device });
  await again.command('presence:report', { active: true });
  assert.equal(seen().length, told);
  again.close();
  const offline = await watcher.event('presence:changed', ({ presence }) => presence.availability === 'offline');
  assert.deepEqual(Object.keys(offline.presence).sort(), ['availability', 'since']);

  // The choice is a setting: it is there again at the next sign-in (S5).
  const next = await server.connect('dora');
  assert.equal((await next.event('session:started')).synced.state?.settings.availability, 'busy');
  await watcher.until(() => seen().at(-1) === 'busy');
});

test('[A10] who signs out is offline at once, without the grace', async (t) => {
  const patient = await startServer({ timings: { presenceGrace: 60_000 } });
  t.after(() => patient.close());
  const [watcher, leaving] = await Promise.all([patient.connect('watcher'), patient.connect('leaving')]);
  await watcher.command('presence:subscribe', { users: ['leaving'] });
  await leaving.command('session:end', {});
  assert.equal((await watcher.event('presence:changed')).presence.availability, 'offline');
  await leaving.disconnected();
});

test('[W1] two connections of one device: the end of one of them is no end of the device', async () => {
  const [watcher, first] = await Promise.all([server.connect('watcher'), server.connect('frida')]);
  await watcher.command('presence:subscribe', { users: ['frida'] });
  const second = await server.connect('frida', { device: first.device });
  await first.command('session:end', {});
  await first.disconnected();
  await second.command('presence:set', { availability: 'busy' });
  await watcher.event('presence:changed', ({ presence }) => presence.availability === 'busy');
  assert.deepEqual(
    watcher.received('presence:changed').map(({ presence }) => presence.availability),
    ['busy'],
  );
  await second.command('session:end', {});
  await watcher.event('presence:changed', ({ presence }) => presence.availability === 'offline');
});

test('[W5] after presence:unsubscribe nothing is told', async () => {
  const [watcher, eve] = await Promise.all([server.connect('watcher'), server.connect('eve')]);
  await watcher.command('presence:subscribe', { users: ['eve'] });
  await watcher.command('presence:unsubscribe', { users: ['eve'] });
  await eve.command('presence:set', { availability: 'busy' });
  await watcher.command('session:heads', {});
  assert.deepEqual(
    watcher.received('presence:changed').filter(({ user }) => user === 'eve'),
    [],
  );
});

test('[W5] one connection watches no more than the limit', async () => {
  const watcher = await server.connect('watcher');
  for (let page = 0; page < LIMITS.presenceWatches / 100; page++)
    await watcher.command('presence:subscribe', { users: Array.from({ length: 100 }, (_, index) => `u${page}-${index}`) });
  await assert.rejects(watcher.command('presence:subscribe', { users: ['one-more'] }), (error: Refusal) => error.code === 'INVALID');
  await watcher.command('presence:subscribe', { users: ['u0-0'] });
  await watcher.command('presence:unsubscribe', { users: ['u0-0'] });
  await watcher.command('presence:subscribe', { users: ['one-more'] });
});

test('[R1] [R4] a mark is told to the others as a receipt and to the own devices as a state change; it never falls', async () => {
  const [alice, bob, phone] = await Promise.all([server.connect('alice'), server.connect('bob'), server.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  const { seq } = await alice.send(conversation, 'read me');
  const marked = await bob.command('receipt:mark', { conversation, read: seq });
  assert.deepEqual(marked, { marks: { delivered: seq, read: seq }, unread: 0 });
  const receipt = await alice.event('receipt:moved', (moved) => moved.conversation === conversation && moved.user === 'bob');
  assert.deepEqual(receipt.marks, { delivered: seq, read: seq });
  const change = await phone.event('state:changed', ({ change }) => change.type === 'marks' && change.conversation === conversation);
  assert.equal((await bob.event('state:changed', ({ revision }) => revision === change.revision)).change.type, 'marks');
  assert.deepEqual(await bob.command('receipt:mark', { conversation, read: 1 }), marked);
  assert.deepEqual(
    bob.received('receipt:moved').filter(({ user }) => user === 'bob'),
    [],
  );
});

test('[R4] in a crowd what was delivered is kept and not told, what was read is told', async () => {
  const crowd = Array.from({ length: LIMITS.membersToldOfDelivery - 1 }, (_, number) => `crowd-${number}`);
  await server.server.storage.putPeople(
    TENANT,
    crowd.map((id) => ({ id, name: id })),
  );
  const [alice, bob] = await Promise.all([server.connect('alice'), server.connect('bob'), server.connect('carol')]);
  const conversation = await alice.startConversation('bob', ...crowd.slice(1));
  const told = () => alice.received('receipt:moved').filter((moved) => moved.conversation === conversation);
  const at = (delivered: number, read: number) => ({ conversation, user: 'bob', marks: { delivered, read } });
  await bob.command('receipt:mark', { conversation, delivered: 1 });
  await alice.until(() => told().length === 1);
  await alice.command('conversation:invite', { conversation, cid: v7(), users: ['carol'] });
  await bob.command('receipt:mark', { conversation, delivered: 2 });
  const { members } = await alice.command('conversation:get', { conversation });
  assert.deepEqual(members.find(({ user }) => user === 'bob')?.marks, { delivered: 2, read: 0 });
  await bob.command('receipt:mark', { conversation, read: 1 });
  await alice.until(() => told().length === 2);
  assert.deepEqual(told(), [at(1, 0), at(2, 1)]);
});

test('[SPEC S1] [SPEC S2] every revision follows the one before, and a client that holds the current one gets no snapshot', async () => {
  const bob = await server.connect('gustav');
  const start = (await bob.event('session:started')).synced;
  const alice = await server.connect('alice');
  for (let i = 0; i < 3; i++) {
    const conversation = await alice.startConversation('gustav', 'bob');
    const { seq } = await alice.send(conversation, 'x');
    await bob.event('entry:added', ({ entry }) => entry.conversation === conversation && entry.seq === seq);
    await bob.command('receipt:mark', { conversation, read: seq });
  }
  await bob.until(() => bob.received('state:changed').length === 6);
  assert.deepEqual(
    bob.received('state:changed').map(({ revision }) => revision),
    [1, 2, 3, 4, 5, 6].map((step) => start.revision + step),
  );

  const back = await server.connect('gustav', { auth: { epoch: start.epoch, revision: start.revision + 6 } });
  const { synced } = await back.event('session:started');
  assert.equal(synced.state, null);
  assert.equal(synced.heads.length, 3);
  const stale = await server.connect('gustav', { auth: { epoch: start.epoch, revision: start.revision } });
  assert.equal((await stale.event('session:started')).synced.state?.conversations.length, 3);
  const restored = await server.connect('gustav', {
    auth: { epoch: 'b7b7d5a4-6d4a-4b5e-8f5a-0f8f3c5d2e11', revision: start.revision + 6 },
  });
  assert.notEqual((await restored.event('session:started')).synced.state, null);
});

test('[H1] [H3] the digest tells what moved, although the event about it was lost', async () => {
  const [hanna, hugo] = await Promise.all([server.connect('hanna'), server.connect('hugo')]);
  const conversation = await hanna.startConversation('hugo');
  await hugo.event('state:changed', ({ change }) => change.type === 'conversation' && change.conversation.id === conversation);
  // The store moves without a fan-out: what another node published and this one never got.
  const appended = await server.server.storage.append({
    tenant: 'demo',
    author: 'hanna',
    conversation,
    cid: v7(),
    body: { kind: 'message', text: 'lost hint', links: [] },
  });
  assert.equal(appended.status, 'appended');
  const digest = await hugo.event('heads:digest', ({ heads }) =>
    heads.some((head) => head.conversation === conversation && head.head === 2),
  );
  const { synced } = await hugo.event('session:started');
  assert.ok(digest.revision >= synced.revision);
  assert.deepEqual(
    hugo.received('entry:added').filter(({ entry }) => entry.conversation === conversation && entry.seq === 2),
    [],
  );
  const { entries } = await hugo.command('entry:range', { conversation, after: 1, limit: 10 });
  assert.equal(entries.length, 1);
});

test('[D7] [G6] bursts from several authors reach everybody in one order without a hole', async () => {
  const people = await Promise.all(['alice', 'bob', 'carol', 'dave'].map((user) => server.connect(user)));
  const [alice] = people;
  assert.ok(alice);
  const conversation = await alice.startConversation('bob', 'carol', 'dave');
  const sent = await Promise.all(
    people.flatMap((person) => Array.from({ length: 50 }, (_, index) => person.send(conversation, `${person.user} ${index}`))),
  );
  const last = Math.max(...sent.map(({ seq }) => seq));
  assert.equal(last, 201);
  const orders = await Promise.all(
    people.map(async (person) => {
      await person.event('entry:added', ({ entry }) => entry.conversation === conversation && entry.seq === last);
      return person
        .received('entry:added')
        .map(({ entry }) => entry)
        .filter((entry) => entry.conversation === conversation)
        .map(({ seq, cid }) => `${seq} ${cid}`);
    }),
  );
  for (const order of orders) {
    assert.deepEqual(order, orders[0]);
    assert.deepEqual(
      order.map((line) => Number(line.split(' ')[0])),
      Array.from({ length: 201 }, (_, index) => index + 1),
    );
  }
});
