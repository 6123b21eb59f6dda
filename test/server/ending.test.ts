import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import { Refusal, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

describe('ending, leaving and renaming', () => {
  test('[E15] [B22] [SPEC L10] ended by its initiator: everybody is told, reads on, and says nothing more', async () => {
    const [ann, bob, phone] = await Promise.all(['ann', 'bob', 'bob'].map((user) => server.connect(user)));
    await server.connect('cyd');
    assert.ok(ann && bob && phone);
    const conversation = await ann.startConversation('bob', 'cyd');
    await bob.send(conversation, 'before the end');
    await assert.rejects(bob.command('conversation:end', { conversation, cid: v7() }), refused('ROLE_FORBIDDEN'));
    const { seq } = await ann.command('conversation:end', { conversation, cid: v7() });
    for (const device of [ann, bob, phone]) {
      await device.event('entry:added', ({ entry }) => entry.conversation === conversation && entry.body.kind === 'ended');
      await device.event('state:changed', ({ change }) => change.type === 'conversation' && change.conversation.ended);
    }
    for (const client of [ann, bob]) {
      await assert.rejects(client.send(conversation, 'x'), refused('CONVERSATION_ENDED'));
      await assert.rejects(client.command('typing:set', { conversation, active: true }), refused('CONVERSATION_ENDED'));
      await assert.rejects(
        client.command('conversation:invite', { conversation, cid: v7(), users: ['ann'] }),
        refused('CONVERSATION_ENDED'),
      );
    }
    assert.equal((await bob.command('entry:range', { conversation, limit: 50 })).entries.length, seq);
    assert.equal((await ann.command('conversation:end', { conversation, cid: v7() })).seq, seq, 'again: it is ended already');
    assert.ok((await bob.command('conversation:leave', { conversation, cid: v7() })).seq > seq, 'and may still be left');
  });

  test('[E15] an admin of the tenant ends what they are in, and only that', async () => {
    const [ann, bob, admin] = await Promise.all([
      server.connect('ann'),
      server.connect('bob'),
      server.connect('chief', { claims: { roles: ['admin'] } }),
    ]);
    const theirs = await ann.startConversation('bob');
    await assert.rejects(admin.command('conversation:end', { conversation: theirs, cid: v7() }), refused('NOT_FOUND'));
    const shared = await ann.startConversation('bob', 'chief');
    await admin.command('conversation:end', { conversation: shared, cid: v7() });
    const { entry } = await bob.event('entry:added', ({ entry: { body } }) => body.kind === 'ended');
    assert.equal(entry.author, 'chief');
  });

  test('[E6] [SPEC L11] after the end of a direct chat the pair has a new one; the old one is in the history', async () => {
    const [dora, emil] = await Promise.all([server.connect('dora'), server.connect('emil')]);
    const first = await dora.startConversation('emil');
    await dora.send(first, 'old');
    assert.equal((await emil.command('conversation:create', { cid: v7(), kind: 'direct', members: ['dora'] })).created, false);
    await dora.command('conversation:end', { conversation: first, cid: v7() });
    const second = await emil.command('conversation:create', { cid: v7(), kind: 'direct', members: ['dora'] });
    assert.equal(second.created, true);
    assert.equal(second.conversation.initiator, 'emil');
    const { conversations } = await dora.command('conversation:list', { limit: 10 });
    assert.deepEqual(
      conversations.map(({ id, ended }) => ({ id, ended })),
      [
        { id: second.conversation.id, ended: false },
        { id: first, ended: true },
      ],
    );
  });

  test('[E23] [SPEC L12] another title reaches everybody, as an entry and in the list', async () => {
    const [ann, bob] = await Promise.all([server.connect('ann'), server.connect('bob')]);
    await server.connect('cyd');
    const conversation = await ann.startConversation('bob', 'cyd');
    const { seq } = await bob.command('conversation:rename', { conversation, cid: v7(), title: 'Night shift', description: 'Ward 3' });
    const { entry } = await ann.event('entry:added', (added) => added.entry.conversation === conversation && added.entry.seq === seq);
    assert.deepEqual(entry.body, { kind: 'renamed', title: 'Night shift', description: 'Ward 3' });
    const { change } = await ann.event(
      'state:changed',
      (changed) => changed.change.type === 'conversation' && changed.change.conversation.title === 'Night shift',
    );
    assert.ok(change.type === 'conversation' && change.conversation.description === 'Ward 3');
    const direct = await ann.startConversation('bob');
    await assert.rejects(ann.command('conversation:rename', { conversation: direct, cid: v7(), title: 'Us' }), refused('INVALID'));
    for (const title of ['two\nlines', '', 'x'.repeat(121)])
      await assert.rejects(ann.command('conversation:rename', { conversation, cid: v7(), title }), refused('INVALID'));
  });

  test('[attack 46] [E15] a message that races the end is before it or refused', async () => {
    const [ann, bob] = await Promise.all([server.connect('ann'), server.connect('bob')]);
    await server.connect('cyd');
    const outcomes = new Set<string>();
    for (let round = 0; round < 60; round += 1) {
      const conversation = await ann.startConversation('bob', 'cyd');
      const send = () => bob.send(conversation, 'still').catch((error: Refusal) => error.code);
      const first = round % 2 === 0 ? send() : undefined;
      const ending = ann.command('conversation:end', { conversation, cid: v7() });
      const sent = await (first ?? send());
      const { seq } = await ending;
      if (typeof sent === 'string') assert.equal(sent, 'CONVERSATION_ENDED');
      else assert.ok(sent.seq < seq);
      outcomes.add(typeof sent);
      const { entries } = await bob.command('entry:range', { conversation, limit: 10 });
      assert.equal(entries.at(-1)?.body.kind, 'ended');
    }
    assert.equal(outcomes.size, 2, 'the race had both outcomes');
  });
});
