import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BackEnd } from '../support/back-end.js';
import { startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

let server: TestServer;
let source: BackEnd;
let watcher: TestClient;
let now = 0;
before(async () => {
  server = await startServer({ timings: { phoneSweep: 5, presenceGrace: 0 }, parts: { now: () => Date.now() + now } });
  source = new BackEnd(server);
  watcher = await server.connect('watcher');
});
after(() => server.close());

const say = (user: string, state: string, expiresIn = 60) => source.do('POST', 'phone-state', { states: [{ user, state, expiresIn }] });
const watch = async (user: string) => (await watcher.command('presence:subscribe', { users: [user] })).presences[0]?.presence;
const seen = (user: string) =>
  watcher
    .received('presence:changed')
    .filter((event) => event.user === user)
    .map(({ presence }) => `${presence.availability}/${presence.phone ?? 'none'}`);
const sees = (user: string, wanted: string) => watcher.until(() => seen(user).at(-1) === wanted, wanted);

test('[B43] the telephone is the other half of presence: each state of it is told, and it can be taken away', async () => {
  await server.connect('dora');
  assert.ok(!('phone' in ((await watch('dora')) ?? {})), 'no half while there is no telephony');
  for (const state of ['idle', 'ringing', 'unknown', 'idle']) await say('dora', state);
  await sees('dora', 'available/idle');
  await say('dora', 'absent');
  await sees('dora', 'available/none');
  assert.deepEqual(seen('dora'), ['available/idle', 'available/ringing', 'available/unknown', 'available/idle', 'available/none']);
});

test('[B43] a call makes an available person busy, without their words, for as long as it lasts and as they have set it', async () => {
  const eric = await server.connect('eric');
  await eric.command('presence:set', { availability: 'available', message: 'at my desk' });
  const before = await watch('eric');
  await say('eric', 'on-call');
  await sees('eric', 'busy/on-call');
  const busy = watcher.received('presence:changed').at(-1)?.presence;
  assert.equal(busy?.message, undefined);
  await say('eric', 'hold');
  await sees('eric', 'busy/hold');
  await eric.command('settings:set', { change: { busyOnCall: false } });
  await sees('eric', 'available/hold');
  await eric.command('settings:set', { change: { busyOnCall: true } });
  await sees('eric', 'busy/hold');
  await eric.command('presence:set', { availability: 'away' });
  await sees('eric', 'away/hold');
  await eric.command('presence:set', { availability: 'available', message: 'at my desk' });
  await say('eric', 'idle');
  await sees('eric', 'available/idle');
  assert.equal(watcher.received('presence:changed').at(-1)?.presence.message, before?.message);
  await say('eric', 'ringing');
  await sees('eric', 'available/ringing');
});

test('[B43] a source that says nothing any more leaves an unknown telephone, never an idle one, and makes nobody busy', async () => {
  await server.connect('fay');
  await watch('fay');
  await say('fay', 'on-call', 30);
  await sees('fay', 'busy/on-call');
  now += 31_000;
  await sees('fay', 'available/unknown');
  assert.equal((await watch('fay'))?.phone, 'unknown');
  await say('fay', 'idle', 30);
  await sees('fay', 'available/idle');
  now += 15_000;
  await say('fay', 'idle', 30);
  now += 20_000;
  assert.equal((await watch('fay'))?.phone, 'idle', 'said again in time, it goes on');
});

test('[B43] the telephone is seen of somebody who is offline in the chat, and stays when they come and go', async () => {
  await source.do('PUT', 'users/gil', { name: 'Gil' });
  assert.equal((await watch('gil'))?.availability, 'offline');
  await say('gil', 'on-call');
  await sees('gil', 'offline/on-call');
  const gil = await server.connect('gil');
  await sees('gil', 'busy/on-call');
  gil.close();
  await sees('gil', 'offline/on-call');
  assert.equal((await watch('nobody'))?.availability, 'unknown');
  await say('nobody', 'idle');
  assert.ok(!('phone' in ((await watch('nobody')) ?? {})), 'whom the directory does not know has no telephone either');
});

test('[B6, B43] without consent the telephone is as hidden as the rest', async () => {
  const tenant = 'consenting';
  const back = new BackEnd(server, tenant);
  await back.decide({ presence: 'consent' });
  const [ann] = [await server.connect('ann', { claims: { tenant } }), await server.connect('ben', { claims: { tenant } })];
  await ann.command('presence:subscribe', { users: ['ben'] });
  await back.do('POST', 'phone-state', { states: [{ user: 'ben', state: 'on-call', expiresIn: 60 }] });
  const { presences } = await ann.command('presence:subscribe', { users: ['ben'] });
  assert.deepEqual(Object.keys(presences[0]?.presence ?? {}).sort(), ['availability', 'since']);
  assert.deepEqual(ann.received('presence:changed'), []);
});

test('[B43] many telephones in one call, and none beyond the limit', async () => {
  const states = Array.from({ length: 1_000 }, (_, index) => ({ user: `line-${index}`, state: 'idle', expiresIn: 60 }));
  await source.do('POST', 'phone-state', { states });
  assert.equal((await source.ask('POST', 'phone-state', { states: [...states, states[0]] })).outcome, '400 INVALID');
  assert.equal((await source.ask('POST', 'phone-state', { states: [] })).outcome, '400 INVALID');
});

test('[B38, B39, B40, S6] each choice is seen as it is', async () => {
  const hal = await server.connect('hal');
  await watch('hal');
  for (const availability of ['busy', 'away', 'dnd', 'available'] as const) {
    await hal.command('presence:set', { availability });
    await sees('hal', `${availability}/none`);
  }
});
