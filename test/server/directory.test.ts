import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { LIMITS } from '#protocol';
import { stillServes } from '../support/attacks.js';
import { BackEnd } from '../support/back-end.js';
import { Refusal, TestClient, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const KEY = 'kept-in-the-vault-of-the-host-0123456789';
let server: TestServer;
let host: BackEnd;
let alice: TestClient;
before(async () => {
  server = await startServer({ hostKeys: [`demo=${KEY}`, 'other=kept-in-the-vault-of-another-0123456789'] });
  host = new BackEnd(server);
  alice = await server.connect('alice');
});
after(() => server.close());

const code = (expected: string) => (error: unknown) => error instanceof Refusal && error.code === expected;
const search = (text: string, kinds?: ('person' | 'group' | 'mailbox')[]) =>
  alice.command('directory:search', { text, limit: LIMITS.searchHits, ...(kinds && { kinds }) });
const browse = (page: object) => alice.command('directory:browse', { limit: LIMITS.browsePage, ...page });
const ids = ({ people }: { people: readonly { id: string }[] }) => people.map(({ id }) => id);

test('[M1, M4, M5] what the host says of a person is what everybody gets, and the host itself reads the rest', async () => {
  const greta = {
    name: 'Greta Holm',
    title: 'Radiologist',
    organisation: 'Ward 7',
    email: 'greta@clinic.example',
    phone: '+46 8 123-45 67',
    photo: '/photos/greta.png',
    chat: 'unavailable',
  } as const;
  assert.deepEqual(await host.do('PUT', 'users/greta', { ...greta, initiate: true }), { changed: 1 });
  assert.deepEqual((await alice.command('directory:get', { users: ['greta'] })).people, [{ id: 'greta', ...greta }]);
  assert.deepEqual(await host.do('GET', 'users/greta'), { user: { id: 'greta', ...greta, initiate: true, active: true } });
  await host.do('PUT', 'users/greta', { name: 'Greta Holm', chat: 'none' });
  assert.deepEqual((await alice.command('directory:get', { users: ['greta'] })).people, [
    { id: 'greta', name: 'Greta Holm', chat: 'none' },
  ]);
  assert.equal((await host.ask('GET', 'users/nobody')).outcome, '404 NOT_FOUND');
});

test('a sign-in brings address and telephone, erases nothing that the host gave, and an address that is none is left out', async () => {
  const photo = 'https://clinic.example/uma.png';
  await host.do('PUT', 'users/uma', { name: 'Uma', title: 'Surgeon', phone: '77', photo, chat: 'offered', initiate: true });
  const uma = await server.connect('uma', { claims: { name: 'Uma Berg', email: 'uma@clinic.example' } });
  const kept = { id: 'uma', name: 'Uma Berg', title: 'Surgeon', email: 'uma@clinic.example', phone: '77', photo, chat: 'offered' };
  assert.deepEqual((await uma.event('session:started')).session.user, kept, 'the session says what the directory says');
  assert.deepEqual(await host.do('GET', 'users/uma'), { user: { ...kept, initiate: true, active: true } });
  const odd = await server.connect('odd', { claims: { name: 'Odd', email: 'not an address\r\nBcc: x@y.example', phone: '5' } });
  assert.deepEqual((await odd.event('session:started')).session.user, { id: 'odd', name: 'Odd', phone: '5' });
});

test('[B19] a search finds groups and shared mailboxes by the words of their name, when it is asked for them', async () => {
  await host.do('PUT', 'users/tom', { name: 'Tom Trauma' });
  await host.do('PUT', 'groups/trauma', { name: 'Équipe Trauma', members: ['tom', 'alice', 'nobody'], email: 'trauma@clinic.example' });
  await host.do('PUT', 'mailboxes/desk', { name: 'Trauma desk', email: 'desk@clinic.example' });
  const trauma = { id: 'trauma', name: 'Équipe Trauma', kind: 'team', memberCount: 2, email: 'trauma@clinic.example' };
  const desk = { id: 'desk', name: 'Trauma desk', email: 'desk@clinic.example' };
  assert.deepEqual(await search('trau', ['person', 'group', 'mailbox']), {
    people: [{ id: 'tom', name: 'Tom Trauma' }],
    groups: [trauma],
    mailboxes: [desk],
  });
  assert.deepEqual(await search('equipe', ['group']), { people: [], groups: [trauma] });
  assert.deepEqual(await search('rauma', ['group', 'mailbox']), { people: [], groups: [], mailboxes: [] });
  assert.deepEqual(Object.keys(await search('trau')), ['people'], 'who asks as before is answered as before');
  await host.do('DELETE', 'mailboxes/desk');
  assert.deepEqual(await search('trau', ['mailbox']), { people: [], mailboxes: [] });
  assert.equal((await host.ask('DELETE', 'mailboxes/desk')).outcome, '404 NOT_FOUND');
  assert.equal((await host.ask('DELETE', 'groups/desk')).outcome, '404 NOT_FOUND');
});

test('[E24] people are listed all, by what a field contains, or by resource, page after page and each once', async () => {
  const fleet = Array.from({ length: 25 }, (_, index) => ({
    id: `crew-${index}`,
    name: `Crew ${String(index).padStart(2, '0')}`,
    organisation: index % 2 === 0 ? 'Köln Rescue' : 'Bonn Rescue',
    email: `crew-${index}@rescue.example`,
    phone: `0221 / 55-${index}${index}`,
  }));
  await host.do('POST', 'users/import', { users: fleet });
  const found: string[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await browse({ contains: 'RESCUE', field: 'organisation', limit: 10, ...(after && { after }) });
    found.push(...ids(page));
    after = page.next;
  }
  assert.deepEqual(
    found,
    fleet.map(({ id }) => id),
  );
  assert.deepEqual(ids(await browse({ contains: 'oln res', field: 'organisation' })).length, 13, 'the middle of a word counts');
  assert.deepEqual(ids(await browse({ contains: 'rescue', field: 'title' })), []);
  assert.deepEqual(ids(await browse({ contains: 'crew-7@', field: 'email' })), ['crew-7']);
  assert.deepEqual(ids(await browse({ contains: '022155-77' })), ['crew-7'], 'a number is found however it is written');
  await host.do('PUT', 'groups/truck-1', { name: 'Truck 1', kind: 'resource', members: ['crew-3', 'crew-1', 'nobody'] });
  assert.deepEqual(ids(await browse({ group: 'truck-1' })), ['crew-1', 'crew-3']);
  assert.deepEqual(ids(await browse({ group: 'truck-1', contains: '03' })), ['crew-3']);
  assert.deepEqual(ids(await browse({ group: 'truck-2' })), []);
  for (const after of ['', 'x', '[1,2]', '["a"]']) await assert.rejects(browse({ after }), code('INVALID'), after);
  const everybody = await browse({});
  assert.ok(everybody.people.length > 25 && everybody.next === null);
});

test('[E24] a page that ends at the longest name there can be is followed by the next', async () => {
  const longest = '\uFDFA'.repeat(LIMITS.personFieldLength);
  const users = ['endless-1', 'endless-2'].map((id) => ({ id, name: longest }));
  await host.do('POST', 'users/import', { users });
  const first = await browse({ field: 'name', contains: longest.slice(0, 3), limit: 1 });
  const second = await browse({ field: 'name', contains: longest.slice(0, 3), limit: 1, after: first.next });
  assert.deepEqual([ids(first), ids(second), second.next], [['endless-1'], ['endless-2'], null]);
});

test('[attack 76] signs that mean something to a database are ordinary signs, in every search', async () => {
  await host.do('PUT', 'users/percent', { name: 'Percent', title: '100 % Ünit_1', phone: '*21#' });
  await host.do('PUT', 'groups/odd', { name: 'a* "b" %', members: [] });
  for (const text of ['%', '_', '*', '"', "' OR 1=1 --", 'NEAR(a b)', '\\', ';--']) {
    assert.deepEqual(await search(text, ['person', 'group', 'mailbox']), { people: [], groups: [], mailboxes: [] }, text);
    const { people } = await browse({ contains: text });
    assert.ok(
      people.every(({ id }) => id === 'percent'),
      text,
    );
  }
  assert.deepEqual(ids(await browse({ contains: '% unit_', field: 'title' })), ['percent']);
  assert.deepEqual(ids(await browse({ contains: '*21#', field: 'phone' })), ['percent']);
});

test('[attack 77] ids that are names of what every object has are ids like others', async () => {
  for (const id of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
    await host.do('PUT', `users/${id}`, { name: `Proto ${id}` });
    await host.do('PUT', `groups/${id}`, { name: `Proto ${id}`, members: [id] });
    assert.deepEqual(ids(await browse({ group: id })), [id]);
    await alice.command('contact:add', { user: id });
    const { presences } = await alice.command('presence:subscribe', { users: [id] });
    assert.deepEqual(
      presences.map(({ user, presence }) => [user, presence.availability]),
      [[id, 'offline']],
    );
    await alice.command('contact:remove', { user: id });
  }
  assert.equal((await search('proto', ['person', 'group'])).groups?.length, 4);
  await stillServes(server);
});

test('[M5] who is deactivated is signed out at once, found no more, added nowhere, and stays in what they said', async () => {
  await host.do('PUT', 'users/gone', { name: 'Gone Gustav', title: 'Locum' });
  const [gone, second] = [await server.connect('gone'), await server.connect('gone')];
  const conversation = await alice.startConversation('gone');
  await gone.send(conversation, 'was here');
  await alice.command('contact:add', { user: 'gone' });

  await host.do('DELETE', 'users/gone');
  for (const device of [gone, second]) {
    assert.equal((await device.event('session:ended')).reason, 'revoked');
    await device.disconnected();
  }
  await assert.rejects(server.connect('gone'), code('DEACTIVATED'));
  assert.deepEqual(ids(await search('gustav')), []);
  assert.deepEqual(ids(await browse({ contains: 'gustav' })), []);
  for (const attempt of [
    () => alice.command('conversation:create', { cid: v7(), kind: 'group', members: ['gone', 'uma'] }),
    () => alice.command('contact-group:save', { id: v7(), name: 'Late', users: ['gone'] }),
    async () => (await server.connect('uma')).command('contact:add', { user: 'gone' }),
  ])
    await assert.rejects(attempt, code('NOT_FOUND'));
  const { people, members } = await alice.command('conversation:get', { conversation });
  assert.equal(people.find(({ id }) => id === 'gone')?.chat, 'unavailable', 'a grey badge and a name, for what was said');
  assert.ok(members.some(({ user }) => user === 'gone'));
  assert.equal((await host.ask('DELETE', 'users/nobody')).outcome, '404 NOT_FOUND');

  await host.do('PUT', 'users/gone', { name: 'Gone Gustav' });
  assert.deepEqual(ids(await search('gustav')), ['gone'], 'given again, they are there again');
  (await server.connect('gone')).close();
});

test('[attack 10] who is deactivated while they sign in is not let in', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 20; round += 1) {
    await host.do('PUT', 'users/racer', { name: 'Racer' });
    const token = await server.token('racer');
    const racer = new TestClient(server.url, 'racer', token);
    const over = new Promise((resolve) => {
      racer.socket.once('connect_error', resolve);
      racer.socket.once('disconnect', resolve);
    });
    await Promise.all([over, host.do('DELETE', 'users/racer')]);
    assert.equal(racer.connected, false);
  }
});

