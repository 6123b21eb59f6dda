import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { DEFAULT_PREFERENCES, ParleyError } from '#protocol';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import { openSqliteStorage } from '../../server/storage/sqlite/index.js';
import type { Storage } from '../../server/storage/storage.js';
import { BackEnd } from '../support/back-end.js';
import { eventually } from '../support/eventually.js';
import { spoil } from '../support/spoilt-storage.js';
import { Refusal, startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const code = (expected: string) => (error: unknown) => error instanceof Refusal && error.code === expected;

async function region(...users: string[]): Promise<{ host: BackEnd; tenant: string; people: TestClient[] }> {
  const tenant = `region-${v7()}`;
  const people: TestClient[] = [];
  for (const user of users) people.push(await server.connect(user, { claims: { tenant } }));
  return { host: new BackEnd(server, tenant), tenant, people };
}

test('[S4] what the host decides reaches everybody who is signed in, on every device, and the others when they come', async () => {
  const { host, tenant, people } = await region('ann', 'ben');
  assert.deepEqual(await host.do('GET', 'policies'), {
    enabled: true,
    initiate: 'everyone',
    join: 'direct',
    dnd: 'hold',
    presence: 'open',
    visibleDays: null,
    export: { allowed: true, domains: [] },
    previewText: false,
    notice: '',
    storedLabels: false,
  });
  const change = { notice: 'Chats are kept.', visibleDays: 30, export: { allowed: false, domains: ['clinic.example'] } };
  await host.decide(change);
  assert.equal(((await host.decide({ previewText: true })) as { visibleDays: number }).visibleDays, 30, 'the others stay');
  for (const client of people) {
    const { session } = await client.event('session:changed', ({ session: now }) => now.policies.previewText);
    assert.equal(session.policies.notice, change.notice);
    assert.deepEqual([session.policies.export.allowed, session.policies.export.domains], [false, ['clinic.example']]);
  }
  const late = await server.connect('cy', { claims: { tenant } });
  assert.equal((await late.event('session:started')).session.policies.visibleDays, 30);
  await host.decide({ notice: '' });
  const { session } = await late.event('session:changed');
  assert.ok(!('notice' in session.policies));
  const told = people.map((client) => client.received('session:changed').length);
  await host.decide({ notice: '' });
  await Promise.all(people.map((client) => client.command('session:heads', {})));
  assert.deepEqual(
    people.map((client) => client.received('session:changed').length),
    told,
    'what changes nothing is told to nobody',
  );
});

test('one tenant decides nothing for another', async () => {
  const [north, south] = [await region('ann'), await region('ann')];
  await north.host.decide({ enabled: false });
  await north.people[0]?.event('session:changed');
  await south.people[0]?.command('conversation:list', { limit: 5 });
  assert.deepEqual(south.people[0]?.received('session:changed'), []);
});

test('[M13] predefined messages of the tenant come with the session and change while it lasts', async () => {
  const { host, people } = await region('ann');
  const [ann] = people as [TestClient];
  const saved = await host.do<{ messages: { id: string; text: string }[] }>('PUT', 'predefined-messages', {
    messages: [{ text: 'Please call back.' }, { text: 'On my way.' }],
  });
  const { session } = await ann.event('session:changed');
  assert.deepEqual(session.predefined, saved.messages);
  const again = await host.do<typeof saved>('PUT', 'predefined-messages', { messages: [{ text: 'On my way.' }] });
  assert.deepEqual(again.messages, [saved.messages[1]], 'the same text keeps its id');
  assert.deepEqual(await host.do('GET', 'predefined-messages'), again);
  const twice = await host.do<typeof saved>('PUT', 'predefined-messages', { messages: [{ text: 'On my way.' }, { text: 'On my way.' }] });
  assert.equal(twice.messages[0]?.id, saved.messages[1]?.id);
  assert.notEqual(twice.messages[0]?.id, twice.messages[1]?.id, 'an id names one message');
  const same = {
    messages: [
      { id: twice.messages[0]?.id, text: 'One' },
      { id: twice.messages[0]?.id, text: 'Two' },
    ],
  };
  assert.equal((await host.ask('PUT', 'predefined-messages', same)).outcome, '400 INVALID');
  const many = Array.from({ length: 51 }, (_, index) => ({ text: `t${index}` }));
  assert.equal((await host.ask('PUT', 'predefined-messages', { messages: many })).outcome, '400 INVALID');
});

test('[E1] switched off: no command but those of the session, no event of any kind, nothing to see; on again: everything is back', async () => {
  const { host, tenant, people } = await region('ann', 'ben');
  const [ann, ben] = people as [TestClient, TestClient];
  const conversation = await ann.startConversation('ben');
  await ann.send(conversation, 'before');
  await ben.event('entry:added', ({ entry }) => entry.body.kind === 'message');
  await ben.command('presence:subscribe', { users: ['ann'] });
  const { revision } = await ben.command('session:heads', {});
  await host.decide({ enabled: false });
  await ben.event('session:changed', ({ session }) => !session.policies.enabled);
  for (const attempt of [
    () => ben.send(conversation, 'x'),
    () => ben.command('conversation:get', { conversation }),
    () => ben.command('directory:search', { text: 'a', limit: 5 }),
    () => ben.command('presence:set', { availability: 'busy' }),
    () => ben.command('typing:set', { conversation, active: true }),
  ])
    await assert.rejects(attempt, code('NOT_FOUND'));
  assert.deepEqual((await ben.command('session:heads', {})).heads, []);
  const late = await server.connect('ann', { claims: { tenant } });
  const { session, synced } = await late.event('session:started');
  assert.equal(session.policies.enabled, false);
  assert.deepEqual([synced.heads, synced.state?.conversations, synced.state?.people], [[], [], []]);
  const before = ben.events.length;
  // Ann's last device goes, and what another node wrote is told here too: none of it reaches anybody.
  late.close();
  ann.close();
  await server.server.storage.append({
    tenant,
    author: 'ann',
    conversation,
    cid: v7(),
    body: { kind: 'message', text: 'written elsewhere', links: [] },
  });
  await ben.command('session:sync', {});
  assert.equal(ben.events.length, before);

  await host.decide({ enabled: true });
  await ben.event('session:changed', ({ session: now }) => now.policies.enabled && now.tenant === tenant);
  const back = await ben.command('session:sync', { epoch: synced.epoch, revision });
  assert.equal(back.state?.conversations[0]?.id, conversation, 'the state of before is not taken for the one of now');
  const { entries } = await ben.command('entry:range', { conversation, limit: 10 });
  assert.deepEqual(
    entries.flatMap(({ body }) => (body.kind === 'message' ? [body.text] : [])),
    ['before', 'written elsewhere'],
  );
  await ben.send(conversation, 'after');
});

test('[E3] who may start is decided by the policy, the token and the directory, and changes at once', async () => {
  const { host, tenant, people } = await region('ann', 'ben', 'cyd');
  const [ann] = people as [TestClient];
  const barred = await server.connect('barred', { claims: { tenant, initiate: false } });
  const allowed = await server.connect('allowed', { claims: { tenant, initiate: true } });
  const may = (other: string) => (client: TestClient) =>
    client.startConversation(other).then(
      () => true,
      (error: unknown) => (assert.ok(code('INITIATE_FORBIDDEN')(error)), false),
    );
  assert.deepEqual(await Promise.all([ann, barred, allowed].map(may('ben'))), [true, false, true]);
  await host.decide({ initiate: 'authorised' });
  await ann.event('session:changed', ({ session }) => !session.policies.initiate);
  assert.deepEqual(await Promise.all([ann, barred, allowed].map(may('cyd'))), [false, false, true]);
});

test('[E15] a role of the token makes an admin, and nothing else does', async () => {
  const { tenant, people } = await region('ann');
  const admin = await server.connect('boss', { claims: { tenant, roles: ['nurse', 'admin'] } });
  assert.equal((await admin.event('session:started')).session.policies.admin, true);
  assert.equal((await people[0]?.event('session:started'))?.session.policies.admin, false);
});

test('a change is told to every node: one that shares the cluster acts by it too', async (t) => {
  const cluster = new MemoryCluster();
  const shared = await startServer({ parts: { cluster } });
  t.after(() => shared.close());
  const ann = await shared.connect('ann');
  // As another node would: it writes to the store that both have, and says so.
  await shared.server.storage.setPolicies('demo', { dnd: 'block' });
  cluster.announce({ type: 'tenant', tenant: 'demo' });
  const { session } = await ann.event('session:changed');
  assert.equal(session.policies.dnd, 'block');
  await shared.server.storage.deactivatePerson('demo', 'ann');
  cluster.announce({ type: 'revoked', tenant: 'demo', users: ['ann'] });
  assert.equal((await ann.event('session:ended')).reason, 'revoked');
});

test('[S7, S8] settings are kept by key, the same on every device, complete from the first sign-in on', async () => {
  const { people, tenant } = await region('ann');
  const [ann] = people as [TestClient];
  const phone = await server.connect('ann', { claims: { tenant } });
  const first = (await ann.event('session:started')).synced.state?.settings;
  assert.deepEqual(first, { ...DEFAULT_PREFERENCES, availability: 'available', statusMessages: {} });
  const predefined = [{ id: v7(), text: 'Back in five.' }];
  await ann.command('settings:set', { change: { sound: false, predefined } });
  await phone.command('presence:set', { availability: 'busy', message: 'in theatre' });
  const { settings, revision } = await phone.command('settings:set', { change: { autoAwayMinutes: 0, hourCycle: 'h12' } });
  assert.deepEqual(settings, {
    ...DEFAULT_PREFERENCES,
    sound: false,
    predefined,
    autoAwayMinutes: 0,
    hourCycle: 'h12',
    availability: 'busy',
    statusMessages: { busy: 'in theatre' },
  });
  const told = await ann.event('state:changed', (event) => event.revision === revision);
  assert.deepEqual(told.change, { type: 'settings', settings });
  for (const change of [{ autoAwayMinutes: 241 }, { sound: 'loud' }, { hourCycle: 'h11' }, { predefined: [{ id: 'x', text: 'y' }] }]) {
    const answer = await ann.answer('settings:set', { as: 'ann', change });
    assert.equal(answer.ok ? 'ok' : answer.error.code, 'INVALID', JSON.stringify(change));
  }
  await ann.answer('settings:set', { as: 'ann', change: { availability: 'dnd', statusMessages: { busy: 'x' }, admin: true } });
  const next = await server.connect('ann', { claims: { tenant } });
  assert.deepEqual((await next.event('session:started')).synced.state?.settings, settings, 'what is no preference is not set');
});

test('[S4] a change that a node could not read at once: it goes on by what it knew, asks again, and tells when it has it', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'parley-policies-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const store = await openSqliteStorage({ directory });
  let failures = 0;
  let broken = false;
  const tenant: Storage['tenant'] = (id) => {
    if (!broken) return store.tenant(id);
    failures += 1;
    return Promise.reject(new ParleyError('UNAVAILABLE'));
  };
  const cluster = new MemoryCluster();
  const flaky = await startServer({ data: directory, parts: { cluster, storage: spoil(store, { tenant }) }, timings: { policyRetry: 10 } });
  t.after(() => flaky.close());
  const ann = await flaky.connect('ann');
  const conversation = await ann.startConversation((await flaky.connect('ben')).user);
  broken = true;
  await store.setPolicies('demo', { dnd: 'block' });
  cluster.announce({ type: 'tenant', tenant: 'demo' });
  await eventually(() => failures > 2 || undefined, 'further attempts');
  await ann.send(conversation, 'the chat goes on');
  const cy = await flaky.connect('cy');
  assert.equal((await cy.event('session:started')).session.policies.dnd, 'hold', 'who comes meanwhile is shown what was known');
  broken = false;
  for (const client of [ann, cy]) assert.equal((await client.event('session:changed')).session.policies.dnd, 'block');
});
