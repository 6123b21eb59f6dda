import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { seededRandom } from '../support/random.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { crash, draftOf, drainerOf, logOf, openTab, reconnect, send, type, unsent, untilSettled } from './outbox-desk.js';
import type { Stage } from './stage.js';
import { openWiredStage, type WiredStage } from './wired-stage.js';

/** Rounds of each kind: a few in the suite, as many as are asked for at night. */
const ROUNDS = Number(process.env['PARLEY_OUTBOX_ROUNDS'] ?? 12);
const SEED = Number(process.env['PARLEY_SEED'] ?? Date.now() % 1_000_000);
const TABS = 5;
const MINUTES = 4 + ROUNDS / 10;

describe('what is written and not sent yet', { timeout: MINUTES * 60_000 }, () => {
  let wired: WiredStage;
  let stage: Stage;
  let proxy: TcpProxy;
  before(async () => {
    wired = await openWiredStage();
    ({ stage, proxy } = wired);
  });
  after(() => wired.close());

  /** Ada's page and a chat of hers with Bob, whose page reads the log. */
  async function chat(tenant: string): Promise<{ ada: Page; bob: Page; conversation: string; address: string; context: BrowserContext }> {
    const attributes = { tenant };
    const [ada, bob] = [await stage.signIn('ada', { attributes }), await stage.signIn('bob', { attributes })];
    const conversation = await ada.evaluate(
      async () => (await document.querySelector('parley-session')?.client?.session?.startChat({ to: ['bob'] }))?.id ?? '',
    );
    return { ada, bob, conversation, address: stage.address('ada', attributes), context: ada.context() };
  }

  it(`[G10] [L9] refresh, crash, closed tab and lost connection at random points: each text is in the log once, waits, or says that it was not sent (${String(ROUNDS)} rounds, seed ${String(SEED)})`, async () => {
    const random = seededRandom(SEED);
    const { ada, bob, conversation, address, context } = await chat('random');
    let page = ada;
    const typed: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const act = random.pick(['refresh', 'crash', 'close', 'cut', 'offline'] as const);
      if (act === 'offline') await proxy.close();
      const text = `round ${String(round)} ${act}`;
      typed.push(text);
      await type(page, conversation, text);
      const sent = send(page, conversation, text).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, random.below(60)));
      if (act === 'refresh') {
        await page.reload();
      } else if (act === 'crash' || act === 'close') {
        await (act === 'crash' ? crash(page) : page.close());
        page = await openTab(context, address);
      } else if (act === 'cut') proxy.cut();
      else {
        await sent;
        const waiting = await unsent(page);
        assert.deepEqual(
          waiting.filter(({ state }) => state !== 'waiting').map((item) => item.text),
          [],
          'nothing looks sent without a connection',
        );
        await proxy.open();
      }
      await sent;
      await reconnect(page, bob);
      // Where it was neither sent nor in the outbox yet, it is where it was typed.
      const draft = await eventually(async () => {
        // Bob's page may notice a cut only now: what it was asked is OFFLINE then, and asked again.
        const log = await logOf(bob, conversation).catch(() => []);
        const [outbox, now] = [await unsent(page), await draftOf(page, conversation)];
        return log.some((one) => one.text === text) || outbox.some((one) => one.text === text) || now === text ? now : undefined;
      }, `${text} to be anywhere`);
      if (draft === text) await send(page, conversation, text);
    }
    await untilSettled(page);
    const log = (await logOf(bob, conversation)).map(({ text }) => text);
    assert.deepEqual(log, typed, 'each once, in the order typed');
    assert.deepEqual(await unsent(page), []);
  });

  it(`[G4] [attack 70] five tabs, one outbox: whichever dies in the middle of it, each message is sent exactly once (${String(ROUNDS)} kills, seed ${String(SEED)})`, async () => {
    const random = seededRandom(SEED);
    const { ada, bob, conversation, address, context } = await chat('tabs');
    const tabs = [ada];
    while (tabs.length < TABS) tabs.push(await openTab(context, address));
    const safe = new Set<string>();
    const doubtful = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const drainer = await eventually(() => drainerOf(tabs), 'a tab that sends');
      const texts = (
        await Promise.all(
          tabs.map(async (tab, index) => {
            const own = [0, 1].map((count) => `round ${String(round)} tab ${String(index)} ${String(count)}`);
            // What the tab that dies had not written down when it died was perhaps never sent, and in no case twice.
            for (const text of own) (tab === drainer ? doubtful : safe).add(text);
            await send(tab, conversation, ...own);
            return own;
          }),
        )
      ).flat();
      assert.equal(texts.length, 2 * TABS);
      if (random.below(3) === 0) proxy.cut();
      await new Promise((resolve) => setTimeout(resolve, random.below(40)));
      await crash(drainer);
      tabs.splice(tabs.indexOf(drainer), 1);
      tabs.push(await openTab(context, address));
      await reconnect(...tabs, bob);
      await Promise.all(tabs.map(untilSettled));
    }
    const log = (await logOf(bob, conversation)).map(({ text }) => text);
    assert.equal(new Set(log).size, log.length, 'none twice');
    assert.deepEqual(
      [...safe].filter((text) => !log.includes(text)),
      [],
      'none lost',
    );
    assert.deepEqual(
      log.filter((text) => !safe.has(text) && !doubtful.has(text)),
      [],
    );
    for (const text of log.filter((one) => one.endsWith(' 1')))
      assert.ok(log.indexOf(text.replace(/1$/, '0')) < log.indexOf(text), `${text} after the one before it`);
  });

  it('[G10] [O5] the browser deletes its storage under a page that waits: what was on disk stays in the page, is said to be only there, and is sent', async () => {
    const { ada, bob, conversation } = await chat('deleted');
    await proxy.close();
    await send(ada, conversation, 'typed offline');
    await eventually(async () => ((await unsent(ada)).some(({ kept }) => kept) ? true : undefined), 'it on the disk');
    await ada.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const deleting = indexedDB.deleteDatabase('parley');
          deleting.onsuccess = resolve;
          deleting.onerror = deleting.onblocked = reject;
        }),
    );
    await eventually(async () => ((await unsent(ada)).some(({ kept }) => !kept) ? true : undefined), 'the page to notice');
    assert.deepEqual(
      (await unsent(ada)).map(({ text, state }) => [text, state]),
      [['typed offline', 'waiting']],
    );
    await proxy.open();
    await reconnect(ada, bob);
    await untilSettled(ada);
    assert.deepEqual(
      (await logOf(bob, conversation)).map(({ text }) => text),
      ['typed offline'],
    );
  });

  it('[G4] five tabs without a lock all send at once, and each message is there exactly once', async () => {
    const { ada, bob, conversation, address, context } = await chat('no-lock');
    await context.addInitScript(() => {
      navigator.locks.request = (...given: unknown[]) => Promise.resolve((given.at(-1) as (lock: unknown) => unknown)({}));
    });
    await ada.reload();
    const tabs = [ada];
    while (tabs.length < TABS) tabs.push(await openTab(context, address));
    await reconnect(ada);
    const texts: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (const [index, tab] of tabs.entries()) {
        const text = `round ${String(round)} tab ${String(index)}`;
        texts.push(text);
        await send(tab, conversation, text);
      }
      proxy.cut();
      await reconnect(...tabs, bob);
    }
    await Promise.all(tabs.map(untilSettled));
    assert.deepEqual((await logOf(bob, conversation)).map(({ text }) => text).sort(), texts.sort());
  });
});
