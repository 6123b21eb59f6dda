import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { createParley, LIMITS } from '#sdk';
import type { ContactsState, Invitation, Parley, Policies, Session } from '#sdk';
import { CONVERSATION, FakeServer, OTHER } from './support/fake-server.js';

let server: FakeServer;
let parley: Parley;
let session: Session;

beforeEach(async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  server = new FakeServer();
  parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: server.environment() });
  session = await parley.connect();
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
/** As the server does it: all that depends on it has another revision. */
const decide = async (change: Partial<Policies>, { told = true } = {}): Promise<void> => {
  server.policies = { ...server.policies, ...change };
  server.revision++;
  if (told) server.tell('session:changed', { session: { ...session.info, policies: server.policies } });
  await pass(0);
};
const firstPages = () => asked('entry:range').filter(({ frame }) => !('after' in frame) && !('before' in frame));

test('[E1] [SPEC F2] switched on again, what was refused or not told meanwhile is asked for: presence, members, people', async () => {
  session.presence.of(OTHER).subscribe();
  session.conversations.members$(CONVERSATION).subscribe();
  await pass(250);
  await decide({ enabled: false });
  session.presence.of('eve').subscribe();
  await pass(250);
  assert.deepEqual(
    asked('presence:subscribe').map(({ frame }) => frame['users']),
    [[OTHER], ['eve']],
  );
  asked('presence:subscribe')[1]!.refuse('NOT_FOUND');
  const rolls = asked('conversation:get').length;
  await pass(250);
  await decide({ enabled: true });
  await pass(250);
  assert.deepEqual(asked('presence:subscribe').at(-1)?.frame['users'], [OTHER, 'eve']);
  assert.equal(asked('conversation:get').length, rolls + 1);
});

test('[S3] [SPEC F3] a horizon that moved while there was no connection: what is held of a log is dropped as if it had been heard', async () => {
  server.commit(OTHER, 'long ago');
  session.timeline(CONVERSATION).items$.subscribe();
  await pass(0);
  const before = firstPages().length;
  server.drop();
  await pass(2_000);
  assert.equal(firstPages().length, before, 'a reconnect alone drops nothing');
  await decide({ visibleDays: 30 }, { told: false });
  server.drop();
  await pass(2_000);
  assert.equal(firstPages().length, before + 1);
});

test('[S3] a chat that is looked at is read again after such a change, however far down the list it is', async () => {
  for (let n = 1; n <= LIMITS.listPage; n++) server.chat(n);
  server.commit(OTHER, 'of the oldest chat');
  let lines = 0;
  session.timeline(CONVERSATION).items$.subscribe((items) => (lines = items.length));
  await pass(0);
  assert.equal(lines, 1);
  await decide({ visibleDays: 30 });
  assert.equal(lines, 1);
});

test('[SPEC S1] after another user has signed in, contacts and invitations of the one before are held by nobody (G14)', async () => {
  const contacts: ContactsState = { contacts: [{ user: OTHER, state: 'accepted' }], requests: [], groups: [] };
  const invitations: Invitation[] = [{ conversation: CONVERSATION, inviter: OTHER, title: 'Tumour board', memberCount: 2, at: 5 }];
  server.tell('state:changed', { revision: ++server.revision, change: { type: 'contacts', contacts, people: [] } });
  server.tell('state:changed', { revision: ++server.revision, change: { type: 'invitations', invitations, people: [] } });
  const held = { contacts: 0, invitations: 0 };
  session.contacts.state$.subscribe((state) => (held.contacts = state.contacts.length));
  session.invitations.list$.subscribe((list) => (held.invitations = list.length));
  assert.deepEqual(held, { contacts: 1, invitations: 1 });
  void parley.switchUser(() => 'token');
  assert.deepEqual(held, { contacts: 0, invitations: 0 });
});
