import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v7 } from 'uuid';
import { ParleyError } from '#protocol';
import { startServer } from '../support/server.js';
import { spoil } from '../support/spoilt-storage.js';

test('[SPEC S2] [SPEC S3] changes of a user leave by their revision, however long a summary takes to read', async (t) => {
  const donor = await startServer();
  const { storage } = donor.server;
  let slow = 0;
  const server = await startServer({
    parts: {
      storage: spoil(storage, {
        // Every third summary comes late, so that what was committed after it is known first.
        summaries: async (...args) => {
          slow += 1;
          if (slow % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
          return storage.summaries(...args);
        },
        close: () => Promise.resolve(),
      }),
    },
  });
  t.after(async () => {
    await server.close();
    await donor.close();
  });
  const [alice, bob, phone] = await Promise.all([server.connect('alice'), server.connect('bob'), server.connect('bob')]);
  await server.connect('carol');
  const start = (await phone.event('session:started')).synced.revision;
  const groups = await Promise.all(Array.from({ length: 5 }, () => alice.startConversation('bob', 'carol')));
  await Promise.all(
    groups.flatMap((conversation) => [
      alice.command('conversation:rename', { conversation, cid: v7(), title: 'first' }),
      bob.command('receipt:mark', { conversation, read: 1 }),
      bob.command('presence:set', { availability: 'busy', message: conversation.slice(0, 8) }),
      alice.command('conversation:rename', { conversation, cid: v7(), title: 'second' }),
    ]),
  );
  const synced = await bob.command('session:sync', {});
  assert.equal(synced.revision, start + 5 * 5);
  await phone.until(() => phone.received('state:changed').length >= 25);
  assert.deepEqual(
    phone.received('state:changed').map(({ revision }) => revision),
    Array.from({ length: 25 }, (_, index) => start + 1 + index),
  );
  // Who applied all of them holds what the snapshot says.
  const changes = phone.received('state:changed').map(({ change }) => change);
  for (const conversation of synced.state?.conversations ?? []) {
    const told = changes.findLast((change) => change.type === 'conversation' && change.conversation.id === conversation.id);
    assert.ok(told?.type === 'conversation');
    assert.deepEqual([told.conversation.title, told.conversation.head], [conversation.title, 3]);
    const marks = changes.findLast((change) => change.type === 'marks' && change.conversation === conversation.id);
    assert.ok(marks?.type === 'marks');
    assert.deepEqual(marks.marks, conversation.marks);
  }
  const settings = changes.findLast((change) => change.type === 'settings');
  assert.deepEqual(settings?.type === 'settings' && settings.settings, synced.state?.settings);
});

test('[SPEC S2] a summary that cannot be read leaves a gap, holds nothing up and refuses no command', async (t) => {
  const donor = await startServer();
  const { storage } = donor.server;
  let broken = false;
  const server = await startServer({
    parts: {
      storage: spoil(storage, {
        summaries: (...args) => (broken ? Promise.reject(new ParleyError('UNAVAILABLE')) : storage.summaries(...args)),
        close: () => Promise.resolve(),
      }),
    },
  });
  t.after(async () => {
    await server.close();
    await donor.close();
  });
  const [alice, bob] = await Promise.all([server.connect('alice'), server.connect('bob'), server.connect('carol')]);
  const conversation = await alice.startConversation('bob', 'carol');
  const before = (await bob.event('state:changed')).revision;
  broken = true;
  const { seq } = await alice.command('conversation:rename', { conversation, cid: v7(), title: 'other' });
  assert.equal(seq, 2, 'what is committed is acknowledged');
  await bob.command('receipt:mark', { conversation, read: 1 });
  await bob.event('state:changed', ({ change }) => change.type === 'marks');
  assert.deepEqual(
    bob.received('state:changed').map(({ revision }) => revision),
    [before, before + 2],
  );
});
