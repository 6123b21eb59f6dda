import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { draftOf, logOf, openTab, reconnect, send, unsent, untilSettled } from './outbox-desk.js';
import type { Stage } from './stage.js';
import { openWiredStage, type WiredStage } from './wired-stage.js';

declare global {
  interface Window {
    /** The disk takes nothing more. */
    full?: boolean;
  }
}

/** What a browser, or a page without a secure context, may keep from whoever wants to keep something. */
const WITHOUT: Readonly<Record<string, () => void>> = {
  'an insecure page': () => {
    Reflect.deleteProperty(Crypto.prototype, 'subtle');
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
    Reflect.deleteProperty(Navigator.prototype, 'locks');
  },
  'storage refused': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('refused', 'SecurityError');
    };
  },
  'no word to other tabs': () => void Reflect.deleteProperty(globalThis, 'BroadcastChannel'),
};

describe('what is not sent, where the disk is late, full or missing', { timeout: 180_000 }, () => {
  let wired: WiredStage;
  let stage: Stage;
  let proxy: TcpProxy;
  before(async () => {
    wired = await openWiredStage();
    ({ stage, proxy } = wired);
  });
  after(() => wired.close());

  /** Ada's page, of which something may be taken away before it begins, and a chat of hers with Bob, whose page reads the log. */
  async function chat(tenant: string, prepare?: (context: BrowserContext) => Promise<unknown>) {
    const attributes = { tenant };
    const ada = await stage.signIn('ada', {
      attributes,
      ...(prepare ? { prepare: async (context) => void (await prepare(context)) } : {}),
    });
    const bob = await stage.signIn('bob', { attributes });
    const conversation = await ada.evaluate(
      async () => (await document.querySelector('parley-session')?.client?.session?.startChat({ to: ['bob'] }))?.id ?? '',
    );
    return { ada, bob, conversation, address: stage.address('ada', attributes) };
  }

  const isKept = (page: Page, wanted: boolean) =>
    eventually(async () => ((await unsent(page)).some(({ kept }) => kept === wanted) ? true : undefined), 'the message to be there');

  const hasLost = (page: Page) =>
    eventually(
      () => page.evaluate(() => (document.querySelector('parley-session')?.client?.connection.state !== 'ready' ? true : undefined)),
      'the loss to be noticed',
    );

  const texts = async (page: Page, conversation: string) => (await logOf(page, conversation)).map(({ text }) => text);

  it('[G11] [O4] what lay on the disk for more than five minutes is not sent by the next page: the person sends it', async () => {
    const { ada, bob, conversation, address } = await chat('late');
    await proxy.close();
    await send(ada, conversation, 'from before lunch');
    await isKept(ada, true);
    const context = ada.context();
    await ada.close();
    await context.addInitScript(() => {
      const { now } = Date;
      Date.now = () => now() + 6 * 60_000;
    });
    await proxy.open();
    const later = await openTab(context, address);
    await reconnect(bob);
    await isKept(later, true);
    assert.deepEqual(await unsent(later), [{ text: 'from before lunch', state: 'not-sent', stale: true, kept: true }]);
    // What is written now goes, and does not take the old one with it.
    await send(later, conversation, 'after lunch');
    await eventually(async () => ((await texts(bob, conversation)).length > 0 ? true : undefined), 'the new one');
    assert.deepEqual(await texts(bob, conversation), ['after lunch']);
    await later.evaluate(() => {
      const outbox = document.querySelector('parley-session')?.client?.session?.outbox;
      outbox?.items$.subscribe((items) => items.forEach(({ cid }) => outbox.retry(cid))).unsubscribe();
    });
    await eventually(async () => ((await unsent(later)).length === 0 ? true : undefined), 'the old one to be sent');
    assert.deepEqual(await texts(bob, conversation), ['after lunch', 'from before lunch']);
  });

  it('[G10] [O5] a full disk: with a connection it is sent all the same, without one it stands in the composer again', async () => {
    const { ada, bob, conversation } = await chat('full', (context) =>
      context.addInitScript(() => {
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...record) {
          if (window.full === true) throw new DOMException('full', 'QuotaExceededError');
          return put.apply(this, record);
        };
      }),
    );
    // Until this one is on its way it is not known whether the browser keeps anything.
    await send(ada, conversation, 'kept');
    await untilSettled(ada);
    await ada.evaluate(() => void (window.full = true));
    await send(ada, conversation, 'not kept');
    await eventually(async () => ((await texts(bob, conversation)).includes('not kept') ? true : undefined), 'what could not be kept');
    await proxy.close();
    await hasLost(ada);
    await send(ada, conversation, 'half a thought');
    await eventually(async () => ((await draftOf(ada, conversation)) === 'half a thought' ? true : undefined), 'it in the composer');
    assert.deepEqual(await unsent(ada), []);
    await proxy.open();
    await reconnect(ada, bob);
    assert.deepEqual(await texts(bob, conversation), ['kept', 'not kept'], 'and it is the person who sends it');
  });

  it('[G10] [G14] storage that is deleted while the chat is locked: what was on its way is there at unlock, and is sent once', async () => {
    const { ada, bob, conversation } = await chat('locked');
    await proxy.close();
    await send(ada, conversation, 'before the lock');
    await isKept(ada, true);
    await ada.evaluate(
      () =>
        new Promise((resolve, reject) => {
          document.querySelector('parley-session')?.lock();
          const deleting = indexedDB.deleteDatabase('parley');
          deleting.onsuccess = resolve;
          deleting.onerror = reject;
        }),
    );
    await proxy.open();
    await ada.evaluate(() => document.querySelector('parley-session')?.unlock());
    await reconnect(ada, bob);
    await eventually(async () => ((await texts(bob, conversation)).length > 0 ? true : undefined), 'it to be sent');
    await untilSettled(ada);
    assert.deepEqual(await texts(bob, conversation), ['before the lock']);
  });

  for (const [name, take] of Object.entries(WITHOUT)) {
    it(`[G10] [O5] ${name}: what waits is in this page only, says so, and is sent once`, async () => {
      const { ada, bob, conversation } = await chat(name.replaceAll(' ', '-'), (context) => context.addInitScript(take));
      await proxy.close();
      await hasLost(ada);
      await send(ada, conversation, 'one');
      await isKept(ada, false);
      assert.deepEqual(await unsent(ada), [{ text: 'one', state: 'waiting', stale: false, kept: false }]);
      const asked = await ada.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })));
      assert.equal(asked, false, 'the page asks before it is closed');
      await proxy.open();
      await reconnect(ada, bob);
      await untilSettled(ada);
      assert.deepEqual(await texts(bob, conversation), ['one']);
    });
  }
});
