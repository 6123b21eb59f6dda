import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import type { CommandReply, Entry } from '#protocol';
import { Refusal, startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

const TENANT = 'asking';
let server: TestServer;
before(async () => {
  server = await startServer();
  await server.server.storage.setPolicies(TENANT, { join: 'invite' });
});
after(() => server.close());

const connect = (...users: string[]): Promise<TestClient[]> =>
  Promise.all(users.map((user) => server.connect(user, { claims: { tenant: TENANT } })));
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const start = (client: TestClient, ...members: string[]) =>
  client.command('conversation:create', { cid: v7(), kind: 'group', members, title: 'Tumour board', description: 'Every Tuesday' });
const heard = (client: TestClient, conversation: string): Entry[] =>
  client
    .received('entry:added')
    .map(({ entry }) => entry)
    .filter((entry) => entry.conversation === conversation);
const invited = (client: TestClient, conversation: string) =>
  client.event(
    'state:changed',
    ({ change }) => change.type === 'invitations' && change.invitations.some((one) => one.conversation === conversation),
  );

describe('groups that ask first', () => {
  test('[B14] [B15] [E23] [SPEC I1] an invitation reaches who is signed in and waits for who is not; it says who asks, to what, and how many are in', async () => {
    const [ann, bob, gone] = await connect('ann', 'bob', 'later');
    assert.ok(ann && bob && gone);
    gone.close();
    const { conversation } = await start(ann, 'bob', 'later');
    assert.deepEqual([conversation.members, conversation.memberCount, conversation.description], [['ann'], 1, 'Every Tuesday']);
    const { change } = await invited(bob, conversation.id);
    assert.ok(change.type === 'invitations');
    const [invitation] = change.invitations;
    assert.deepEqual(
      { ...invitation, at: 0 },
      { conversation: conversation.id, inviter: 'ann', title: 'Tumour board', memberCount: 1, at: 0 },
    );
    assert.deepEqual(
      change.people.map(({ id }) => id),
      ['ann'],
    );
    const [back] = await connect('later');
    const { synced } = (await back?.event('session:started')) ?? assert.fail();
    assert.ok(synced.state?.invitations.some((one) => one.conversation === conversation.id));
    const { members } = await ann.command('conversation:get', { conversation: conversation.id });
    assert.deepEqual(
      members.map(({ user, active, invited: asked = false }) => ({ user, active, asked })),
      [
        { user: 'ann', active: true, asked: false },
        { user: 'bob', active: false, asked: true },
        { user: 'later', active: false, asked: true },
      ],
    );
  });

  test('[B17] [attack 38] [SPEC I2] to whom is invited, every reading is answered with the same bytes as for what does not exist, and no event comes', async () => {
    const [ann, bob] = await connect('ann', 'bob');
    assert.ok(ann && bob);
    const { conversation } = await start(ann, 'bob');
    await invited(bob, conversation.id);
    await ann.send(conversation.id, 'not for bob');
    const none = '0b5d2d0e-8f0c-4d9a-9d3e-3a3b8a0f7f11';
    for (const [name, payload] of [
      ['conversation:get', {}],
      ['entry:range', { limit: 10 }],
      ['history:text', {}],
      ['receipt:mark', { read: 1 }],
      ['typing:set', { active: true }],
      ['message:send', { cid: v7(), text: 'x', links: [] }],
      ['conversation:leave', { cid: v7() }],
    ] as const) {
      const here = await bob.answer(name, { as: 'bob', conversation: conversation.id, ...payload });
      const nowhere = await bob.answer(name, { as: 'bob', conversation: none, ...payload });
      assert.equal(JSON.stringify(here), JSON.stringify(nowhere), name);
      assert.equal(here.ok ? '' : here.error.code, 'NOT_FOUND');
    }
    const { conversations } = await bob.command('conversation:list', { ids: [conversation.id], limit: 5 });
    assert.deepEqual(conversations, []);
    assert.deepEqual(heard(bob, conversation.id), []);
  });

  test('[B15] [B16] [B17] [SPEC I3] who joins hears of it and of what follows, on every device; the others hear who has come', async () => {
    const [ann, bob, phone] = await connect('ann', 'bob', 'bob');
    assert.ok(ann && bob && phone);
    const { conversation } = await start(ann, 'bob');
    await ann.send(conversation.id, 'before');
    const joined = await bob.command('conversation:join', { conversation: conversation.id, cid: v7() });
    assert.deepEqual(joined.conversation.members, ['ann', 'bob']);
    assert.equal(joined.conversation.floor, joined.seq);
    const after = await ann.send(conversation.id, 'after');
    for (const device of [bob, phone]) {
      await device.event('entry:added', ({ entry }) => entry.conversation === conversation.id && entry.seq === after.seq);
      assert.deepEqual(
        heard(device, conversation.id).map(({ seq }) => seq),
        [joined.seq, after.seq],
      );
      await device.event(
        'state:changed',
        ({ change }) => change.type === 'invitations' && !change.invitations.some((one) => one.conversation === conversation.id),
      );
      await device.event('state:changed', ({ change }) => change.type === 'conversation' && change.conversation.id === conversation.id);
    }
    assert.deepEqual(heard(ann, conversation.id).find(({ seq }) => seq === joined.seq)?.body, { kind: 'joined', users: ['bob'] });
    const range = await bob.command('entry:range', { conversation: conversation.id, limit: 50 });
    assert.equal(range.floor, joined.seq);
    const revisions = phone.received('state:changed').map(({ revision }) => revision);
    assert.deepEqual(
      revisions,
      revisions.map((_, index) => (revisions[0] ?? 0) + index),
      'each change follows the one before',
    );
  });

  test('[SPEC I2] [L4] who has left and is asked to come back reads their own period, and may do nothing but answer', async () => {
    const [ann, bob] = await connect('ann', 'bob');
    assert.ok(ann && bob);
    const { conversation } = await start(ann, 'bob');
    await bob.command('conversation:join', { conversation: conversation.id, cid: v7() });
    const { seq } = await bob.command('conversation:leave', { conversation: conversation.id, cid: v7() });
    await ann.command('conversation:invite', { conversation: conversation.id, cid: v7(), users: ['bob'] });
    await ann.send(conversation.id, 'meanwhile');
    assert.equal((await bob.command('entry:range', { conversation: conversation.id, limit: 10 })).head, seq);
    assert.ok(!(await bob.command('history:text', { conversation: conversation.id })).text.includes('meanwhile'));
    await assert.rejects(bob.send(conversation.id, 'x'), refused('NOT_FOUND'));
    await assert.rejects(bob.command('typing:set', { conversation: conversation.id, active: true }), refused('NOT_FOUND'));
    assert.ok((await bob.command('conversation:join', { conversation: conversation.id, cid: v7() })).seq > seq);
  });

  test('[B15] [SPEC I4] who declines is forgotten there, and the others are told', async () => {
    const [ann, bob] = await connect('ann', 'bob');
    assert.ok(ann && bob);
    const { conversation } = await start(ann, 'bob');
    const cid = v7();
    assert.deepEqual(await bob.command('conversation:decline', { conversation: conversation.id, cid }), {});
    assert.deepEqual(await bob.command('conversation:decline', { conversation: conversation.id, cid }), {}, 'again: the same answer');
    const { entry } = await ann.event('entry:added', ({ entry: { body } }) => body.kind === 'declined');
    assert.equal(entry.author, 'bob');
    await assert.rejects(bob.command('conversation:join', { conversation: conversation.id, cid: v7() }), refused('NOT_FOUND'));
    const { members } = await ann.command('conversation:get', { conversation: conversation.id });
    assert.deepEqual(
      members.map(({ user }) => user),
      ['ann'],
    );
    assert.deepEqual(heard(bob, conversation.id), []);
  });

  test('[B12] [B13] whoever is in asks others in; a direct chat asks nobody', async () => {
    const [ann, bob, cyd] = await connect('ann', 'bob', 'cyd');
    assert.ok(ann && bob && cyd);
    const { conversation } = await start(ann, 'bob');
    await bob.command('conversation:join', { conversation: conversation.id, cid: v7() });
    await bob.command('conversation:invite', { conversation: conversation.id, cid: v7(), users: ['cyd'] });
    const { change } = await invited(cyd, conversation.id);
    assert.ok(change.type === 'invitations' && change.invitations.find((one) => one.conversation === conversation.id)?.inviter === 'bob');
    const direct = await ann.startConversation('cyd');
    assert.equal((await cyd.send(direct, 'in at once')).duplicate, false);
  });

  test('[E15] [SPEC I6] [attack 46] a joining that races the end comes before it or is refused, whoever wins', async () => {
    const [ann, bob] = await connect('ann', 'bob');
    assert.ok(ann && bob);
    const outcomes = new Set<string>();
    for (let round = 0; round < 60; round += 1) {
      const { conversation } = await start(ann, 'bob');
      const join = (): Promise<CommandReply<'conversation:join'> | string> =>
        bob.command('conversation:join', { conversation: conversation.id, cid: v7() }).catch((error: Refusal) => error.code);
      const first = round % 2 === 0 ? join() : undefined;
      const ending: Promise<CommandReply<'conversation:end'>> = ann.command('conversation:end', {
        conversation: conversation.id,
        cid: v7(),
      });
      const joined = await (first ?? join());
      const ended = await ending;
      if (typeof joined === 'string') {
        assert.equal(joined, 'CONVERSATION_ENDED');
        assert.equal(ended.seq, 2);
      } else assert.ok(joined.seq < ended.seq);
      outcomes.add(typeof joined);
    }
    assert.equal(outcomes.size, 2, 'the race had both outcomes');
  });
});

test('[B12] [B17] [SPEC R6] members are told from which entry on somebody is in, and no entry that they do not see themselves', async () => {
  const [ann, bob, cyd] = await connect('ann', 'bob', 'cyd');
  assert.ok(ann && bob && cyd);
  const { conversation } = await start(ann, 'bob');
  const { id } = conversation;
  const first = await bob.command('conversation:join', { conversation: id, cid: v7() });
  await ann.command('conversation:invite', { conversation: id, cid: v7(), users: ['cyd'] });
  const second = await cyd.command('conversation:join', { conversation: id, cid: v7() });
  const sinceOf = async (client: TestClient) =>
    (await client.command('conversation:get', { conversation: id })).members.map(({ user, since }) => [user, since]);
  assert.deepEqual(await sinceOf(ann), [
    ['ann', undefined],
    ['bob', first.seq],
    ['cyd', second.seq],
  ]);
  assert.deepEqual(await sinceOf(cyd), [
    ['ann', undefined],
    ['bob', undefined],
    ['cyd', second.seq],
  ]);
});

test('[B15] [B17] [SPEC S8] [SPEC I5] who joins or leaves is told to the others by the entry alone, however many they are', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `guest-${index}`);
  const [ann, waiting, ...guests] = await connect('ann', 'waiting', ...names);
  assert.ok(ann && waiting);
  const { conversation } = await start(ann, 'waiting', ...names);
  const { id } = conversation;
  await Promise.all([waiting, ...guests].map((guest) => invited(guest, id)));
  const all = [ann, waiting, ...guests];
  const revision = async (client: TestClient) => (await client.command('session:heads', {})).revision;
  const before = await Promise.all(all.map(revision));
  for (const client of all) client.events.length = 0;
  await Promise.all(guests.map((guest) => guest.command('conversation:join', { conversation: id, cid: v7() })));
  await ann.until(() => heard(ann, id).length === names.length);
  // Of who asked and who waits nothing was revised; of who joined the invitation went and the conversation came.
  const steps = async () => (await Promise.all(all.map(revision))).map((now, index) => now - (before[index] ?? 0));
  assert.deepEqual(await steps(), [0, 0, ...names.map(() => 2)]);
  const [first, ...others] = guests;
  await first?.command('conversation:leave', { conversation: id, cid: v7() });
  await Promise.all([ann, ...others].map((member) => member.event('entry:added', ({ entry }) => entry.body.kind === 'left')));
  assert.deepEqual(await steps(), [0, 0, 3, ...others.map(() => 2)]);
  const { conversations } = await ann.command('conversation:list', { ids: [id], limit: 1 });
  assert.equal(conversations[0]?.memberCount, names.length, 'which is what their clients ask for');
  await ann.command('conversation:rename', { conversation: id, cid: v7(), title: 'Other' });
  const { change } = await waiting.event('state:changed', ({ change: { type } }) => type === 'invitations');
  const card = change.type === 'invitations' ? change.invitations.find((one) => one.conversation === id) : undefined;
  assert.deepEqual([card?.title, card?.memberCount], ['Other', names.length], 'another title is told, with how many are in by then');
});
