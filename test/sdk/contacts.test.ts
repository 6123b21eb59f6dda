import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { createParley, ParleyError } from '#sdk';
import type { ContactsState, Parley, Presence, Session } from '#sdk';
import { FakeServer } from './support/fake-server.js';

const NOBODY: ContactsState = { contacts: [], requests: [], groups: [] };
const GROUP = '00000000-0000-4000-8000-0000000000a1';

let server: FakeServer;
let parley: Parley;
let session: Session;
let state: ContactsState;
let presences: Presence[];

beforeEach(async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  server = new FakeServer();
  parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: server.environment() });
  session = await parley.connect();
  session.contacts.state$.subscribe((now) => (state = now));
  presences = [];
});
afterEach(() => {
  parley.dispose();
  mock.timers.reset();
});

async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone <= ms; gone += 250) {
    if (gone > 0) mock.timers.tick(250);
    for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  }
}

const asked = (name: string) => server.sent.filter((question) => question.name === name);
/** The last question of this name is answered with this state, as the next revision. */
const answer = async (name: string, contacts: ContactsState): Promise<void> => {
  await pass(0);
  asked(name)
    .at(-1)!
    .answerWith({ contacts, people: [{ id: 'ben', name: 'Ben' }], revision: ++server.revision });
};
const accepted = (...users: string[]): ContactsState => ({ ...NOBODY, contacts: users.map((user) => ({ user, state: 'accepted' })) });
const consent = (): void => {
  const policies = { ...session.info.policies, presence: 'consent' as const };
  server.tell('session:changed', { session: { ...session.info, policies } });
};
const watch = (...users: string[]): void => {
  for (const user of users) session.presence.of(user).subscribe((presence) => presences.push(presence));
};

test('[B31] a favourite is one when the server has said so; a second answer of the same revision changes nothing', async () => {
  const added = session.contacts.add('ben');
  await pass(0);
  assert.deepEqual(asked('contact:add')[0]?.frame['user'], 'ben');
  assert.deepEqual(state, NOBODY, 'not before');
  await answer('contact:add', accepted('ben'));
  await added;
  assert.deepEqual(state, accepted('ben'));
  assert.equal(session.directory.person('ben')?.name, 'Ben');
  server.tell('state:changed', { revision: server.revision, change: { type: 'contacts', contacts: NOBODY, people: [] } });
  assert.deepEqual(state, accepted('ben'), 'the event of the same change, late');
});

test('[B32] what another device or person changed comes as an event, and a revision that does not follow as a snapshot', async () => {
  const requests = [{ user: 'ben', at: 5 }];
  server.tell('state:changed', { revision: 2, change: { type: 'contacts', contacts: { ...NOBODY, requests }, people: [] } });
  assert.deepEqual(state.requests, requests);
  server.contacts = accepted('ben');
  server.revision = 9;
  server.tell('state:changed', { revision: 9, change: { type: 'contacts', contacts: NOBODY, people: [] } });
  await pass(0);
  assert.equal(asked('session:sync').length, 1);
  assert.deepEqual(state, accepted('ben'));
});

test('[B33] [B34] with consent the presence of who accepted, or was removed, is asked for again; of nobody else', async () => {
  consent();
  watch('ben', 'eve');
  await pass(250);
  assert.deepEqual(
    asked('presence:subscribe').map(({ frame }) => frame['users']),
    [['ben', 'eve']],
  );
  const requested: ContactsState = { ...NOBODY, contacts: [{ user: 'ben', state: 'requested' }] };
  server.tell('state:changed', { revision: ++server.revision, change: { type: 'contacts', contacts: requested, people: [] } });
  await pass(250);
  assert.equal(asked('presence:subscribe').length, 1, 'a request shows nothing yet');
  server.tell('state:changed', { revision: ++server.revision, change: { type: 'contacts', contacts: accepted('ben'), people: [] } });
  await pass(250);
  void session.contacts.remove('ben');
  await answer('contact:remove', NOBODY);
  await pass(250);
  assert.deepEqual(
    asked('presence:subscribe')
      .slice(1)
      .map(({ frame }) => frame['users']),
    [['ben'], ['ben']],
  );
});

test('[B33] an answer that was overtaken by a new consent is not shown', async () => {
  consent();
  watch('ben');
  await pass(250);
  server.tell('state:changed', { revision: ++server.revision, change: { type: 'contacts', contacts: accepted('ben'), people: [] } });
  await pass(250);
  const [before, after] = asked('presence:subscribe');
  after!.answerWith({ presences: [{ user: 'ben', presence: { availability: 'busy', since: 2 } }] });
  before!.answerWith({ presences: [{ user: 'ben', presence: { availability: 'offline', since: 1 } }] });
  await pass(0);
  assert.deepEqual(
    presences.map(({ availability }) => availability),
    ['unknown', 'busy'],
  );
});

test('[B6] another policy about presence asks for everybody who is watched', async () => {
  watch('ben', 'eve');
  await pass(250);
  consent();
  await pass(250);
  assert.deepEqual(
    asked('presence:subscribe').map(({ frame }) => frame['users']),
    [
      ['ben', 'eve'],
      ['ben', 'eve'],
    ],
  );
});

test('[S14] [S15] a new group gets its id here, so that a repeated question makes no second one', async () => {
  const saved = session.contacts.saveGroup({ name: 'Chest', users: ['ben', 'eve', 'ben'] });
  await pass(0);
  asked('contact-group:save')[0]!.refuse('UNAVAILABLE');
  await pass(5_000);
  const [first, second] = asked('contact-group:save').map(({ frame }) => frame);
  assert.ok(second, 'it was repeated');
  assert.deepEqual([first?.['id'], first?.['users']], [second['id'], ['ben', 'eve']]);
  const id = String(second['id']);
  await answer('contact-group:save', { ...NOBODY, groups: [{ id, name: 'Chest', users: ['ben', 'eve'] }] });
  assert.equal(await saved, id);
  assert.equal(state.groups[0]?.name, 'Chest');
});

test('[S14] what the server refuses is told, and nothing changes', async () => {
  const refused = assert.rejects(
    session.contacts.removeGroup(GROUP),
    (error) => error instanceof ParleyError && error.code === 'NOT_FOUND',
  );
  await pass(0);
  asked('contact-group:remove')[0]!.refuse('NOT_FOUND');
  await refused;
  assert.deepEqual(state, NOBODY);
});
