import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createParley, ParleyError } from '#sdk';
import type { ContactsState, Parley, Session } from '#sdk';
import { startServer, TENANT } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { until } from './support/until.js';

const KEY = 'kept-in-the-vault-of-the-contacts-0123456789';
let server: TestServer;
const clients: Parley[] = [];

before(async () => {
  server = await startServer({ hostKeys: [`${TENANT}=${KEY}`] });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.dispose();
});
after(() => server.close());

async function policy(presence: 'open' | 'consent'): Promise<void> {
  const answer = await fetch(`${server.url}/v1/policies`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ presence }),
  });
  assert.equal(answer.status, 200);
}

function client(user: string): Promise<Session> {
  const parley = createParley({ server: server.url, token: () => server.token(user), transports: ['websocket'] });
  clients.push(parley);
  return parley.connect();
}

const seen = (session: Session, user: string, availability: string) =>
  until(session.presence.of(user), (presence) => presence.availability === availability);
const listed = (session: Session, fits: (state: ContactsState) => boolean) => until(session.contacts.state$, fits);
const states = ({ contacts }: ContactsState) => contacts.map(({ user, state }) => `${user} ${state}`).join();

test('[B32] [B33] [B34] [B6] with consent: asked, accepted, seen by both, and after the removal by neither', async () => {
  await policy('consent');
  const [anna, ben] = await Promise.all([client('c1-anna'), client('c1-ben')]);
  let shown = '';
  const watched = anna.presence.of('c1-ben').subscribe(({ availability }) => (shown = availability));
  await seen(anna, 'c1-ben', 'offline');

  await anna.contacts.add('c1-ben');
  await listed(anna, (state) => states(state) === 'c1-ben requested');
  const { requests } = await listed(ben, (state) => state.requests.length === 1);
  assert.equal(requests[0]?.user, 'c1-anna');
  assert.equal(shown, 'offline', 'a request shows nothing yet');

  await ben.contacts.accept('c1-anna');
  await listed(anna, (state) => states(state) === 'c1-ben accepted');
  await seen(anna, 'c1-ben', 'available');
  await seen(ben, 'c1-anna', 'available');
  await ben.presence.set('busy', 'in theatre 2');
  await until(anna.presence.of('c1-ben'), ({ message }) => message === 'in theatre 2');

  await anna.contacts.remove('c1-ben');
  await listed(ben, (state) => state.contacts.length === 0);
  await seen(anna, 'c1-ben', 'offline');
  await seen(ben, 'c1-anna', 'offline');
  watched.unsubscribe();
});

test('[B32] a request that is declined is gone for both, and may be made again', async () => {
  await policy('consent');
  const [anna, ben] = await Promise.all([client('c2-anna'), client('c2-ben')]);
  await anna.contacts.add('c2-ben');
  await listed(ben, (state) => state.requests.length === 1);
  await ben.contacts.decline('c2-anna');
  await listed(ben, (state) => state.requests.length === 0);
  await listed(anna, (state) => state.contacts.length === 0);
  await anna.contacts.add('c2-ben');
  await listed(ben, (state) => state.requests.length === 1);
});

test('[B31] [B34] where presence is open a favourite is one at once; the policy changes under open eyes', async () => {
  await policy('open');
  const [anna] = await Promise.all([client('c3-anna'), client('c3-ben')]);
  await anna.contacts.add('c3-ben');
  await listed(anna, (state) => states(state) === 'c3-ben accepted');
  let shown = '';
  const watched = anna.presence.of('c3-ben').subscribe(({ availability }) => (shown = availability));
  await seen(anna, 'c3-ben', 'available');
  await policy('consent');
  await until(anna.info$, ({ policies }) => policies.presence === 'consent');
  await seen(anna, 'c3-ben', 'offline');
  await listed(anna, (state) => states(state) === 'c3-ben requested');
  await policy('open');
  await seen(anna, 'c3-ben', 'available');
  assert.equal(shown, 'available');
  await listed(anna, (state) => states(state) === 'c3-ben accepted');
  watched.unsubscribe();
});

test('[S14] [S15] groups are on every device of the person, in their order', async () => {
  await policy('open');
  const [here, there] = await Promise.all([client('c4-anna'), client('c4-anna'), client('c4-ben')]);
  const chest = await here.contacts.saveGroup({ name: 'Chest', users: ['c4-ben'] });
  const night = await here.contacts.saveGroup({ name: 'Night', users: [] });
  const names = ({ groups }: ContactsState) => groups.map(({ name }) => name).join();
  await listed(there, (state) => names(state) === 'Chest,Night');
  await there.contacts.arrangeGroups([night, chest]);
  await listed(here, (state) => names(state) === 'Night,Chest');
  await here.contacts.saveGroup({ id: chest, name: 'Thorax', users: ['c4-ben'] });
  await there.contacts.removeGroup(night);
  await listed(there, (state) => names(state) === 'Thorax' && state.groups[0]?.users.join() === 'c4-ben');
  await there.contacts.removeGroup(night);
  await assert.rejects(
    here.contacts.saveGroup({ name: ' ', users: [] }),
    (error) => error instanceof ParleyError && error.code === 'INVALID',
  );
});
