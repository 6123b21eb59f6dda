import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createParley, LIMITS } from '#sdk';
import type { Conversation, PageMemory, Parley, Session } from '#sdk';
import { chatId, FakeServer } from './support/fake-server.js';
import { until } from './support/until.js';

/** What one browser tab keeps while the host goes from page to page. */
let kept: Map<string, string>;
let server: FakeServer;
let user: string;
let pages: Parley[];
const memory: PageMemory = {
  get: (key) => kept.get(key) ?? null,
  set: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)),
};

beforeEach(() => {
  kept = new Map();
  user = 'anna';
  server = new FakeServer(() => user);
  pages = [];
});
afterEach(() => pages.forEach((page) => page.dispose()));

/** The host's next page: nothing is left of the one before but what the browser keeps. */
async function page(
  given: PageMemory = memory,
): Promise<{ parley: Parley; session: Session; now: () => [readonly string[], string | null, boolean] }> {
  const parley = createParley({
    server: 'http://parley.test',
    token: () => 'token',
    environment: { ...server.environment(), memory: given },
  });
  pages.push(parley);
  const session = await parley.connect();
  let [tabs, open, panel]: [readonly string[], string | null, boolean] = [[], null, false];
  session.tabs$.subscribe((value) => (tabs = value));
  session.open$.subscribe((value) => (open = value));
  session.panelOpen$.subscribe((value) => (panel = value));
  return { parley, session, now: () => [tabs, open, panel] };
}

const chats = (...numbers: number[]): string[] => numbers.map((n) => server.chat(n).id);

