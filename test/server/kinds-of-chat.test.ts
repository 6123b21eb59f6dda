import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import type { CommandReply } from '#protocol';
import { BackEnd } from '../support/back-end.js';
import { startServer, type TestClient, type TestServer } from '../support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const create = (
  client: TestClient,
  kind: 'direct' | 'group',
  members: string[],
  title?: string,
): Promise<CommandReply<'conversation:create'>> =>
  client.command('conversation:create', { cid: v7(), kind, members, ...(title === undefined ? {} : { title }) });
const said = async (client: TestClient, conversation: string): Promise<string[]> =>
  (await client.command('entry:range', { conversation, limit: 50 })).entries.flatMap(({ author, body }) =>
    body.kind === 'message' ? [`${author}: ${body.text}`] : [],
  );

test('[E4] a private chat is one for its two people; conferences are as many as are begun, with a title', async () => {
  const [ann, bob, cyd] = await Promise.all(['ann', 'bob', 'cyd'].map((user) => server.connect(user)));
  assert.ok(ann && bob && cyd);
  const first = await create(ann, 'direct', ['bob']);
  const second = await create(bob, 'direct', ['ann']);
  assert.deepEqual([first.created, second.created], [true, false]);
  assert.equal(second.conversation.id, first.conversation.id);
  await assert.rejects(create(ann, 'direct', ['bob', 'cyd']), /INVALID/);
  const [flood, fire] = [await create(ann, 'group', ['bob', 'cyd'], 'Flood'), await create(ann, 'group', ['bob', 'cyd'], 'Fire')];
  assert.notEqual(flood.conversation.id, fire.conversation.id);
  const { conversations } = await cyd.command('conversation:list', { limit: 10 });
  assert.deepEqual(conversations.map(({ kind, title }) => `${kind} ${title}`).sort(), ['group Fire', 'group Flood']);
});

test('[E10] [E11] what any of them says is recorded for all of them, in one order', async () => {
  const people = await Promise.all(['ann', 'bob', 'cyd', 'dan'].map((user) => server.connect(`${user}-11`)));
  const [ann] = people;
  assert.ok(ann);
  const { conversation } = await create(ann, 'group', ['bob-11', 'cyd-11', 'dan-11']);
  await Promise.all(people.flatMap((client) => [1, 2, 3].map((number) => client.send(conversation.id, `${number}`))));
  const records = await Promise.all(people.map((client) => said(client, conversation.id)));
  const [record = []] = records;
  for (const other of records) assert.deepEqual(other, record);
  assert.deepEqual(
    [...record].sort(),
    ['ann', 'bob', 'cyd', 'dan'].flatMap((user) => [1, 2, 3].map((number) => `${user}-11: ${number}`)),
  );
  for (const { user } of people) {
    const own = record.filter((line) => line.startsWith(`${user}:`));
    assert.deepEqual(own, [`${user}: 1`, `${user}: 2`, `${user}: 3`], 'each in the order in which they said it');
  }
});

test('[B37] two who are no favourites of each other chat in private, and see no more of each other by it', async () => {
  const tenant = 'consenting';
  await new BackEnd(server, tenant).decide({ presence: 'consent' });
  const [ann, bob] = await Promise.all(['ann', 'bob'].map((user) => server.connect(user, { claims: { tenant } })));
  assert.ok(ann && bob);
  const { conversation } = await create(ann, 'direct', ['bob']);
  await ann.send(conversation.id, 'is the bed free?');
  await bob.event('entry:added', ({ entry }) => entry.body.kind === 'message');
  await bob.send(conversation.id, 'yes');
  assert.deepEqual(await said(ann, conversation.id), ['ann: is the bed free?', 'bob: yes']);
  const { presences } = await ann.command('presence:subscribe', { users: ['bob'] });
  assert.equal(presences[0]?.presence.availability, 'offline');
  const { state } = await ann.command('session:sync', {});
  assert.deepEqual(state?.contacts.contacts, []);
});

test('[B41] [S5] who has never chosen is available', async () => {
  const eve = await server.connect('eve');
  const [started] = eve.received('session:started');
  assert.equal(started?.synced.state?.settings.availability, 'available');
  const watcher = await server.connect('ann');
  const { presences } = await watcher.command('presence:subscribe', { users: ['eve'] });
  assert.equal(presences[0]?.presence.availability, 'available');
});

test('[B38] [B39] [B40] who is available, busy or away gets a message at once', async () => {
  const [ann, bob] = await Promise.all(['ann', 'bob-38'].map((user) => server.connect(user)));
  assert.ok(ann && bob);
  const { conversation } = await create(ann, 'direct', ['bob-38']);
  for (const availability of ['available', 'busy', 'away'] as const) {
    await bob.command('presence:set', { availability });
    await ann.send(conversation.id, availability);
    const { entry } = await bob.event('entry:added', ({ entry: { body } }) => body.kind === 'message' && body.text === availability);
    await bob.command('receipt:mark', { conversation: conversation.id, delivered: entry.seq });
    await ann.event('receipt:moved', ({ user, marks }) => user === 'bob-38' && marks.delivered === entry.seq);
  }
});
