import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { LIMITS } from '#protocol';
import { BackEnd } from '../support/back-end.js';
import { Refusal, startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const code = (expected: string) => (error: unknown) => error instanceof Refusal && error.code === expected;

/** People of a tenant of their own, all signed in. */
async function ward(policies: object, ...users: string[]): Promise<{ host: BackEnd; tenant: string; people: TestClient[] }> {
  const tenant = `ward-${v7()}`;
  const host = new BackEnd(server, tenant);
  await host.decide(policies);
  const people: TestClient[] = [];
  for (const user of users) people.push(await server.connect(user, { claims: { tenant } }));
  return { host, tenant, people };
}

const contactsTold = (client: TestClient) =>
  client.received('state:changed').flatMap(({ change }) => (change.type === 'contacts' ? [change.contacts] : []));
const see = async (viewer: TestClient, user: string) =>
  (await viewer.command('presence:subscribe', { users: [user] })).presences[0]?.presence;

test('[S9, B31] with the policy open a favourite is accepted at once, asks nobody, and comes to every device', async () => {
  const { people, tenant } = await ward({ presence: 'open' }, 'ann', 'ben');
  const [ann, ben] = people as [TestClient, TestClient];
  const phone = await server.connect('ann', { claims: { tenant } });
  const { contacts, people: named, revision } = await ann.command('contact:add', { user: 'ben' });
  assert.deepEqual(contacts, { contacts: [{ user: 'ben', state: 'accepted' }], requests: [], groups: [] });
  assert.deepEqual(
    named.map(({ id }) => id),
    ['ben'],
  );
  const told = await phone.event('state:changed', ({ change }) => change.type === 'contacts');
  assert.equal(told.revision, revision);
  assert.deepEqual(contactsTold(phone), [contacts]);
  await ben.command('session:heads', {});
  assert.deepEqual(contactsTold(ben), [], 'nobody is asked');
  assert.deepEqual(await ann.command('contact:add', { user: 'ben' }), { contacts, people: named, revision }, 'again: nothing changes');
  await assert.rejects(ben.command('contact:decline', { user: 'ann' }), code('NOT_FOUND'));
  assert.deepEqual((await ann.command('contact:remove', { user: 'ben' })).contacts.contacts, []);
  const next = await server.connect('ann', { claims: { tenant } });
  assert.deepEqual((await next.event('session:started')).synced.state?.contacts, { contacts: [], requests: [], groups: [] });
});

test('[B32, B33] with consent the other is asked, and both see each other once they accept', async () => {
  const { people, tenant } = await ward({ presence: 'consent' }, 'ann', 'ben');
  const [ann, ben] = people as [TestClient, TestClient];
  await ben.command('presence:set', { availability: 'busy', message: 'in theatre' });
  const before = await see(ann, 'ben');
  assert.deepEqual([before?.availability, before?.message], ['offline', undefined], 'B6: hidden, and without words');
  assert.deepEqual((await ann.command('contact:add', { user: 'ben' })).contacts.contacts, [{ user: 'ben', state: 'requested' }]);
  await ben.until(() => contactsTold(ben).length === 1);
  assert.deepEqual(
    contactsTold(ben)[0]?.requests.map(({ user }) => user),
    ['ann'],
  );
  const offline = await server.connect('ben', { claims: { tenant } });
  assert.equal((await offline.event('session:started')).synced.state?.contacts.requests.length, 1, 'at the next sign-in too');
  assert.equal((await see(ann, 'ben'))?.availability, 'offline');

  assert.deepEqual((await ben.command('contact:accept', { user: 'ann' })).contacts, {
    contacts: [{ user: 'ann', state: 'accepted' }],
    requests: [],
    groups: [],
  });
  await ann.until(() => contactsTold(ann).some(({ contacts }) => contacts[0]?.state === 'accepted'));
  const after = await see(ann, 'ben');
  assert.deepEqual([after?.availability, after?.message], ['busy', 'in theatre']);
  assert.equal((await see(ben, 'ann'))?.availability, 'available');
  await ben.command('presence:set', { availability: 'away' });
  await ann.event('presence:changed', ({ user, presence }) => user === 'ben' && presence.availability === 'away');
  assert.ok((await ben.command('contact:accept', { user: 'ann' })).contacts.contacts.length === 1, 'again: nothing changes');
});

test('[B6, attack 48] without consent no change of presence arrives, whatever was asked for, and nobody looks otherwise than who is not there', async () => {
  const { people } = await ward({ presence: 'consent' }, 'ann', 'ben', 'cy');
  const [ann, ben, cy] = people as [TestClient, TestClient, TestClient];
  await see(ann, 'ben');
  await ann.command('contact:add', { user: 'ben' });
  await see(ann, 'ben');
  await cy.command('contact:add', { user: 'ben' });
  await ben.command('contact:accept', { user: 'cy' });
  await see(cy, 'ben');
  await ben.command('presence:set', { availability: 'busy', message: 'secret' });
  await cy.event('presence:changed', ({ presence }) => presence.availability === 'busy');
  await ann.command('session:heads', {});
  assert.deepEqual(ann.received('presence:changed'), []);
  assert.equal((await see(ben, 'ben'))?.availability, 'busy', 'one sees oneself');
  // Here, busy, with words of his own; and as if he had signed out.
  const online = await see(ann, 'ben');
  await ben.command('session:end', {});
  await cy.event('presence:changed', ({ presence }) => presence.availability === 'offline');
  assert.deepEqual(await see(ann, 'ben'), online);
  assert.deepEqual(online, await see(ann, 'cy'), 'and as anybody else who has not accepted');
});

test('[B34] who removes a favourite with consent ends it for both, at once', async () => {
  const { people } = await ward({ presence: 'consent' }, 'ann', 'ben', 'cy');
  const [ann, ben, cy] = people as [TestClient, TestClient, TestClient];
  for (const other of [ann, cy]) {
    await other.command('contact:add', { user: 'ben' });
    await ben.command('contact:accept', { user: other.user });
    await see(other, 'ben');
  }
  await see(ben, 'ann');
  const told = contactsTold(ben).length;
  assert.deepEqual((await ann.command('contact:remove', { user: 'ben' })).contacts.contacts, []);
  await ben.until(() => contactsTold(ben).length > told);
  assert.deepEqual(contactsTold(ben).at(-1)?.contacts, [{ user: 'cy', state: 'accepted' }]);
  await ben.command('presence:set', { availability: 'away' });
  await ann.command('presence:set', { availability: 'busy' });
  await cy.event('presence:changed', ({ presence }) => presence.availability === 'away');
  await Promise.all([ann.command('session:heads', {}), ben.command('session:heads', {})]);
  assert.deepEqual([...ann.received('presence:changed'), ...ben.received('presence:changed')], []);
  assert.equal((await see(ann, 'ben'))?.availability, 'offline');
});

test('[B32, attack 44] only who was asked accepts or declines; a declined request may be made again', async () => {
  const { people, tenant } = await ward({ presence: 'consent' }, 'ann', 'ben', 'cy');
  const [ann, ben, cy] = people as [TestClient, TestClient, TestClient];
  await ann.command('contact:add', { user: 'ben' });
  for (const attempt of [
    () => ann.command('contact:accept', { user: 'ben' }),
    () => cy.command('contact:accept', { user: 'ann' }),
    () => ben.command('contact:accept', { user: 'cy' }),
    () => ann.command('contact:add', { user: 'nobody' }),
  ])
    await assert.rejects(attempt, code('NOT_FOUND'));
  await assert.rejects(ann.command('contact:add', { user: 'ann' }), code('INVALID'));
  await cy.command('contact:decline', { user: 'ann' });
  assert.deepEqual((await ann.command('contact:add', { user: 'ben' })).contacts.contacts, [{ user: 'ben', state: 'requested' }]);
  assert.deepEqual((await ben.command('contact:decline', { user: 'ann' })).contacts.requests, []);
  await ann.until(() => contactsTold(ann).some(({ contacts }) => contacts.length === 0));
  await ann.command('contact:add', { user: 'ben' });
  await ben.command('contact:accept', { user: 'ann' });
  await ben.command('contact:decline', { user: 'ann' });
  const state = (await (await server.connect('ann', { claims: { tenant } })).event('session:started')).synced.state;
  assert.deepEqual(state?.contacts.contacts, [{ user: 'ben', state: 'accepted' }], 'what was accepted is not declined, it is removed');
  const foreign = await server.connect('ann', { claims: { tenant: `ward-${v7()}` } });
  await assert.rejects(foreign.command('contact:add', { user: 'ben' }), code('NOT_FOUND'));
});

test('[S14, S15] personal groups are saved, renamed, put in order and removed, the same on every device', async () => {
  const { people, host, tenant } = await ward({}, 'ann', 'ben', 'cy');
  const [ann] = people as [TestClient];
  const [night, day, third] = [v7(), v7(), v7()];
  const save = (id: string, name: string, ...users: string[]) => ann.command('contact-group:save', { id, name, users });
  await save(night, 'Night', 'ben', 'ben', 'cy');
  await save(day, 'Day', 'cy');
  const { contacts } = await save(third, 'Third');
  assert.deepEqual(contacts.groups, [
    { id: night, name: 'Night', users: ['ben', 'cy'] },
    { id: day, name: 'Day', users: ['cy'] },
    { id: third, name: 'Third', users: [] },
  ]);
  const order = async (...wanted: string[]) =>
    (await ann.command('contact-group:arrange', { ids: wanted })).contacts.groups.map(({ name }) => name);
  assert.deepEqual(await order(third), ['Third', 'Night', 'Day'], 'those not named keep theirs, after them');
  assert.deepEqual(await order(day, night, third), ['Day', 'Night', 'Third']);
  await assert.rejects(order(v7()), code('NOT_FOUND'));
  await assert.rejects(save(night, 'Night', 'nobody'), code('NOT_FOUND'));
  await host.do('DELETE', 'users/ben');
  await save(night, 'Late', 'ben', 'cy');
  await ann.command('contact-group:remove', { id: day });
  const next = await server.connect('ann', { claims: { tenant } });
  const state = (await next.event('session:started')).synced.state;
  assert.deepEqual(state?.contacts.groups, [
    { id: night, name: 'Late', users: ['ben', 'cy'] },
    { id: third, name: 'Third', users: [] },
  ]);
  assert.deepEqual(state?.people.map(({ id }) => id).sort(), ['ben', 'cy']);
});

test('[S9, S14] there are as many favourites and groups as there may be, and no more', async () => {
  const { people, host } = await ward({ presence: 'consent' }, 'ann');
  const [ann] = people as [TestClient];
  const crowd = Array.from({ length: LIMITS.contacts + 1 }, (_, index) => ({ id: `p${index}`, name: `P ${index}` }));
  await host.do('POST', 'users/import', { users: crowd });
  // So few that a slow machine answers each of them in time; the last of them still race for the places that are left.
  const atOnce = 51;
  const refusals: unknown[] = [];
  for (let from = 0; from < crowd.length; from += atOnce) {
    const some = crowd.slice(from, from + atOnce).map(({ id }) => ann.command('contact:add', { user: id }));
    for (const result of await Promise.allSettled(some)) if (result.status === 'rejected') refusals.push(result.reason);
  }
  assert.equal(refusals.length, 1, String(refusals[1]));
  assert.ok(code('TOO_MANY')(refusals[0]));
  const groups = Array.from({ length: LIMITS.contactGroups }, () => v7());
  for (const id of groups) await ann.command('contact-group:save', { id, name: 'G', users: [] });
  await assert.rejects(ann.command('contact-group:save', { id: v7(), name: 'G', users: [] }), code('TOO_MANY'));
  await ann.command('contact-group:save', { id: groups[0] ?? '', name: 'H', users: [] });
});

test('[B33] the policy changes while people are signed in: what they see follows it, and no held state outlives it', async () => {
  const { people, host } = await ward({ presence: 'open' }, 'ann', 'ben');
  const [ann, ben] = people as [TestClient, TestClient];
  await ann.command('contact:add', { user: 'ben' });
  assert.equal((await see(ann, 'ben'))?.availability, 'available');
  const { revision } = await ann.command('session:heads', {});
  await host.decide({ presence: 'consent' });
  await ann.event('session:changed', ({ session }) => session.policies.presence === 'consent');
  await ann.event('heads:digest', (digest) => digest.revision > revision);
  const started = await ann.event('session:started');
  const { state } = await ann.command('session:sync', { epoch: started.synced.epoch, revision });
  assert.deepEqual(state?.contacts.contacts, [{ user: 'ben', state: 'requested' }]);
  await ben.command('presence:set', { availability: 'busy' });
  assert.equal((await see(ann, 'ben'))?.availability, 'offline');
  assert.deepEqual(ann.received('presence:changed'), [], 'the watching of before ended with the policy');
  await host.decide({ presence: 'open' });
  await ann.event('session:changed', ({ session }) => session.policies.presence === 'open');
  assert.equal((await see(ann, 'ben'))?.availability, 'busy');
});

test("[B31] [SPEC K5] with the policy open it is nobody else's business whose favourite they are: their state stays as it is", async () => {
  const { people } = await ward({ presence: 'open' }, 'ann', 'ben');
  const [ann, ben] = people as [TestClient, TestClient];
  const { revision } = await ben.command('session:heads', {});
  await ann.command('contact:add', { user: 'ben' });
  await ann.command('contact:remove', { user: 'ben' });
  assert.equal((await ben.command('session:heads', {})).revision, revision);
  assert.deepEqual(contactsTold(ben), []);
});

test('[S6] [B32] [SPEC N2] a request to somebody in do not disturb waits until that ends, and so does what becomes of theirs', async () => {
  const { people, tenant } = await ward({ presence: 'consent' }, 'ann', 'ben', 'cy');
  const [ann, ben, cy] = people as [TestClient, TestClient, TestClient];
  await ben.command('contact:add', { user: 'cy' });
  const { revision: before } = await ben.command('presence:set', { availability: 'dnd' });
  ben.events.length = 0;
  assert.deepEqual((await ann.command('contact:add', { user: 'ben' })).contacts.contacts, [{ user: 'ben', state: 'requested' }]);
  await cy.command('contact:accept', { user: 'ben' });
  assert.equal((await ben.command('session:heads', {})).revision, before);
  assert.deepEqual(contactsTold(ben), []);
  // Asking shows no more: a sign-in and an answer about something else have no request that came since.
  const phone = await server.connect('ben', { claims: { tenant } });
  assert.deepEqual((await phone.event('session:started')).synced.state?.contacts.requests, []);
  assert.deepEqual((await ben.command('contact-group:save', { id: v7(), name: 'Night', users: ['cy'] })).contacts.requests, []);
  const { revision: held } = await ben.command('session:heads', {});
  const { revision: after } = await ben.command('presence:set', { availability: 'available' });
  assert.ok(after > held + 1, 'a step that does not follow: every device asks');
  const { state } = await ben.command('session:sync', { revision: held });
  assert.deepEqual(
    state?.contacts.requests.map(({ user }) => user),
    ['ann'],
  );
  assert.deepEqual(state.contacts.contacts, [{ user: 'cy', state: 'accepted' }]);
  await cy.command('contact:remove', { user: 'ben' });
  await ben.until(() => contactsTold(ben).at(-1)?.contacts.length === 0);
});