test('what the host changes about somebody who is signed in holds at once, for their rights too', async (t) => {
  const strict = await startServer({ initiate: 'authorised' });
  t.after(() => strict.close());
  const back = new BackEnd(strict);
  const [nurse] = [await strict.connect('nurse'), await strict.connect('bob')];
  await assert.rejects(nurse.startConversation('bob'), code('INITIATE_FORBIDDEN'));
  await back.do('PUT', 'users/nurse', { name: 'Head Nurse', initiate: true });
  const { session } = await nurse.event('session:changed', ({ session: now }) => now.policies.initiate);
  assert.equal(session.user.name, 'Head Nurse');
  await nurse.startConversation('bob');
  await back.do('POST', 'users/import', { users: [{ id: 'nurse', name: 'Head Nurse' }] });
  await nurse.event('session:changed', ({ session: now }) => !now.policies.initiate);
  await assert.rejects(nurse.startConversation('alice', 'bob'), code('INITIATE_FORBIDDEN'));
});

test('a host key has every right of its own tenant and none of another, and its value is in no answer', async () => {
  const keyed = new BackEnd(server, 'demo', KEY);
  await keyed.do('PUT', 'users/keyed', { name: 'Keyed' });
  await keyed.do('GET', 'policies');
  await keyed.do('POST', 'phone-state', { states: [{ user: 'keyed', state: 'idle', expiresIn: 5 }] });
  const other = new BackEnd(server, 'other', 'kept-in-the-vault-of-another-0123456789');
  assert.equal((await other.ask('GET', 'users/keyed')).outcome, '404 NOT_FOUND');
  for (const wrong of [KEY.slice(0, -1), `${KEY}0`, `demo=${KEY}`, 'x'.repeat(32), '..', '%']) {
    const refused = await new BackEnd(server, 'demo', wrong).ask('GET', 'policies');
    assert.equal(refused.outcome, '401 UNAUTHENTICATED', wrong);
    assert.doesNotMatch(JSON.stringify(refused.body), /vault/);
  }
  assert.equal((await new BackEnd(server, 'demo', null).ask('GET', 'policies')).outcome, '401 UNAUTHENTICATED');
});

