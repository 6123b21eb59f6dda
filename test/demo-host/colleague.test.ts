import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { Colleague } from '../../demo-host/colleague/colleague.js';
import { isFirstStart, seedConversations } from '../../demo-host/colleague/first-conversations.js';
import { introduceColleagues } from '../../demo-host/colleague/introductions.js';
import { ParleyBackend } from '../../demo-host/parley-backend.js';
import { colleagueOf } from '../../demo-host/people.js';
import { studies } from '../../demo-host/studies.js';
import { setUpTenants } from '../../demo-host/tenant-setup.js';
import { eventually } from '../support/eventually.js';
import type { TestServer } from '../support/server.js';
import { SECRET, startServer } from '../support/server.js';

const claims = { tenant: 'st-anna', initiate: true };
let server: TestServer;
let colleague: Colleague;

before(async () => {
  server = await startServer();
  await setUpTenants(new ParleyBackend(server.url, SECRET));
  colleague = new Colleague({ person: colleagueOf('st-anna'), parley: server.url, secret: SECRET, pace: { reading: 20, writing: 60 } });
});
after(async () => {
  await colleague.stop();
  await server.close();
});

test('people talk on an empty store, and only there', async () => {
  const session = await colleague.start();
  assert.equal(await isFirstStart(session), true);
  await seedConversations(server.url, SECRET);
  const anna = await server.connect('anna', { claims });
  const { conversations } = await anna.command('conversation:list', { limit: 50 });
  assert.ok(conversations.length >= 4, 'her list is not empty at first sight');
  assert.ok(
    conversations.some(({ last }) => last?.author === 'sam' && last.body.kind === 'message' && last.body.links.length === 1),
    'the colleague greets with a link',
  );
  assert.equal(await isFirstStart(session), false);
});

test('[S21] the colleague reads, is seen writing, and answers about the examination that was linked', async () => {
  const mark = await server.connect('mark', { claims });
  const conversation = await mark.startConversation('sam');
  const [thorax] = studies;
  assert.ok(thorax);
  const sent = await mark.command('message:send', {
    conversation,
    cid: v7(),
    text: 'What do you think?',
    links: [{ kind: 'study', id: thorax.uid }],
  });
  await mark.event('typing:changed', (typing) => typing.conversation === conversation);
  const { entry } = await mark.event('entry:added', (added) => added.entry.author === 'sam' && added.entry.seq > sent.seq);
  assert.ok(entry.body.kind === 'message');
  assert.match(entry.body.text, /^I have the CT Thorax with contrast open/);
  assert.deepEqual(
    entry.body.links.map((link) => studies.find(({ uid }) => uid === link.id)?.description),
    ['CT Thorax (prior)'],
  );
  await mark.event('receipt:moved', (moved) => moved.user === 'sam' && moved.marks.read >= sent.seq);
});

test('[B32] where presence needs consent, the colleague who answers has given it to whoever opens the demo', async () => {
  const robin = new Colleague({ person: colleagueOf('town-hall'), parley: server.url, secret: SECRET, pace: { reading: 20, writing: 60 } });
  await robin.start();
  try {
    await introduceColleagues(server.url, SECRET);
    const clara = await server.connect('clara', { claims: { tenant: 'town-hall', initiate: true } });
    await eventually(async () => {
      const { presences } = await clara.command('presence:subscribe', { users: ['robin'] });
      return presences.some(({ presence }) => presence.availability === 'available') || undefined;
    }, 'the colleague to be seen');
  } finally {
    await robin.stop();
  }
});
