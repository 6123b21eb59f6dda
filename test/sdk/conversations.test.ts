import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { DEFAULT_PREFERENCES, TIMES } from '#protocol';
import { createParley } from '#sdk';
import type { Conversation, Parley, PageEvent, Session } from '#sdk';
import { chatId, CONVERSATION, entryId, FakeServer, OTHER } from './support/fake-server.js';

let server: FakeServer;
let parley: Parley;
let session: Session;
let page: Map<PageEvent, () => void>;
let list: readonly Conversation[];

beforeEach(async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  server = new FakeServer();
  server.commit(OTHER, 'first');
  page = new Map();
  const onPage = (event: PageEvent, act: () => void) => {
    page.set(event, act);
    return () => page.delete(event);
  };
  parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: { ...server.environment(), onPage } });
  session = await parley.connect();
  session.conversations.list$.subscribe((now) => (list = now));
});
afterEach(() => {
  parley.dispose();
  assert.equal(page.size, 0, 'every page listener is removed');
  mock.timers.reset();
});

async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone <= ms; gone += 250) {
    if (gone > 0) mock.timers.tick(250);
    for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  }
}

const asked = (name: string) => server.sent.filter((question) => question.name === name).map(({ frame }) => frame);
const commit = (text: string) => server.tell('entry:added', { entry: server.commit(OTHER, text) });

test('[R5] [D1] a live entry moves the summary without a question', async () => {
  commit('second');
  commit('third');
  await pass(0);
  assert.deepEqual([list[0]?.head, list[0]?.unread, list[0]?.last?.seq], [3, 2, 3]);
  assert.equal(asked('conversation:list').length, 0);
});

test('[R1] a burst of entries is one "delivered", and reading is one mark that only grows', async () => {
  for (let n = 0; n < 20; n++) commit(`${n}`);
  await pass(500);
  assert.deepEqual(
    asked('receipt:mark').map(({ delivered }) => delivered),
    [21],
  );
  session.conversations.markRead(CONVERSATION);
  session.conversations.markRead(CONVERSATION);
  assert.equal(list[0]?.unread, 0);
  await pass(500);
  assert.deepEqual(
    asked('receipt:mark').map(({ read }) => read),
    [undefined, 21],
  );
});

test('[SPEC S2] a revision that does not follow asks once for the snapshot; one that is held is dropped', async () => {
  const settings = { ...DEFAULT_PREFERENCES, availability: 'busy' as const, statusMessages: {} };
  const seen: string[] = [];
  session.settings$.subscribe(({ availability }) => seen.push(availability));
  server.tell('state:changed', { revision: 1, change: { type: 'settings', settings } });
  assert.deepEqual(seen, ['available']);
  server.tell('state:changed', { revision: 2, change: { type: 'settings', settings } });
  assert.deepEqual(seen, ['available', 'busy']);
  server.revision = 5;
  for (const revision of [4, 5]) server.tell('state:changed', { revision, change: { type: 'settings', settings } });
  await pass(0);
  assert.deepEqual(
    asked('session:sync').map(({ revision }) => revision),
    [2],
  );
  server.tell('state:changed', { revision: 6, change: { type: 'unknown' } });
  await pass(0);
  assert.equal(asked('session:sync').length, 2);
});

test('[H2] [H3] the focus asks for the heads, and a dead connection is found out by it', async () => {
  server.commit(OTHER, 'missed');
  page.get('focus')?.();
  page.get('visible')?.();
  await pass(0);
  assert.equal(asked('session:heads').length, 1);
  assert.equal(list[0]?.head, 2);
  server.automatic.delete('session:heads');
  page.get('focus')?.();
  await pass(TIMES.acknowledgement);
  assert.equal(parley.connection.state, 'waiting');
  assert.equal(parley.connection.reason, 'heartbeat');
  page.get('online')?.();
  await pass(0);
  assert.equal(parley.connection.state, 'ready');
});

test('[T2] "typing" is repeated while the composer says so, and ends by itself', async () => {
  for (let seconds = 0; seconds < 4; seconds++) {
    session.conversations.setTyping(CONVERSATION, true);
    await pass(1_000);
  }
  assert.deepEqual(
    asked('typing:set').map(({ active }) => active),
    [true, true],
  );
  await pass(2 * TIMES.typing);
  assert.equal(asked('typing:set').at(-1)?.['active'], false);
});

