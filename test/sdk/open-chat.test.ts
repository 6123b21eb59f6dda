import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createParley } from '#sdk';
import type { Parley } from '#sdk';
import { startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

let server: TestServer;
const clients: Parley[] = [];

before(async () => {
  server = await startServer();
  for (const user of ['ben', 'cara']) await server.connect(user);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});
after(() => server.close());

function client(user: string): Parley {
  const parley = createParley({ server: server.url, token: () => server.token(user), transports: ['websocket'] });
  clients.push(parley);
  return parley;
}

const lena = { name: 'Lena Fischer', number: '+49 89 1234' };

test('[M2] [M14] [M16] the call comes first, then the text; the chat is open with it as a draft, and nothing is sent', async () => {
  const session = await client('anna-1').connect();
  const { id, kind } = await session.openChat({ to: 'ben', text: 'This person would like you to call them back.', context: lena });
  assert.equal(kind, 'direct');
  assert.equal(session.drafts.get(id).text, 'Lena Fischer, +49 89 1234\nThis person would like you to call them back.');
  let open: string | null = null;
  session.open$.subscribe((now) => (open = now)).unsubscribe();
  assert.equal(open, id);
  const { entries } = await session.command('entry:range', { conversation: id, limit: 10 });
  assert.deepEqual(
    entries.map(({ body }) => body.kind),
    ['started'],
  );
});

test('[M11] the call that the host is in is put in by itself; after its end, and for the next user, it is not', async () => {
  const parley = client('anna-2');
  const first = await parley.connect();
  parley.host.setCall(lena);
  const { id } = await first.openChat({ to: 'ben' });
  assert.equal(first.drafts.get(id).text, 'Lena Fischer, +49 89 1234');
  await first.openChat({ to: 'ben', text: 'Please call back.' });
  assert.equal(first.drafts.get(id).text, 'Lena Fischer, +49 89 1234\nPlease call back.', 'the caller is named once');
  first.drafts.update(id, { text: 'Lena Fischer, +49 89 12345 asked' });
  await first.openChat({ to: 'ben' });
  assert.equal(first.drafts.get(id).text, 'Lena Fischer, +49 89 12345 asked\nLena Fischer, +49 89 1234', 'another one is not them');
  const other = await first.openChat({ to: 'cara', text: 'call back', context: null });
  assert.equal(first.drafts.get(other.id).text, 'call back');
  parley.host.setCall(null);
  first.drafts.clear(id);
  await first.openChat({ to: 'ben', text: 'now' });
  assert.equal(first.drafts.get(id).text, 'now');
  parley.host.setCall(lena);
  const second = await parley.switchUser(() => server.token('dora'));
  assert.equal(parley.host.call, null);
  const theirs = await second.openChat({ to: 'ben' });
  assert.equal(second.drafts.get(theirs.id).text, '');
});

test('[M15] without a text and without a call the chat opens, and its draft stays as it was', async () => {
  const session = await client('anna-3').connect();
  const { id } = await session.openChat({ to: 'ben' });
  session.drafts.update(id, { text: 'half a sentence' });
  await session.openChat({ to: 'ben' });
  assert.equal(session.drafts.get(id).text, 'half a sentence');
  await session.openChat({ to: 'ben', text: 'the rest' });
  assert.equal(session.drafts.get(id).text, 'half a sentence\nthe rest');
});

test('[M2] [E3] a chat that is there opens for whoever may not start one; another is refused', async () => {
  const ben = await client('ben').connect();
  const { id } = await ben.startChat({ to: ['cara'], text: 'hello' });
  const parley = createParley({ server: server.url, token: () => server.token('cara', { initiate: false }), transports: ['websocket'] });
  clients.push(parley);
  const cara = await parley.connect();
  const opened = await cara.openChat({ to: 'ben', text: 'on my way', context: null });
  assert.equal(opened.id, id);
  assert.equal(cara.drafts.get(id).text, 'on my way');
  await assert.rejects(cara.openChat({ to: 'nobody-yet', text: 'hello' }), { code: 'INITIATE_FORBIDDEN' });
});

test('[M11] whatever a host gives as a call becomes one short line, or no call', async () => {
  const { host } = client('anna-4');
  const seen: unknown[] = [];
  host.call$.subscribe((call) => seen.push(call));
  host.setCall({ name: ' Lena\n\u202EFischer ', number: '1'.repeat(500) });
  assert.equal(host.call?.name, 'Lena Fischer');
  assert.equal(host.call?.number.length, 64);
  host.setCall({ name: '', number: '' });
  assert.equal(host.call, null);
  host.setCall(undefined as never);
  host.setCall({ name: 7, number: {} } as never);
  assert.equal(host.call, null);
  assert.equal(seen.length, 3);
});
