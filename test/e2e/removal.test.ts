import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareGround } from './ground.js';
import { keepBooks } from './ledger.js';
import { standInForNotifications } from './residue.js';
import { meet, tour } from './tour.js';
import { untilReady } from './visitor.js';

/** What has to have been used, so that the books say something. */
const USED = [
  'setTimeout',
  'setInterval',
  'BroadcastChannel',
  'WebSocket',
  'AudioContext',
  'ResizeObserver',
  'listener of blur',
  'listener of keydown',
];

describe('a page that lets Parley go', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[pain 16] has nothing left of it: no timer, listener, channel, lock, socket, sound, notification, style or node, and its own title', async () => {
    const pair = await meet(ground.tenant('removal'));
    const { ada, bob } = pair;
    const { page } = ada;
    await keepBooks(page.context());
    await standInForNotifications(page.context());
    let sockets = 0;
    page.on('websocket', (socket) => {
      sockets += 1;
      socket.on('close', () => (sockets -= 1));
    });
    await page.reload();
    await untilReady(page);
    const before = await page.evaluate(() => ({
      title: document.title,
      sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
      head: document.head.innerHTML,
      body: 'Worklist\nBefore\nNotes\nbob\ncleo',
    }));
    await tour(pair);
    await page.evaluate(() => document.querySelector('parley-session')?.client?.session?.saveSettings({ desktop: true }));
    await ada.composer.fill('half a sentence');
    await ada.button('Settings').click();
    const front = await ada.putBehind();
    await bob.startChat(['ada']);
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.write('are you there?');
    await page.waitForFunction(() => document.title === 'Unread messages');
    await page.waitForFunction(() => window.notifications?.some(({ closed }) => !closed));

    const begun = await page.evaluate(() => {
      for (const one of [...document.querySelectorAll('*')]) if (one.localName.startsWith('parley-')) one.remove();
      return [...window.begun];
    });
    assert.deepEqual(
      USED.filter((kind) => !begun.includes(kind)),
      [],
    );
    // What it is in the middle of comes to its end: frames, and words that are waited for.
    await page
      .waitForFunction(
        async () => {
          const { held = [], pending = [] } = await navigator.locks.query();
          return window.ledger.size + held.length + pending.length === 0;
        },
        null,
        { timeout: 3_000 },
      )
      .catch(() => undefined);
    const left = await page.evaluate(async () => ({
      begun: [...window.ledger.values()],
      locks: (await navigator.locks.query()).held?.map(({ name }) => name),
      notifications: window.notifications?.filter(({ closed }) => !closed),
      title: document.title,
      sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
      head: document.head.innerHTML,
      body: document.body.innerText.replaceAll(' \n', '\n').trim(),
    }));
    assert.deepEqual(left, { begun: [], locks: [], notifications: [], ...before });
    assert.equal(sockets, 0);
    await front.close();
  });
});
