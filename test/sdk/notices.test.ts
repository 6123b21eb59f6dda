import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { firstValueFrom } from 'rxjs';
import { createParley, DEFAULT_PREFERENCES } from '#sdk';
import type { Environment, Notice, Parley, Session } from '#sdk';
import { chatId, CONVERSATION, FakeServer, OTHER, POLICIES } from './support/fake-server.js';

/** The tabs of one browser: what one tells the others hear, and a claim is one tab's. */
class Browser {
  readonly memory = new Map<string, string>();
  readonly #heard: ((word: string) => void)[] = [];
  readonly #claimed = new Set<string>();

  environment(server: FakeServer): Partial<Environment> {
    return {
      ...server.environment(),
      memory: {
        get: (key) => this.memory.get(key) ?? null,
        set: (key, value) => void (value === null ? this.memory.delete(key) : this.memory.set(key, value)),
      },
      tabs: {
        join: (_user, heard) => {
          this.#heard.push(heard);
          return {
            // As the browser's channel does it once it is closed.
            tell: (word) => {
              if (!this.#heard.includes(heard)) throw new DOMException('Channel is closed', 'InvalidStateError');
              this.#heard.forEach((other) => other !== heard && other(word));
            },
            claim: async (what, ms) => {
              if (this.#claimed.has(what)) return false;
              this.#claimed.add(what);
              setTimeout(() => this.#claimed.delete(what), ms);
              return true;
            },
            close: () => void this.#heard.splice(this.#heard.indexOf(heard), 1),
          };
        },
      },
    };
  }
}

interface Tab {
  server: FakeServer;
  parley: Parley;
  session: Session;
  pending: readonly Notice[];
  rings: Notice[];
}

let browser: Browser;
const tabs: Tab[] = [];

async function tab(server = new FakeServer()): Promise<Tab> {
  const parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: browser.environment(server) });
  const session = await parley.connect();
  const made: Tab = { server, parley, session, pending: [], rings: [] };
  session.notices.pending$.subscribe((pending) => (made.pending = pending));
  session.notices.rings$.subscribe((notice) => made.rings.push(notice));
  tabs.push(made);
  await pass(500);
  return made;
}

async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone <= ms; gone += 50) {
    if (gone > 0) mock.timers.tick(50);
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }
}

const write = ({ server }: Tab, text: string) => server.tell('entry:added', { entry: server.commit(OTHER, text) });

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  browser = new Browser();
});
afterEach(() => {
  for (const { parley } of tabs.splice(0)) parley.dispose();
  mock.timers.reset();
});

test('[E7, M17] a message of somebody else is noticed until it is read, wherever', async () => {
  const one = await tab();
  write(one, 'look');
  assert.deepEqual(
    one.pending.map(({ type, conversation, from, text }) => [type, conversation, from, text]),
    [['message', CONVERSATION, OTHER, undefined]],
  );
  one.server.tell('state:changed', {
    revision: 2,
    change: { type: 'marks', conversation: CONVERSATION, marks: { delivered: 1, read: 1 }, unread: 0 },
  });
  assert.deepEqual(one.pending, []);
});

test('[E7] a notice says whether it was said in a group, so that it is not taken for a word to the person alone', async () => {
  const one = await tab();
  const groups = () => one.pending.map(({ group }) => group);
  write(one, 'look');
  assert.deepEqual(groups(), [false]);
  const [direct] = await firstValueFrom(one.session.conversations.list$);
  assert.ok(direct);
  one.server.tell('state:changed', {
    revision: 2,
    change: { type: 'conversation', conversation: { ...direct, kind: 'group' }, people: [] },
  });
  write(one, 'look again');
  assert.deepEqual(groups(), [true]);
});

test('[S6] who wants not to be disturbed is reminded of nothing, and of what is still unread when they are available again', async () => {
  const one = await tab();
  write(one, 'look');
  const be = (availability: 'dnd' | 'available', revision: number) =>
    one.server.tell('state:changed', {
      revision,
      change: { type: 'settings', settings: { ...DEFAULT_PREFERENCES, availability, statusMessages: {} } },
    });
  be('dnd', 2);
  assert.deepEqual(one.pending, []);
  be('available', 3);
  assert.deepEqual(
    one.pending.map(({ conversation }) => conversation),
    [CONVERSATION],
  );
});