describe('open chats', () => {
  test('[B35, B36] each has a tab, in the order in which they were opened; opening one again moves none', async () => {
    const [one, two, three] = chats(1, 2, 3) as [string, string, string];
    const { session, now } = await page();
    for (const id of [one, two, three, one]) session.open(id);
    assert.deepEqual(now(), [[one, two, three], one, false]);
    session.open(null);
    assert.deepEqual(now(), [[one, two, three], null, false]);
  });

  test('[B36] one that is opened in the background has a tab, and what is shown stays', async () => {
    const [one, two] = chats(1, 2) as [string, string];
    const { session, now } = await page();
    session.open(one);
    session.open(two, { background: true });
    assert.deepEqual(now(), [[one, two], one, false]);
  });

  test('[B23] closing the shown one shows its neighbour, and the chats stay', async () => {
    const [one, two, three] = chats(1, 2, 3) as [string, string, string];
    const { session, now } = await page();
    let list: readonly Conversation[] = [];
    session.conversations.list$.subscribe((value) => (list = value));
    for (const id of [one, two, three, two]) session.open(id);
    session.close(two);
    assert.deepEqual(now(), [[one, three], three, false]);
    session.close(three);
    assert.deepEqual(now(), [[one], one, false]);
    session.close(one);
    assert.deepEqual(now(), [[], null, false]);
    assert.deepEqual(
      [one, two, three].map((id) => list.some((chat) => chat.id === id && chat.active)),
      [true, true, true],
    );
    assert.deepEqual(
      server.sent.map(({ name }) => name).filter((name) => name.startsWith('conversation:leave')),
      [],
    );
  });

  test('[B1] they are open again on the next page, and the panel too; only ids are kept', async () => {
    const [one, two] = chats(1, 2) as [string, string];
    server.chats[0]!.title = 'A name that nobody else may read';
    const { session } = await page();
    session.open(one);
    session.open(two);
    session.open(one);
    session.setPanelOpen(true);
    const text = [...kept.values()].join();
    assert.deepEqual(JSON.parse(text), { tabs: [one, two], open: one, panelOpen: true });
    assert.match([...kept.keys()].join(), /demo.*anna/);
    const { now } = await page();
    assert.deepEqual(now(), [[one, two], one, true]);
  });

  test('[B1] a chat further down the list is asked for, and one that is lost is not open any more', async () => {
    const [one] = chats(...Array.from({ length: LIMITS.listPage + 10 }, (_, n) => n + 1)) as [string];
    const lost = chatId(99);
    kept.set('parley ["demo","anna"]', JSON.stringify({ tabs: [lost, one], open: lost, panelOpen: false }));
    const { session, now } = await page();
    await until(session.tabs$, (tabs) => tabs.length === 1);
    await until(session.conversations.one$(one), (chat) => chat !== null);
    assert.deepEqual(now(), [[one], one, false]);
  });

  test('[B22] one that is left, on whichever device, is not open any more; one that was left before can be opened to be read', async () => {
    const [one, two] = chats(1, 2) as [string, string];
    const { session, now } = await page();
    session.open(one);
    session.open(two);
    const { updatedAt, ...chat } = server.chats[1]!;
    server.tell('state:changed', {
      revision: 2,
      change: { type: 'conversation', conversation: { ...chat, updatedAt, active: false }, people: [] },
    });
    assert.deepEqual(now(), [[one], one, false]);
    session.open(two);
    assert.deepEqual(now(), [[one, two], two, false]);
  });

  for (const [how, leave] of [
    ['end()', async (parley: Parley) => parley.end()],
    ['switchUser()', async (parley: Parley) => void ((user = 'ben'), await parley.switchUser(() => 'token'))],
  ] as const)
    test(`[B1, G14] ${how} leaves nothing in the browser`, async () => {
      const [one] = chats(1) as [string];
      const { parley, session, now } = await page();
      session.open(one);
      session.setPanelOpen(true);
      await leave(parley);
      assert.deepEqual([...kept], []);
      assert.deepEqual(now(), [[], null, false]);
      session.open(one);
      session.setPanelOpen(true);
      assert.deepEqual([...kept], [], 'nor does whoever still holds the session put it back');
    });

  test('[B1] another person at the same screen finds nothing of it', async () => {
    const [one] = chats(1) as [string];
    const { session } = await page();
    session.open(one);
    user = 'ben';
    const { now } = await page();
    assert.deepEqual(now(), [[], null, false]);
  });

  for (const nonsense of ['', 'x', '7', 'null', '[]', '{"tabs":7}', '{"tabs":["<b>",null,{}],"open":"<b>","panelOpen":"yes"}'])
    test(`[B1] what else may stand there is nothing: ${nonsense || 'empty'}`, async () => {
      kept.set('parley ["demo","anna"]', nonsense);
      const { now } = await page();
      assert.deepEqual(now(), [[], null, false]);
    });

  test('[B36] more than twenty are too many: the first one makes room', async () => {
    const ids = chats(...Array.from({ length: 21 }, (_, n) => n + 1));
    const { session, now } = await page();
    for (const id of ids) session.open(id);
    assert.deepEqual(now()[0], ids.slice(1));
    session.open(ids[1] as string);
    session.open(ids[0] as string, { background: true });
    assert.equal(now()[1], ids[1], 'never the one that is shown');
    assert.equal(now()[0].includes(ids[1] as string), true);
  });
});

test('[B1] a browser that refuses its memory, or has none, is a convenience less', async () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'sessionStorage');
  Object.defineProperty(globalThis, 'sessionStorage', {
    configurable: true,
    get: () => {
      throw new DOMException('no', 'SecurityError');
    },
  });
  try {
    const [one] = chats(1) as [string];
    const { open, random } = server.environment();
    const parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: { open: open!, random: random! } });
    pages.push(parley);
    const session = await parley.connect();
    session.open(one);
    let open$: string | null = null;
    session.open$.subscribe((value) => (open$ = value));
    assert.equal(open$, one);
    await parley.end();
  } finally {
    if (before) Object.defineProperty(globalThis, 'sessionStorage', before);
    else Reflect.deleteProperty(globalThis, 'sessionStorage');
  }
});
