import assert from 'node:assert/strict';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { commands, events } from '#protocol';
import { prepareGround } from './ground.js';
import { readDocument } from './residue.js';
import { PATIENCE } from './stage.js';
import { untilReady, type Visitor } from './visitor.js';

const ROOT = path.join(import.meta.dirname, '../../..');
/** Where a `message` handler is one of our own channel or connection, which no other origin can write to. */
const CHANNELS = ['sdk/tabs.ts', 'sdk/outbox/disk-keeper.ts', 'sdk/bundle/websocket-pipe.ts'];
/** What a host takes besides: a hub's connection, and a bridge, which has tests of its own against other pages. */
const ADAPTERS = [
  'sdk/adapters/fhircast/channel.ts',
  'sdk/adapters/fhircast/environment.ts',
  'sdk/adapters/iframe/bridge-port.ts',
  'sdk/adapters/iframe/outer-bridge.ts',
  'sdk/adapters/iframe/outer-window-port.ts',
];

declare global {
  interface Window {
    /** What has reached the page. */
    posted: number;
    /** Who listens to messages at the window, by the stack of who began to. */
    listeners: string[];
    opened: Window | null;
  }
}

describe('pages of others', { timeout: 180_000 }, () => {
  const ground = prepareGround();
  const evil = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Evil</title>'),
  );
  let foreign = '';
  before(async () => {
    evil.listen(0, '127.0.0.1');
    await once(evil, 'listening');
    foreign = `http://127.0.0.1:${String((evil.address() as AddressInfo).port)}/`;
  });
  after(() => {
    evil.close();
    evil.closeAllConnections();
  });

  /** Ada at work, in a page that counts what is posted to it and notes who listens. */
  async function atWork(id: string): Promise<{ ada: Visitor; bob: Visitor; chat: string; frames: string[] }> {
    const tenant = ground.tenant(id);
    const bob = await tenant.signIn('bob');
    // The policy of the host's page admits no frames; this host admits every one.
    const ada = await tenant.signIn('ada', { context: { bypassCSP: true } });
    const { page } = ada;
    await page.addInitScript(() => {
      window.listeners = [];
      window.posted = 0;
      const listen = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (this: EventTarget, ...given: Parameters<typeof listen>) {
        if ((this ?? window) === window && given[0].startsWith('message')) window.listeners.push(new Error('listens').stack ?? '');
        return listen.apply(this ?? window, given);
      };
      listen.call(window, 'message', () => (window.posted += 1));
    });
    const frames: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(payload.toString())));
    await page.reload();
    await untilReady(page);
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('a line of the chat');
    // From here on nothing of it changes by itself.
    await page.locator('parley-timeline [part~="state"]').filter({ hasText: 'Delivered' }).waitFor();
    await ada.composer.fill('half a sentence');
    const chat = await page.evaluate(() => {
      let open = '';
      document
        .querySelector('parley-session')
        ?.client?.session?.open$.subscribe((now) => (open = now ?? ''))
        .unsubscribe();
      return open;
    });
    assert.notEqual(chat, '');
    return { ada, bob, chat, frames };
  }

  /** All that somebody who knows Parley could say to a page of it. */
  function words(chat: string): unknown[] {
    const about = { as: 'ada', conversation: chat, user: 'ada', cid: crypto.randomUUID(), text: 'forged', links: [], token: 'x.y.z' };
    const entry = { conversation: chat, seq: 3, author: 'bob', at: Date.now(), body: { kind: 'message', text: 'forged', links: [] } };
    const named = [...Object.keys(commands), ...Object.keys(events), 'parley-item-open', 'parley-session-end', 'switchUser', 'getToken'];
    return [
      ...named.flatMap((name) => [
        { type: name, ...about, entry },
        { event: name, payload: { ...about, entry } },
        [name, { ...about, entry }],
        `42${JSON.stringify([name, { ...about, entry }])}`,
      ]),
      ...['user-ended', 'user-locked', 'user-switched', 'unlock', 'refused', 'end', 'lock', 'reload'],
      { gone: about.cid, seq: 9 },
      { conversation: chat, draft: { text: 'forged', links: [] } },
      {
        item: { cid: about.cid, conversation: chat, text: 'forged', links: [], state: 'waiting', at: Date.now() },
        wanted: Date.now(),
        order: '0',
      },
      null,
      { __proto__: null, constructor: 1 },
      '__proto__',
    ];
  }

  async function stateOf(page: Page): Promise<unknown> {
    const shown = await readDocument(page);
    return page.evaluate(
      (text) => {
        const client = document.querySelector('parley-session')?.client;
        const { user, tenant } = client?.session?.info ?? { user: null, tenant: null };
        const { errors, opened } = window.eyes;
        return { shown: text, user, tenant, connection: client?.connection.state, address: location.href, errors, opened };
      },
      // The relative times of the list go on by themselves.
      shown.replaceAll(/\b(?:Just now|\d+ (?:s|min)(?: ago)?)\b/g, ''),
    );
  }

  it('[attack 65] what a page of another origin posts, as the opener, as a frame or on a channel of the same name, changes nothing', async () => {
    const { ada, bob, chat, frames } = await atWork('posting');
    const { page } = ada;
    const said = words(chat);
    const channels = await page.evaluate(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return [...held, ...pending].map(({ name }) => name ?? '');
    });
    assert.ok(
      channels.some((name) => name.startsWith('parley outbox')),
      channels.join(),
    );
    const names = [...channels, '["test","ada"]', 'test:ada', 'ada', 'parley'];

    await page.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      frame.style.display = 'none';
      document.body.append(frame);
    }, foreign);
    const frame = await framed(page, foreign);
    const before = await stateOf(page);
    frames.length = 0;
    await frame.evaluate(
      ([all, channelNames]) => {
        for (const word of all) parent.postMessage(word, '*');
        for (const name of channelNames) {
          const channel = new BroadcastChannel(name);
          for (const word of all) channel.postMessage(word);
        }
      },
      [said, names] as const,
    );
    await untilPosted(page, said.length);

    // As the one who opened the window: Ada came by a link on a page of theirs.
    const opener = await page.context().newPage();
    await opener.goto(foreign);
    const [opened] = await Promise.all([
      opener.waitForEvent('popup'),
      opener.evaluate((address) => void (window.opened = window.open(address)), page.url()),
    ]);
    await untilReady(opened);
    const openedBefore = await stateOf(opened);
    await opener.evaluate((all) => {
      for (const word of all) window.opened?.postMessage(word, '*');
    }, said);

    // And the host's own page, which is trusted and has no such way in either.
    await page.evaluate((all) => {
      for (const word of all) window.postMessage(word, '*');
    }, said);
    await untilPosted(page, 2 * said.length);
    assert.deepEqual(await stateOf(page), before);
    assert.deepEqual(await stateOf(opened), openedBefore);
    const sent = frames.filter((text) => text.includes('forged') || /message:send|session:end|session:refresh/.test(text));
    assert.deepEqual(sent, []);
    await opened.close();
    await ada.composer.press('Enter');
    await ada.line('half a sentence').waitFor();
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.line('half a sentence').waitFor();
    assert.ok(!(await readDocument(bob.page)).includes('forged'));
    assert.deepEqual(await page.evaluate(() => window.listeners), [], 'nobody listens to what is posted to the window');
    assert.equal(await page.evaluate(() => window.onmessage), null);
  });

  it('[attack 65] no source of the page listens to messages, but to its own channels and connection', () => {
    const listening = globSync(['sdk/**/*.ts', 'widgets/**/*.ts'], { cwd: ROOT })
      .map((file) => file.split(path.sep).join('/'))
      .filter((file) => /\bonmessage\b|addEventListener\(\s*['"`]message/.test(readFileSync(path.join(ROOT, file), 'utf8')));
    assert.deepEqual(listening.sort(), [...CHANNELS, ...ADAPTERS].sort());
    const posting = globSync(['sdk/**/*.ts', 'widgets/**/*.ts'], { cwd: ROOT }).filter((file) =>
      /\b(?:parent|opener|top|contentWindow|window)\??\.postMessage\b/.test(readFileSync(path.join(ROOT, file), 'utf8')),
    );
    assert.deepEqual(posting, []);
  });

  it('[attack 63] under the strictest policy everything works, without a violation; and a violation would be seen', async () => {
    const tenant = ground.tenant('policy');
    const bob = await tenant.signIn('bob');
    const ada = await tenant.signIn('ada', { colleagues: ['bob'] });
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('https://example.org/ and 😀');
    await ada.setStatus('Busy');
    await ada.openPeople();
    await ada.badge('bob').waitFor();
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.write('an answer');
    await ada.line('an answer').waitFor();
    for (const { page } of [ada, bob]) {
      const { violations, errors } = await page.evaluate(() => window.eyes);
      assert.deepEqual({ violations, errors }, { violations: [], errors: [] });
    }
    await bob.page
      .evaluate(() => {
        const script = document.createElement('script');
        script.src = 'https://evil.example/x.js';
        document.body.append(script);
      })
      .catch(() => undefined);
    await bob.page.waitForFunction(() => window.eyes.violations.length > 0);
  });
});

async function untilPosted(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => window.posted >= wanted, count, { timeout: PATIENCE });
}

async function framed(page: Page, address: string): Promise<Frame> {
  await page.waitForFunction(() => frames.length > 0);
  const frame = page.frames().find((one) => one !== page.mainFrame());
  await frame?.waitForURL(address);
  if (!frame) throw new Error('there is no frame');
  return frame;
}