test('[C3] [C5] starting a chat is repeated with the same id until there is an answer', async () => {
  const started = session.startChat({ to: [OTHER] });
  started.catch(() => {});
  await pass(TIMES.acknowledgement + 1_000);
  const ids = asked('conversation:create').map(({ cid }) => cid);
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
  parley.dispose();
  await assert.rejects(started, { code: 'SESSION_ENDED' });
});

test('who is not in the directory is asked for once, also after a reconnect, and is known once an answer names them', async () => {
  let name: string | undefined;
  session.directory.person$('ghost').subscribe((person) => (name = person?.name));
  session.directory.person$('ghost').subscribe();
  await pass(0);
  server.drop();
  await pass(1_000);
  assert.equal(parley.connection.state, 'ready');
  session.directory.person$('ghost').subscribe();
  await pass(0);
  assert.deepEqual(asked('directory:get'), [{ as: 'anna', users: ['ghost'] }]);
  server.directory.push({ id: 'ghost', name: 'Here after all' });
  await session.directory.search('here');
  assert.equal(name, 'Here after all');
});

/** Signs in anew to a server with so many chats besides the first. */
async function withChats(count: number): Promise<void> {
  parley.dispose();
  server = new FakeServer();
  for (let n = 0; n < count; n++) server.chat(n);
  parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: server.environment() });
  session = await parley.connect();
  session.conversations.list$.subscribe((now) => (list = now));
}

/** A connection is lost, and the next one brings a snapshot. */
async function away(): Promise<void> {
  server.drop();
  server.revision++;
  await pass(1_000);
  assert.equal(parley.connection.state, 'ready');
}

async function loadAll(): Promise<void> {
  let more = true;
  session.conversations.more$.subscribe((now) => (more = now));
  for (let pages = 0; more && pages < 10; pages++) await session.conversations.loadMore();
  assert.equal(more, false);
}

test('[SPEC S6] an old chat that is started again does not hide the ones between', async () => {
  await withChats(160);
  assert.equal(list.length, 50);
  server.automatic.add('conversation:create');
  await session.startChat({ to: [OTHER] });
  assert.equal(list.at(-1)?.id, chatId(0));
  await away();
  assert.equal(list.length, 51, 'kept by a snapshot that overlaps');
  await loadAll();
  assert.equal(new Set(list.map(({ id }) => id)).size, 161);
});

test('[SPEC S2] [SPEC S6] pages of the list that were fetched are kept by a snapshot that overlaps them, and the next follows them', async () => {
  await withChats(160);
  await session.conversations.loadMore();
  await away();
  assert.equal(list.length, 100, 'fetched pages are kept');
  await session.conversations.loadMore();
  assert.equal(list.length, 150);
});

test('[SPEC S2] [SPEC S6] an absence in which more than a page of chats came leaves no hole, and the one that is open stays', async () => {
  await withChats(100);
  await session.conversations.loadMore();
  const open = chatId(20);
  const stop = session.timeline(open).items$.subscribe();
  for (let n = 100; n < 190; n++) server.chat(n);
  await away();
  assert.deepEqual([list.length, list.at(-1)?.id], [51, open]);
  await loadAll();
  assert.equal(list.length, 191);
  assert.deepEqual(
    list.map(({ updatedAt }) => updatedAt),
    [...server.chats.map(({ updatedAt }) => updatedAt).reverse(), 0],
  );
  stop.unsubscribe();
});

test('[SPEC S2] [SPEC S6] a page of the list that was asked for before the snapshot, and answered after it, is no part of it', async () => {
  await withChats(100);
  server.automatic.delete('conversation:list');
  const loading = session.conversations.loadMore();
  await pass(0);
  for (let n = 100; n < 190; n++) server.chat(n);
  server.tell('state:changed', { revision: ++server.revision + 1, change: { type: 'unknown' } });
  server.revision++;
  await pass(0);
  server.sent.find(({ name }) => name === 'conversation:list')?.answer();
  await loading;
  server.automatic.add('conversation:list');
  await loadAll();
  assert.equal(list.length, 191);
});

