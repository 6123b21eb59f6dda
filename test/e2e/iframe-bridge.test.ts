import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { createParley, type Parley, type Session } from '#sdk';
import { startServer, type TestServer } from '../support/server.js';
import { until } from '../sdk/support/until.js';
import { serveFramedPages, type FramedPages } from './framed-page.js';
import { launch, PATIENCE } from './stage.js';

declare global {
  interface Window {
    /** How much was posted to a page, and what of it was kept. */
    seen: number;
    offered: unknown[];
    got: unknown[];
  }
}

describe('a chat in a frame of the host', { timeout: 180_000 }, () => {
  let browser: Browser;
  let server: TestServer;
  let pages: FramedPages;
  let bob: Parley;
  let talking: Session;
  let context: BrowserContext;

  before(async () => {
    const served = await serveFramedPages(() => server.token('ada', { name: 'Ada' }));
    pages = served;
    [browser, server] = await Promise.all([launch(), startServer({ origins: [served.inner] })]);
    served.parley = server.url;
    bob = createParley({ server: server.url, token: () => server.token('bob', { name: 'Bob' }) });
    talking = await bob.connect();
  });
  afterEach(() => context.close());
  after(async () => {
    bob.dispose();
    await browser.close();
    await server.close();
    await pages.close();
  });

  async function open(address: string): Promise<Page> {
    context = await browser.newContext();
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    await page.goto(address);
    return page;
  }

  /** Ada at the host's page, signed in within the frame. */
  async function atWork(): Promise<{ page: Page; frame: Frame }> {
    const page = await open(pages.outer);
    return { page, frame: await ready(await frameOf(page, pages.inner)) };
  }

  async function chatWithBob(frame: Frame): Promise<void> {
    await frame.getByRole('combobox', { name: 'Search people and chats' }).fill('Bob');
    await frame.locator('parley-chat-list').getByRole('option', { name: /Bob/ }).first().click();
    await frame.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  }

  it('[S17, S19, S21] links what is current around it, and opens there what is clicked', async () => {
    const { page, frame } = await atWork();
    await chatWithBob(frame);
    await page.evaluate(() => window.outerEyes.show('1.2.3'));
    await frame.getByRole('button', { name: 'Link to current examination' }).click();
    await frame.locator('parley-composer').getByText('CT of 1.2.3').waitFor();
    await frame.getByRole('textbox', { name: 'Message', exact: true }).press('Enter');
    const [chat] = await until(talking.conversations.list$, (list) => list.length > 0);
    const id = chat?.id ?? '';
    const items = await until(talking.timeline(id).items$, (all) => all.some((item) => JSON.stringify(item).includes('1.2.3')));
    assert.ok(!JSON.stringify(items).includes('CT of'), 'what the item is called stays with the host');

    talking.send(id, {
      text: 'and this one',
      links: [
        { kind: 'study', id: '1.2.4' },
        { kind: 'study', id: '1.9' },
      ],
    });
    await frame.getByText('CT of 1.2.4').click();
    await page.waitForFunction(() => window.outerEyes.opened.length > 0);
    assert.deepEqual(await page.evaluate(() => window.outerEyes.opened), ['1.2.4']);
    assert.deepEqual((await page.evaluate(() => window.outerEyes.tokens)).slice(0, 1), ['connect']);
  });

  it('[B1] tells the host where the focus is and what is unread, and takes the focus when asked', async () => {
    const { page, frame } = await atWork();
    await page.locator('#before').click();
    await page.evaluate(() => window.outerEyes.bridge.focus());
    await page.waitForFunction(() => window.outerEyes.focus.at(-1) === true);
    assert.equal(await frame.evaluate(() => document.activeElement?.localName), 'parley-chat-panel');
    await page.locator('#before').focus();
    await page.waitForFunction(() => window.outerEyes.focus.at(-1) === false);
    const { id } = await talking.startChat({ to: ['ada'] });
    const unread = await page.evaluate(() => window.outerEyes.unread);
    talking.send(id, { text: 'something new' });
    await page.waitForFunction((before) => window.outerEyes.unread > before, unread);
  });

  it('[G14] is masked, shown and signed out by the host', async () => {
    const { page, frame } = await atWork();
    await chatWithBob(frame);
    const state = (): Promise<unknown> =>
      frame.evaluate(() => {
        const client = document.querySelector('parley-session')?.client;
        return [client?.session?.info.user.id ?? null, client?.connection.reason];
      });
    await page.evaluate(() => window.outerEyes.bridge.lock());
    await frame.waitForFunction(() => document.querySelector('parley-session')?.client?.session === null);
    assert.deepEqual(await state(), [null, 'user-locked']);
    assert.equal(await frame.getByRole('textbox', { name: 'Message', exact: true }).count(), 0);
    await page.evaluate(() => window.outerEyes.bridge.unlock());
    await ready(frame);
    await page.evaluate(() => window.outerEyes.bridge.end());
    await frame.waitForFunction(() => document.querySelector('parley-session')?.client?.session === null);
    assert.deepEqual(await state(), [null, 'user-ended']);
  });

  it('[B1] goes on when the frame is loaded anew, and when the host takes another bridge', async () => {
    const { page, frame } = await atWork();
    await page.evaluate(() => window.outerEyes.show('1.2.3'));
    await frame.evaluate(() => location.reload());
    await page.waitForFunction(() => window.outerEyes.connected === 2);
    const reloaded = await ready(await frameOf(page, pages.inner));
    const current = (): Promise<unknown> =>
      reloaded.evaluate(() => document.querySelector('parley-session')?.client?.host.current()?.link.id ?? null);
    assert.equal(await current(), '1.2.3');
    await page.evaluate(() => window.outerEyes.bridge.dispose());
    await reloaded.waitForFunction(() => document.querySelector('parley-session')?.client?.host.current() === null);
    await page.evaluate(() => window.outerEyes.again());
    await page.waitForFunction(() => window.outerEyes.connected === 3);
    await reloaded.waitForFunction(() => document.querySelector('parley-session')?.client?.host.current()?.link.id === '1.2.3');
    assert.equal(await reloaded.evaluate(() => document.querySelector('parley-session')?.client?.connection.state), 'ready');
  });

  it('[B1] may be in a window of its own', async () => {
    const { page } = await atWork();
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => window.outerEyes.openWindow())]);
    await ready(popup.mainFrame());
    await page.evaluate(() => window.outerEyes.show('1.2.8'));
    await popup.waitForFunction(() => document.querySelector('parley-session')?.client?.host.current()?.link.id === '1.2.8');
  });

  it('[attack 65] a page of another origin around it gets nothing, whatever it offers', async () => {
    const page = await open(pages.evil);
    await page.evaluate((address) => {
      window.offered = [];
      addEventListener('message', ({ data }) => window.offered.push(data));
      document.body.append(Object.assign(document.createElement('iframe'), { src: address }));
    }, pages.inner);
    const frame = await frameOf(page, pages.inner);
    await frame.waitForFunction(() => window.innerEyes !== undefined);
    await frame.evaluate(() => {
      window.seen = 0;
      addEventListener('message', () => (window.seen += 1));
    });
    const said = await page.evaluate(offerEverything);
    await frame.waitForFunction((count) => window.seen >= count, said);
    assert.deepEqual(await frame.evaluate(() => window.innerEyes), { connected: 0, failed: [] });
    assert.equal(await frame.evaluate(() => document.querySelector('parley-session')?.client ?? null), null);
    assert.deepEqual(await page.evaluate(() => window.offered), [], 'not even a hello');
  });

  it('[attack 65] no other frame of the host gets a port, a token or an item, nor does a page that takes the chat’s place', async () => {
    const { page } = await atWork();
    const before = await page.evaluate(() => ({ tokens: window.outerEyes.tokens.length, connected: window.outerEyes.connected }));
    await page.evaluate((address) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: `${address}/beside`, name: 'beside' }));
      const sandboxed = Object.assign(document.createElement('iframe'), { src: `${address}/sandboxed`, name: 'sandboxed' });
      sandboxed.setAttribute('sandbox', 'allow-scripts');
      document.body.append(sandboxed);
    }, pages.evil);
    // A page of the chat's own origin in another frame is not the chat either.
    await page.evaluate((address) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: `${address}/blank` }));
    }, pages.inner);
    for (const address of [`${pages.evil}/beside`, `${pages.evil}/sandboxed`, `${pages.inner}/blank`])
      assert.deepEqual(await answersTo(page, await frameOf(page, address)), [], address);
    const chat = await frameOf(page, pages.inner);
    await chat.evaluate((address) => location.assign(`${address}/taken`), pages.evil);
    const taken = await frameOf(page, `${pages.evil}/taken`);
    await taken.waitForLoadState();
    assert.deepEqual(await answersTo(page, taken), []);
    assert.deepEqual(
      await page.evaluate(() => ({ tokens: window.outerEyes.tokens.length, connected: window.outerEyes.connected })),
      before,
    );
    assert.deepEqual(await page.evaluate(() => window.outerEyes.opened), []);
  });

  it('[attack 65] a frame within the chat’s page, and the host’s page itself without its port, change nothing', async () => {
    const { page, frame } = await atWork();
    await page.evaluate(() => window.outerEyes.show('1.2.3'));
    await frame.waitForFunction(() => document.querySelector('parley-session')?.client?.host.current()?.link.id === '1.2.3');
    await frame.evaluate(() => {
      window.seen = 0;
      addEventListener('message', () => (window.seen += 1));
    });
    let said = 0;
    // The origin of the host alone does not make a frame within the chat's page the host.
    for (const address of [`${pages.evil}/within`, `${pages.outer}/blank`]) {
      await frame.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), address);
      const within = await frameOf(page, address);
      said += await within.evaluate(() => {
        let count = 0;
        const call = (word: object, transfer: Transferable[] = []): void => {
          parent.postMessage({ parley: 1, ...word }, '*', transfer);
          count += 1;
        };
        const { port1, port2 } = new MessageChannel();
        call({ type: 'port' }, [port2]);
        port1.postMessage({ parley: 1, type: 'session', act: 'end' });
        for (const act of ['lock', 'end', 'switch']) call({ type: 'session', act });
        call({ type: 'current', current: { study: { kind: 'study', id: '6.6' } } });
        call({ type: 'bye' });
        return count;
      });
      await frame.waitForFunction((count) => window.seen >= count, said);
    }
    await page.evaluate(() => {
      for (const act of ['lock', 'end'])
        document.querySelector('iframe')?.contentWindow?.postMessage({ parley: 1, type: 'session', act }, '*');
    });
    await frame.waitForFunction((count) => window.seen >= count, said + 2);
    const now = await frame.evaluate(() => {
      const client = document.querySelector('parley-session')?.client;
      return [client?.connection.state, client?.host.current()?.link.id];
    });
    assert.deepEqual(now, ['ready', '1.2.3']);
  });
});