test('refused keys count like refused tokens: an address that guesses is slowed down', async (t) => {
  const guarded = await startServer({ hostKeys: [`demo=${KEY}`], rateRefusals: 5 });
  t.after(() => guarded.close());
  const outcomes: string[] = [];
  for (let guess = 0; guess < 7; guess += 1)
    outcomes.push((await new BackEnd(guarded, 'demo', `guess-${guess}`).ask('GET', 'policies')).outcome);
  assert.deepEqual(outcomes, [...Array.from({ length: 5 }, () => '401 UNAUTHENTICATED'), '429 RATE_LIMITED', '429 RATE_LIMITED']);
});

test('each address wants its own right, before it reads a body, and says which field is wrong', async () => {
  const only = async (scope: string) => new BackEnd(server, 'demo', await server.token('back-end', { scope }));
  const directory = await only('parley:directory');
  assert.equal((await directory.ask('PUT', 'policies', '{"broken')).outcome, '403 ROLE_FORBIDDEN');
  assert.equal((await directory.ask('POST', 'phone-state', {})).outcome, '403 ROLE_FORBIDDEN');
  assert.equal((await (await only('parley:phone')).ask('DELETE', 'users/alice')).outcome, '403 ROLE_FORBIDDEN');
  assert.equal((await (await only('')).ask('GET', 'nothing')).outcome, '404 NOT_FOUND');
  const wrong: [string, string, unknown, RegExp][] = [
    ['PUT', 'users/x', { name: 'X', email: 'a@b.c\r\nBcc: d@e.f' }, /email/],
    ['PUT', 'users/x', { name: 'X', chat: 'sometimes' }, /chat/],
    ['PUT', 'users/x', { name: 'X', photo: 'javascript:alert(1)' }, /photo/],
    ['PUT', 'groups/x', { name: 'X', members: ['a b'] }, /members\[0\]/],
    ['PUT', 'mailboxes/x', { name: 'X', email: 'x' }, /email/],
    ['PUT', 'policies', { presance: 'consent' }, /presance/],
    ['PUT', 'policies', { visibleDays: 0 }, /visibleDays/],
    ['PUT', 'predefined-messages', { messages: [{ text: ' ' }] }, /messages\[0\]\.text/],
    ['POST', 'phone-state', { states: [{ user: 'x', state: 'asleep', expiresIn: 5 }] }, /states\[0\]\.state/],
    ['POST', 'phone-state', { states: [{ user: 'x', state: 'idle', expiresIn: 3_601 }] }, /states\[0\]\.expiresIn/],
  ];
  for (const [method, path, body, names] of wrong) {
    const { outcome, body: answer } = await host.ask(method, path, body);
    assert.equal(outcome, '400 INVALID', JSON.stringify(body));
    assert.match(JSON.stringify(answer), names);
  }
  assert.equal((await host.ask('GET', 'users/x')).outcome, '404 NOT_FOUND', 'a refusal changed nothing');
});
