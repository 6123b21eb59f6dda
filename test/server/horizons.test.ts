import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import { commands } from '#protocol';
import type { CommandName } from '#protocol';
import { startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

const TENANT = 'asking';
/** In the text of every message that the one who looks may not read. */
const CANARY = 'the biopsy was malignant';

let server: TestServer;
before(async () => {
  server = await startServer({ timings: { headsDigest: 50 } });
  await server.server.storage.setPolicies(TENANT, { join: 'invite' });
});
after(() => server.close());

/** All that a client has got, in whatever event. */
const heard = (client: TestClient): string => JSON.stringify(client.events.map(({ payload }) => payload));

for (const transport of ['websocket', 'polling'] as const) {
  test(`[attack 39] [SPEC I2] who is only invited gets neither the history, nor messages of members, nor an unread count (${transport})`, async () => {
    const connect = (user: string) => server.connect(user, { claims: { tenant: TENANT }, client: { transports: [transport] } });
    const [ann, cyd, bob] = await Promise.all([connect('ann'), connect('cyd'), connect('bob')]);
    const started = await ann.command('conversation:create', { cid: v7(), kind: 'group', members: ['bob', 'cyd'], title: 'Board' });
    const conversation = started.conversation.id;
    await cyd.command('conversation:join', { conversation, cid: v7() });
    for (let number = 0; number < 5; number += 1) await (number % 2 === 0 ? ann : cyd).send(conversation, `${CANARY} ${number}`);
    await bob.event('state:changed', ({ change }) => change.type === 'invitations');
    const reads: [CommandName, Record<string, unknown>][] = [
      ['entry:range', { limit: 50 }],
      ['entry:range', { after: 0, limit: 50 }],
      ['entry:range', { before: 5, limit: 50 }],
      ['conversation:get', {}],
      ['message:search', { text: 'biopsy', limit: 20 }],
      ['message:search', { text: 'biopsy', limit: 20, before: `${conversation}:5` }],
      ['history:text', {}],
      ['history:text', { after: 0 }],
      ['history:send', { cid: v7(), to: [{ user: 'bob' }] }],
      ['receipt:mark', { delivered: 1 }],
      ['receipt:mark', { read: 1 }],
    ];
    const answers: string[] = [];
    for (const [name, payload] of reads) {
      const here = await bob.answer(name, { as: 'bob', conversation, ...payload });
      const none = randomUUID();
      const nowhere = await bob.answer(name, {
        as: 'bob',
        ...(JSON.parse(JSON.stringify({ conversation, ...payload }).replaceAll(conversation, none)) as object),
      });
      assert.deepEqual(here, nowhere, name);
      assert.equal(here.ok ? '' : here.error.code, 'NOT_FOUND', name);
      answers.push(JSON.stringify(here));
    }
    // What is not about one conversation: the list, the state and what has moved leave it out, and so do the digest and every event.
    const { conversations } = await bob.command('conversation:list', { ids: [conversation], limit: 5 });
    const { hits } = await bob.command('message:search', { text: 'biopsy', limit: 20 });
    const { heads } = await bob.command('session:heads', {});
    const { state } = await bob.command('session:sync', {});
    assert.deepEqual([conversations, hits, heads, state?.conversations], [[], [], [], []]);
    assert.deepEqual(
      state?.invitations.map((one) => Object.keys(one).sort()),
      [['at', 'conversation', 'inviter', 'memberCount', 'title']],
      'and the invitation has no count of what is unread',
    );
    await cyd.event('heads:digest', (digest) => digest.heads.some((head) => head.conversation === conversation));
    await bob.command('session:heads', {});
    assert.ok(!heard(bob).includes(CANARY) && !answers.join('').includes(CANARY));
    assert.deepEqual(
      bob.events.filter(({ payload }) => JSON.stringify(payload).includes(conversation)).map(({ name }) => name),
      ['state:changed'],
      'they hear of the invitation, and of nothing else of it',
    );
    await ann.command('conversation:end', { conversation, cid: v7() });
    for (const client of [ann, bob, cyd]) client.close();
  });
}

interface Definition {
  type: string;
  shape?: Record<string, Schema>;
  innerType?: Schema;
  in?: Schema;
  element?: Schema;
  options?: readonly Schema[];
  valueType?: Schema;
}
type Schema = { _zod: { def: Definition } };

/** Where a payload holds a value of this type: `before.updatedAt`, `to[].email`. */
function placesOf(schema: Schema, type: string, at = ''): string[] {
  const { def } = schema._zod;
  if (def.type === type) return [at];
  const inside: [string, Schema | undefined][] = [
    ...Object.entries(def.shape ?? {}).map(([key, value]): [string, Schema] => [at === '' ? key : `${at}.${key}`, value]),
    ...(def.options ?? []).map((option): [string, Schema] => [at, option]),
    [at, def.innerType],
    [at, def.in],
    [`${at}[]`, def.element],
    [`${at}{}`, def.valueType],
  ];
  return [...new Set(inside.flatMap(([where, value]) => (value === undefined ? [] : placesOf(value, type, where))))];
}

describe('[attack 41] a number of an entry before the own time', () => {
  /** Every number that a command takes and that is the number of an entry; a message takes none: there is no answering or quoting by number. */
  const NUMBERS: Partial<Record<CommandName, string[]>> = {
    'entry:range': ['after', 'before'],
    'history:text': ['after'],
    'receipt:mark': ['delivered', 'read'],
  };
  /** The other ones: revisions, times and how many. */
  const OTHERS = ['revision', 'limit', 'before.updatedAt', 'sentAt', 'change.autoAwayMinutes'];

  test('[attack 41] is taken by reads and marks only, and a message refers to no other', () => {
    const taken: Partial<Record<CommandName, string[]>> = {};
    for (const [name, { payload }] of Object.entries(commands)) {
      const places = placesOf(payload as unknown as Schema, 'number').filter((place) => !OTHERS.includes(place));
      if (places.length > 0) taken[name as CommandName] = places.sort();
    }
    assert.deepEqual(taken, NUMBERS, 'a new command that takes one needs a case below');
    const message = commands['message:send'].payload as unknown as Schema;
    assert.deepEqual(Object.keys(message._zod.def.shape ?? {}).sort(), ['cid', 'conversation', 'links', 'sentAt', 'text']);
    assert.deepEqual(placesOf(message, 'string').sort(), [
      'cid',
      'conversation',
      'links[].context{}',
      'links[].href',
      'links[].id',
      'links[].kind',
      'links[].label',
      'text',
    ]);
  });

  test('[attack 41] says nothing of what was before, whichever command it is given to', async () => {
    const [ann, bob, cyd] = await Promise.all([server.connect('ann'), server.connect('bob'), server.connect('cyd')]);
    const { conversation } = await ann.command('conversation:create', { cid: v7(), kind: 'group', members: ['bob'] });
    const { id } = conversation;
    const secret = await ann.send(id, CANARY);
    await bob.send(id, CANARY);
    const { seq: joined } = await ann.command('conversation:invite', { conversation: id, cid: v7(), users: ['cyd'] });
    await ann.send(id, 'welcome');
    await cyd.event('entry:added', ({ entry }) => entry.conversation === id && entry.seq === joined + 1);
    const marksBefore = (await cyd.command('receipt:mark', { conversation: id })).marks;
    const toldBefore = bob.received('receipt:moved').length;
    const answers: string[] = [];
    for (let seq = 0; seq < joined; seq += 1) {
      const after = await cyd.command('entry:range', { conversation: id, after: seq, limit: 200 });
      assert.deepEqual([after.entries[0]?.seq, after.floor, after.from], [joined, joined, joined]);
      const before = await cyd.command('entry:range', { conversation: id, before: seq + 1, limit: 200 });
      assert.deepEqual([before.entries, before.from, before.to], [[], 0, 0]);
      const text = await cyd.command('history:text', { conversation: id, after: seq });
      assert.ok(text.text.includes('welcome'));
      const search = await cyd.answer('message:search', { as: 'cyd', text: 'biopsy', limit: 20, before: `${id}:${seq + 1}` });
      if (seq + 1 < joined) assert.equal(search.ok ? '' : search.error.code, 'NOT_FOUND');
      const marked = await cyd.command('receipt:mark', { conversation: id, delivered: seq, read: seq });
      assert.deepEqual(marked.marks, marksBefore, 'a mark before the own time marks nothing');
      answers.push(...[after, before, text, search, marked].map((answer) => JSON.stringify(answer)));
    }
    await bob.command('session:heads', {});
    assert.equal(bob.received('receipt:moved').length, toldBefore, 'and nobody is told of it');
    assert.ok(!answers.join('').includes(CANARY) && !heard(cyd).includes(CANARY));

    // Whatever a client calls it: the server knows no such thing, stores nothing of it and tells nothing of it.
    const reference = { seq: secret.seq, cid: secret.cid, conversation: id };
    const names = ['quote', 'quotes', 'replyTo', 'reply', 'inReplyTo', 'parent', 'thread', 'forward', 'references', 'edits', 'of', 'seq'];
    const words = Object.fromEntries(names.map((name) => [name, reference]));
    const sent = await cyd.command('message:send', { conversation: id, cid: v7(), text: 'an answer', links: [], ...words });
    const { entries } = await cyd.command('entry:range', { conversation: id, after: sent.seq - 1, limit: 1 });
    assert.deepEqual(entries[0]?.body, { kind: 'message', text: 'an answer', links: [] });
    for (const name of ['message:quote', 'message:reply', 'message:forward', 'entry:get', 'message:amend', 'message:delete']) {
      const answer = await cyd.answer(name, { as: 'cyd', ...reference, cid: v7() });
      assert.equal(answer.ok ? '' : answer.error.code, 'UNKNOWN_COMMAND', name);
    }
  });
});
