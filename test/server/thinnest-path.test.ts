import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { type Refusal, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

test('[A9] [C1] [D5] session:started, then a message: acknowledged with its number, and heard by both', async () => {
  const [alice, bob] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const started = await alice.event('session:started');
  assert.equal(started.session.user.id, 'alice');
  assert.equal(started.session.tenant, 'demo');
  assert.deepEqual(started.synced.state?.conversations, []);

  const conversation = await alice.startConversation('bob');
  const change = await bob.event('state:changed', ({ change }) => change.type === 'conversation');
  assert.equal(change.revision, (await bob.event('session:started')).synced.revision + 1);

  const cid = v7();
  const sent = await alice.send(conversation, 'Guten Morgen', cid);
  assert.equal(sent.seq, 2);
  assert.equal(sent.duplicate, false);
  for (const client of [alice, bob]) {
    const { entry } = await client.event('entry:added', ({ entry }) => entry.seq === 2);
    assert.deepEqual(entry.body, { kind: 'message', text: 'Guten Morgen', links: [] });
    assert.equal(entry.author, 'alice');
    assert.equal(entry.cid, cid);
  }
});

test('[C3] the same id again gives the first answer; with other content it is refused', async () => {
  const [alice, bob] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  const cid = v7();
  const first = await alice.send(conversation, 'once', cid);
  const second = await alice.send(conversation, 'once', cid);
  assert.deepEqual(second, { ...first, duplicate: true });
  await assert.rejects(alice.send(conversation, 'twice', cid), (error: Refusal) => error.code === 'IDEMPOTENCY_CONFLICT');
  const range = await bob.command('entry:range', { conversation, limit: 200 });
  assert.equal(range.entries.filter((entry) => entry.cid === cid).length, 1);
});

test('[C1] the answer comes before the echo', async () => {
  const [alice] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  const order: string[] = [];
  const cid = v7();
  alice.socket.on('entry:added', ({ entry }: { entry: { cid: string } }) => {
    if (entry.cid === cid) order.push('echo');
  });
  await new Promise<void>((resolve) => {
    alice.socket.emit('message:send', { as: 'alice', conversation, cid, text: 'first the answer', links: [] }, () => {
      order.push('answer');
      resolve();
    });
  });
  await alice.until(() => order.includes('echo'), 'the echo');
  assert.deepEqual(order, ['answer', 'echo']);
});

test('[C4] an id in upper case is kept in lower case', async () => {
  const [alice] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  const cid = v7();
  assert.equal((await alice.send(conversation, 'loud', cid.toUpperCase())).cid, cid);
  assert.equal((await alice.send(conversation, 'loud', cid)).duplicate, true);
});

test('[C7] a direct conversation exists once for the pair', async () => {
  const [alice, bob] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const first = await alice.command('conversation:create', { cid: v7(), kind: 'direct', members: ['bob'] });
  const second = await bob.command('conversation:create', { cid: v7(), kind: 'direct', members: ['alice'] });
  assert.equal(second.conversation.id, first.conversation.id);
  assert.equal(second.created, false);
});