test('[R5] an own message moves only the marks that stand just before it: what lies unread before it stays unread', async () => {
  const own = () => server.tell('entry:added', { entry: server.commit('anna', 'reply') });
  own();
  assert.deepEqual([list[0]?.unread, list[0]?.marks], [0, { delivered: 2, read: 2 }]);
  commit('third');
  commit('fourth');
  own();
  assert.deepEqual([list[0]?.unread, list[0]?.marks.read], [2, 2]);
  session.conversations.markRead(CONVERSATION);
  await pass(500);
  assert.equal(asked('receipt:mark').at(-1)?.['read'], 5);
  assert.equal(list[0]?.unread, 0);
});

test('[R3] a change of the members while they are loaded is not lost', async () => {
  server.automatic.delete('conversation:get');
  session.conversations.members$(CONVERSATION).subscribe();
  await pass(0);
  const body = { kind: 'left' as const, users: ['cleo'] };
  server.tell('entry:added', { entry: { ...server.commit(OTHER, 'gone'), body } });
  await pass(0);
  const questions = () => server.sent.filter(({ name }) => name === 'conversation:get');
  assert.equal(questions().length, 1);
  questions()[0]?.answer();
  await pass(0);
  assert.equal(questions().length, 2);
});

for (const [name, want] of [
  ['directory:get', () => session.directory.person$('dora').subscribe()],
  ['conversation:list', () => server.tell('heads:digest', { revision: 1, heads: [{ conversation: CONVERSATION, head: 2 }] })],
  ['conversation:get', () => session.conversations.members$(CONVERSATION).subscribe()],
] as const) {
  test(`[G25] ${name} that is refused for the moment is asked again, later each time`, async () => {
    server.automatic.delete(name);
    want();
    await pass(0);
    const questions = () => server.sent.filter((question) => question.name === name);
    questions()[0]?.refuse('RATE_LIMITED');
    await pass(500);
    assert.equal(questions().length, 1);
    await pass(500);
    assert.equal(questions().length, 2);
    questions()[1]?.refuse('ROLE_FORBIDDEN');
    await pass(40_000);
    assert.equal(questions().length, 2);
  });
}

test('of the timelines that nobody looks at only the last few take in what comes, and an older one is filled when looked at', async () => {
  const held = session.timeline(CONVERSATION);
  let lines = 0;
  const look = () => held.items$.subscribe(({ length }) => (lines = length));
  let looking = look();
  await pass(0);
  const visit = async (from: number) => {
    for (let n = from; n < from + 10; n++) session.timeline(chatId(n)).items$.subscribe().unsubscribe();
    await pass(0);
  };
  await visit(0);
  commit('second');
  assert.equal(lines, 2, 'kept while it is looked at');
  looking.unsubscribe();
  await visit(10);
  commit('third');
  const lengths: number[] = [];
  looking = held.items$.subscribe(({ length }) => lengths.push(length));
  await pass(0);
  assert.deepEqual([lengths[0], lengths.at(-1)], [0, 3], 'nothing was kept of it, and all of it comes back');
  looking.unsubscribe();
  assert.equal(session.timeline(CONVERSATION), held);
  looking = look();
  commit('fourth');
  assert.equal(lines, 4);
});

test('[SPEC S2] [SPEC S6] an absence of which the heads name only the newest page asks for the snapshot', async () => {
  await withChats(100);
  await session.conversations.loadMore();
  for (const chat of server.chats.slice(0, 60)) Object.assign(chat, { head: 2, updatedAt: chat.updatedAt + 1_000 });
  server.drop();
  await pass(1_000);
  await loadAll();
  assert.equal(list.length, 101);
  assert.equal(list.filter(({ head }) => head === 2).length, 60);
});

test('[M3] a chat that somebody else began without a word is not in the list; its first message brings it', async () => {
  const begun = { ...server.chat(1), kind: 'direct' as const, initiator: OTHER };
  const own = { ...server.chat(2), kind: 'direct' as const, initiator: 'anna' };
  for (const [index, conversation] of [begun, own].entries())
    server.tell('state:changed', { revision: 2 + index, change: { type: 'conversation', conversation, people: [] } });
  assert.deepEqual(
    list.map(({ id }) => id),
    [own.id, CONVERSATION],
  );
  const said = { ...server.log[0]!, conversation: begun.id, seq: 2, cid: entryId(77), at: 9_000 };
  server.tell('entry:added', { entry: said });
  assert.equal(list[0]?.id, begun.id);
});
