import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { events } from '#protocol';
import { type Refusal, startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';
import { isAboutConversation } from '../../server/domain/permissions.js';
import { commandNames, payloads } from './command-payloads.js';

const aboutConversations = commandNames.filter(isAboutConversation);
const about = (conversation: string) => ({ conversation, other: 'bob', newcomer: 'dave', token: '' });
let server: TestServer;
before(async () => {
  server = await startServer();
  // Whoever has been here once is in the directory, and may be asked in.
  (await server.connect('dave')).close();
});
after(() => server.close());

/** How long the two take is measured by `npm run bench -- --uniform`: medians on a busy machine decide nothing here. */
test('[attack 38] what exists and is not mine is answered with the same bytes as what does not exist', async () => {
  const [owner, stranger] = await Promise.all([server.connect('owner'), server.connect('stranger'), server.connect('bob')]);
  const elsewhere = await Promise.all(['stranger', 'bob'].map((user) => server.connect(user, { claims: { tenant: 'elsewhere' } })));
  const conversation = await owner.startConversation('bob', 'dave');
  const removed = await owner.startConversation('bob', 'stranger');
  await owner.command('conversation:remove', { conversation: removed, cid: v7(), user: 'stranger' });
  const foreign = (await elsewhere[0]?.startConversation('bob')) ?? '';
  for (const command of aboutConversations) {
    const ask = async (id: string) => JSON.stringify(await stranger.answer(command, { as: 'stranger', ...payloads[command](about(id)) }));
    const none = await ask(randomUUID());
    assert.match(none, /NOT_FOUND/, command);
    for (const id of [conversation, removed, foreign]) assert.equal(await ask(id), none, command);
  }
});

test('[attack 40] [L3] who joins reads and hears from the joining entry on', async () => {
  const [owner, joiner] = await Promise.all([server.connect('owner'), server.connect('joiner'), server.connect('bob')]);
  const conversation = await owner.startConversation('bob', 'dave');
  await owner.send(conversation, 'before');
  const { seq: joined } = await owner.command('conversation:invite', { conversation, cid: v7(), users: ['joiner'] });
  await owner.send(conversation, 'after');
  await joiner.event('entry:added', ({ entry }) => entry.seq === joined + 1);
  const heard = joiner
    .received('entry:added')
    .map(({ entry }) => entry)
    .filter((entry) => entry.conversation === conversation);
  assert.deepEqual(
    heard.map(({ seq }) => seq),
    [joined, joined + 1],
  );
  const range = await joiner.command('entry:range', { conversation, after: 0, limit: 200 });
  assert.equal(range.floor, joined);
  assert.deepEqual(
    range.entries.map(({ seq }) => seq),
    [joined, joined + 1],
  );
});

test('[L3] [G12] who leaves hears their own leaving and nothing after it', async () => {
  const [owner, leaver, bob] = await Promise.all([server.connect('owner'), server.connect('leaver'), server.connect('bob')]);
  const conversation = await owner.startConversation('leaver', 'bob');
  const [{ seq: left }] = await Promise.all([
    leaver.command('conversation:leave', { conversation, cid: v7() }),
    ...Array.from({ length: 20 }, (_, index) => owner.send(conversation, `race ${index}`)),
  ]);
  const { seq: last } = await owner.send(conversation, 'after');
  await bob.event('entry:added', ({ entry }) => entry.conversation === conversation && entry.seq === last);
  // Whatever was on its way to the leaver came before the answer to this.
  await leaver.command('session:heads', {});
  const heard = leaver
    .received('entry:added')
    .map(({ entry }) => entry)
    .filter((entry) => entry.conversation === conversation);
  assert.equal(Math.max(...heard.map(({ seq }) => seq)), left);
  const own = await leaver.command('entry:range', { conversation, limit: 200 });
  assert.equal(own.head, left);
});

test('[attack 42] [R2] a mark beyond the head or of a conversation of others is refused, moves nothing and is told to nobody', async () => {
  const [owner, bob, stranger] = await Promise.all([server.connect('owner'), server.connect('bob'), server.connect('stranger')]);
  const conversation = await owner.startConversation('bob');
  const { seq } = await owner.send(conversation, 'x');
  const marks = async () => (await owner.command('conversation:get', { conversation })).members.map(({ user, ...rest }) => [user, rest]);
  const before = await marks();
  owner.events.length = 0;
  for (const mark of [{ read: seq + 1 }, { delivered: seq + 1 }, { delivered: seq, read: 99 }, { read: Number.MAX_SAFE_INTEGER }])
    await assert.rejects(bob.command('receipt:mark', { conversation, ...mark }), (error: Refusal) => error.code === 'INVALID');
  for (const mark of [{ read: 1 }, { delivered: seq }, { read: seq + 1 }])
    await assert.rejects(stranger.command('receipt:mark', { conversation, ...mark }), (error: Refusal) => error.code === 'NOT_FOUND');
  // Whose mark it is, is who sends it.
  await assert.rejects(
    stranger.answer('receipt:mark', { as: 'bob', conversation, read: seq }).then((answer) => {
      if (!answer.ok) throw new Error(answer.error.code);
    }),
    /WRONG_USER/,
  );
  await owner.command('session:heads', {});
  assert.deepEqual(await marks(), before);
  assert.deepEqual(owner.received('receipt:moved'), []);
});

test('[attack 43] without the right to initiate: no conversation of either kind, but taking part', async () => {
  const strict = await startServer({ initiate: 'authorised' });
  const [limited, allowed] = await Promise.all([
    strict.connect('limited'),
    strict.connect('allowed', { claims: { initiate: true } }),
    strict.connect('bob'),
  ]);
  assert.equal((await limited.event('session:started')).session.policies.initiate, false);
  for (const [kind, members] of [
    ['direct', ['bob']],
    ['group', ['bob', 'allowed']],
  ] as const) {
    await assert.rejects(
      limited.command('conversation:create', { cid: v7(), kind, members: [...members] }),
      (error: Refusal) => error.code === 'INITIATE_FORBIDDEN',
    );
  }
  const conversation = await allowed.startConversation('limited');
  const there = { kind: 'direct' as const, members: ['allowed'] };
  const found = await limited.command('conversation:create', { cid: v7(), ...there });
  assert.deepEqual([found.conversation.id, found.created], [conversation, false], '[SPEC F4] what is there is opened, not started');
  await allowed.command('conversation:end', { conversation, cid: v7() });
  await assert.rejects(
    limited.command('conversation:create', { cid: v7(), ...there }),
    (error: Refusal) => error.code === 'INITIATE_FORBIDDEN',
    'what was ended has to be started again',
  );
  const again = await allowed.startConversation('limited');
  assert.equal((await limited.send(again, 'I may answer')).duplicate, false);
  await strict.close();
});

test('[attack 44] nobody lets themselves in, nobody is let into what has ended, and a direct conversation keeps its two members', async () => {
  const [owner, stranger, bob] = await Promise.all([server.connect('owner'), server.connect('stranger'), server.connect('bob')]);
  const group = await owner.startConversation('bob', 'dave');
  await assert.rejects(
    stranger.command('conversation:invite', { conversation: group, cid: v7(), users: ['stranger'] }),
    (error: Refusal) => error.code === 'NOT_FOUND',
  );
  for (const command of ['conversation:join', 'conversation:decline'] as const)
    await assert.rejects(stranger.command(command, { conversation: group, cid: v7() }), (error: Refusal) => error.code === 'NOT_FOUND');
  const over = await owner.startConversation('bob', 'dave');
  await owner.command('conversation:end', { conversation: over, cid: v7() });
  for (const by of [owner, bob])
    await assert.rejects(
      by.command('conversation:invite', { conversation: over, cid: v7(), users: ['stranger'] }),
      (error: Refusal) => error.code === 'CONVERSATION_ENDED',
    );
  const { members } = await owner.command('conversation:get', { conversation: group });
  assert.ok(!members.some(({ user }) => user === 'stranger'));
  const direct = await owner.startConversation('bob');
  await assert.rejects(
    owner.command('conversation:invite', { conversation: direct, cid: v7(), users: ['stranger'] }),
    (error: Refusal) => error.code === 'INVALID',
  );
  await assert.rejects(
    owner.command('conversation:create', { cid: v7(), kind: 'direct', members: ['owner'] }),
    (error: Refusal) => error.code === 'INVALID',
  );
  await assert.rejects(
    owner.command('conversation:create', { cid: v7(), kind: 'direct', members: ['nobody-knows'] }),
    (error: Refusal) => error.code === 'NOT_FOUND',
  );
});

test('[attack 45] [L2] no client writes joined, left or started', async () => {
  const [owner] = await Promise.all([server.connect('forger'), server.connect('bob')]);
  const conversation = await owner.startConversation('bob');
  for (const body of [
    { kind: 'joined', users: ['stranger'] },
    { kind: 'left', users: ['bob'] },
  ]) {
    const answer = await owner.answer('message:send', { as: 'forger', conversation, cid: v7(), body, ...body });
    assert.equal(answer.ok ? '' : answer.error.code, 'INVALID');
  }
  const entry = { conversation, seq: 2, author: 'bob', at: 1, body: { kind: 'left', users: ['bob'] } };
  for (const event of Object.keys(events)) {
    const answer = await owner.answer(event, { as: 'forger', entry, ...entry });
    assert.equal(answer.ok ? '' : answer.error.code, 'UNKNOWN_COMMAND', event);
  }
  const { entries, head } = await owner.command('entry:range', { conversation, limit: 10 });
  assert.deepEqual([head, entries.map(({ body }) => body.kind)], [1, ['started']]);
  assert.deepEqual(
    owner.received('entry:added').filter((added) => added.entry.conversation === conversation && added.entry.seq > 1),
    [],
  );
});

/** As many as the list asks for in a run before a release: `PARLEY_TEST_RUNS=1000`. */
const RACES = Math.max(200, Number(process.env['PARLEY_TEST_RUNS'] ?? 0));

test(`[attack 46] [L8] a send that races the own leaving is before it, or refused (${RACES} races)`, async () => {
  const [owner, racer] = await Promise.all([server.connect('owner'), server.connect('racer'), server.connect('bob')]);
  const desk = await server.connect('racer');
  let refused = 0;
  for (let round = 0; round < RACES; round++) {
    const conversation = await owner.startConversation('racer', 'bob');
    // From two devices, and either one first: which wins is for the store to say.
    const leaveFirst = round % 2 === 0;
    const leaving = leaveFirst ? racer.command('conversation:leave', { conversation, cid: v7() }) : undefined;
    const sending = desk.send(conversation, 'still in').catch((error: Refusal) => error.code);
    const left = await (leaving ?? racer.command('conversation:leave', { conversation, cid: v7() }));
    const sent = await sending;
    const { entries } = await racer.command('entry:range', { conversation, limit: 10 });
    assert.equal(entries.at(-1)?.seq, left.seq, 'their own leaving is the last that they see');
    assert.equal(entries.filter(({ body }) => body.kind === 'message').length, typeof sent === 'string' ? 0 : 1);
    if (typeof sent === 'string') {
      assert.equal(sent, 'NOT_FOUND');
      refused += 1;
    } else assert.ok(sent.seq < left.seq);
  }
  assert.ok(refused > 0 && refused < RACES, `the race had both outcomes: ${refused} of ${RACES} were refused`);
});

test('[attack 76] % and _ in a search are letters', async () => {
  await server.connect('percent', { claims: { name: '100% Percent' } });
  const searcher: TestClient = await server.connect('searcher');
  const ids = async (text: string) => (await searcher.command('directory:search', { text, limit: 20 })).people.map(({ id }) => id);
  assert.deepEqual(await ids('Percent'), ['percent']);
  for (const text of ["' OR 1=1 --", '"', '*', 'Name" OR "x', 'NEAR(a b)', '%zz', '__']) await ids(text);
  assert.ok(!(await ids('%')).includes('searcher'));
});

test('[attack 48] [W3] [W4] somebody invisible looks like somebody who is offline; a stranger to the tenant is unknown', async () => {
  const [watcher, hidden, gone] = await Promise.all([server.connect('watcher'), server.connect('hidden'), server.connect('gone')]);
  await hidden.command('presence:set', { availability: 'invisible' });
  await gone.command('session:end', {});
  const { presences } = await watcher.command('presence:subscribe', { users: ['hidden', 'gone', 'no-such-user'] });
  const of = (user: string) => {
    const { since, ...seen } = presences.find((each) => each.user === user)?.presence ?? { since: 0 };
    assert.ok(since > 0);
    return seen;
  };
  assert.deepEqual(of('hidden'), { availability: 'offline' });
  assert.deepEqual(of('gone'), of('hidden'));
  assert.deepEqual(of('no-such-user'), { availability: 'unknown' });
});