test('[E8] rings once in ten seconds for a conversation, and in one tab only', async () => {
  const one = await tab();
  const two = await tab();
  for (const each of [one, two]) write(each, 'look');
  await pass(1_000);
  assert.equal(one.rings.length + two.rings.length, 1);
  for (const each of [one, two]) write(each, 'look again');
  await pass(1_000);
  assert.equal(one.rings.length + two.rings.length, 1, 'not again at once');
  await pass(10_000);
  for (const each of [one, two]) write(each, 'hello?');
  await pass(1_000);
  assert.equal(one.rings.length + two.rings.length, 2);
});

test('[E8] what is read at once does not ring', async () => {
  const one = await tab();
  write(one, 'look');
  one.session.conversations.markRead(CONVERSATION);
  await pass(1_000);
  assert.deepEqual([one.rings, one.pending], [[], []]);
});

test('[pain 10] dismissed in one tab is dismissed in all, until there is more', async () => {
  const one = await tab();
  const two = await tab();
  for (const each of [one, two]) write(each, 'look');
  one.session.notices.dismiss(one.pending[0]?.id ?? '');
  assert.deepEqual([one.pending, two.pending], [[], []]);
  for (const each of [one, two]) write(each, 'really');
  assert.equal(two.pending.length, 1);
});

test('[B15] an invitation is noticed, and gone once it is answered', async () => {
  const one = await tab();
  const invitation = { conversation: chatId(7), inviter: OTHER, title: 'Chest', memberCount: 2, at: 5 };
  one.server.tell('state:changed', { revision: 2, change: { type: 'invitations', invitations: [invitation], people: [] } });
  assert.deepEqual(
    one.pending.map(({ type, from }) => [type, from]),
    [['invitation', OTHER]],
  );
  await pass(1_000);
  assert.equal(one.rings.length, 1);
  one.server.tell('state:changed', { revision: 3, change: { type: 'invitations', invitations: [], people: [] } });
  assert.deepEqual(one.pending, []);
});

test('[E6] what waited while one was away rings at sign-in, and not again when the host changes the page', async () => {
  const server = new FakeServer();
  const chat = server.chat(1);
  const entry = {
    conversation: chat.id,
    seq: 1,
    cid: '00000000-0000-7000-8000-000000000001',
    author: OTHER,
    at: 900,
    body: { kind: 'message', text: 'look', links: [] },
  } as const;
  Object.assign(chat, { unread: 1, last: { ...entry, body: { ...entry.body, links: [] } } });
  const before = await tab(server);
  assert.deepEqual([before.pending.length, before.rings.length], [1, 1]);
  // A page change takes the page away without an end of the session.
  await pass(11_000);
  const after = await tab(server);
  assert.deepEqual([after.pending.length, after.rings.length], [1, 0]);
});

test('[E6] a chat that was ended, or left, asks for nothing', async () => {
  const server = new FakeServer();
  const entry = {
    conversation: chatId(1),
    seq: 1,
    cid: '00000000-0000-7000-8000-000000000001',
    author: OTHER,
    at: 900,
    body: { kind: 'message' as const, text: 'look', links: [] },
  };
  Object.assign(server.chat(1), { unread: 1, ended: true, last: entry });
  Object.assign(server.chat(2), { unread: 1, active: false, last: { ...entry, conversation: chatId(2) } });
  const one = await tab(server);
  assert.deepEqual([one.pending, one.rings], [[], []]);
});

test('[reliability 8.9] the text is given only where the tenant and the person both want it', async () => {
  const one = await tab();
  write(one, 'left base');
  assert.equal(one.pending[0]?.text, undefined);
  const { info } = one.session;
  one.server.tell('session:changed', { session: { ...info, policies: { ...POLICIES, previewText: true } } });
  assert.equal(one.pending[0]?.text, undefined);
  const settings = { ...DEFAULT_PREFERENCES, availability: 'available' as const, statusMessages: {}, previewText: true };
  one.server.tell('state:changed', { revision: 2, change: { type: 'settings', settings } });
  assert.equal(one.pending[0]?.text, 'left base');
});

test('[G14] nothing of it is left after the end of the session', async () => {
  const one = await tab();
  write(one, 'look');
  await pass(1_000);
  assert.ok(browser.memory.size > 0);
  await one.parley.end();
  assert.deepEqual([one.pending, [...browser.memory.keys()]], [[], []]);
});

test('[G14] what was still pressed after the session has ended does nothing and throws nothing', async () => {
  const one = await tab();
  write(one, 'are you there?');
  await pass(500);
  const id = one.pending[0]?.id ?? '';
  await one.parley.end();
  one.session.notices.dismiss(id);
  assert.deepEqual(one.pending, []);
});