/** In a page around the chat: everything that an outer side could say, with ports and without. Resolves to how much it was. */
function offerEverything(): number {
  const inner = document.querySelector('iframe')?.contentWindow;
  let count = 0;
  const words = [
    { type: 'port' },
    { type: 'welcome', version: 1, kinds: { study: { noun: 'x', resolves: true, opens: true } }, current: {} },
    { type: 'session', act: 'switch' },
    { type: 'answer', id: 1, ok: true, data: 'x.y.z' },
    { type: 'focus' },
  ];
  for (const word of words)
    for (const ports of [0, 1, 2]) {
      const channels = Array.from({ length: ports }, () => new MessageChannel());
      for (const { port1 } of channels) for (const said of words) port1.postMessage({ parley: 1, ...said });
      inner?.postMessage(
        { parley: 1, ...word },
        '*',
        channels.map(({ port2 }) => port2),
      );
      count += 1;
    }
  return count;
}

/** In a frame that is not the chat's: asks for all that there is. */
function begEverything(): void {
  window.got = [];
  addEventListener('message', ({ data, ports }) => window.got.push(data === 'over' ? data : [data, ports.length]));
  const hello = { parley: 1, type: 'hello', versions: [1], page: 'evil' };
  for (const word of [
    hello,
    JSON.stringify(hello),
    { parley: 1, type: 'request', id: 1, name: 'token', reason: 'connect' },
    { parley: 1, type: 'request', id: 2, name: 'open', link: { kind: 'study', id: '6.6' } },
    'over',
  ])
    parent.postMessage(word, '*');
}

/** What the page around it has answered. What two windows say to each other keeps its order: with the last word everything has been said. */
async function answersTo(page: Page, frame: Frame): Promise<unknown[]> {
  await page.evaluate(() => {
    addEventListener('message', ({ data, source }) => data === 'over' && source?.postMessage('over', { targetOrigin: '*' }));
  });
  await frame.evaluate(begEverything);
  await frame.waitForFunction(() => window.got.includes('over'));
  return frame.evaluate(() => window.got.filter((word) => word !== 'over'));
}

async function ready(frame: Frame): Promise<Frame> {
  await frame.waitForFunction(() => document.querySelector('parley-session')?.client?.connection.state === 'ready');
  return frame;
}

async function frameOf(page: Page, address: string): Promise<Frame> {
  const found = (): Frame | undefined => page.frames().find((frame) => frame.url().startsWith(address));
  for (let tries = 0; ; tries++) {
    const frame = found();
    if (frame) return frame;
    if (tries > 600) throw new Error(`there is no frame of ${address}`);
    await page.waitForTimeout(50);
  }
}
