import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { untilReady } from './visitor.js';

/** What one page shows of what is not sent. */
export interface Unsent {
  text: string;
  state: 'sending' | 'waiting' | 'not-sent';
  stale: boolean;
  kept: boolean;
}

/** The outbox of a page, through the element's client, as its own code sees it. */
export function unsent(page: Page): Promise<Unsent[]> {
  return page.evaluate(() => {
    let now: Unsent[] = [];
    document
      .querySelector('parley-session')
      ?.client?.session?.outbox.items$.subscribe((items) => {
        now = items.map(({ text, state, stale, kept }) => ({ text, state, stale: stale === true, kept: kept === true }));
      })
      .unsubscribe();
    return now;
  });
}

export function draftOf(page: Page, conversation: string): Promise<string> {
  return page.evaluate((id) => document.querySelector('parley-session')?.client?.session?.drafts.get(id).text ?? '', conversation);
}

/** As the composer does it: the draft goes when the message is there. */
export async function send(page: Page, conversation: string, ...texts: string[]): Promise<void> {
  await page.evaluate(
    ([id, all]) => {
      const session = document.querySelector('parley-session')?.client?.session;
      for (const text of all) session?.send(id, { text });
      session?.drafts.clear(id);
    },
    [conversation, texts] as const,
  );
}

/** Types, and waits until it is on the disk. */
export async function type(page: Page, conversation: string, text: string): Promise<void> {
  const before = await lastWrite(page);
  await page.evaluate(([id, typed]) => document.querySelector('parley-session')?.client?.session?.drafts.update(id, { text: typed }), [
    conversation,
    text,
  ] as const);
  await eventually(async () => ((await lastWrite(page)) > before ? true : undefined), `the draft ${text} on disk`);
}

/** When a record was last written in this browser. */
async function lastWrite(page: Page): Promise<number> {
  const records = await recordsOf(page);
  return Math.max(0, ...records.map(({ at }) => at));
}

/** What lies in the browser's storage, unread. */
export function recordsOf(page: Page): Promise<{ owner: string; name: string; at: number }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('parley');
        opening.onerror = () => reject(new Error('no storage'));
        opening.onsuccess = () => {
          const db = opening.result;
          if (!db.objectStoreNames.contains('records')) return resolve([]);
          const reading = db.transaction('records').objectStore('records').getAll();
          reading.onsuccess = () => {
            db.close();
            resolve((reading.result as { owner: string; name: string; at: number }[]).map(({ owner, name, at }) => ({ owner, name, at })));
          };
        };
      }),
  );
}

/** Nothing waits any more: all of it was taken by the server, or the person has been told. */
export async function untilSettled(page: Page): Promise<void> {
  await eventually(
    async () => ((await unsent(page)).every(({ state }) => state === 'not-sent') ? true : undefined),
    'the outbox to be settled',
    60_000,
  );
}

/** Every message of the log, from the server, in its order. */
export function logOf(page: Page, conversation: string): Promise<{ cid: string; text: string }[]> {
  return page.evaluate(async (id) => {
    const session = document.querySelector('parley-session')?.client?.session;
    const all: { cid: string; text: string }[] = [];
    for (let after = 0; session;) {
      const { entries, to, head } = await session.command('entry:range', { conversation: id, after, limit: 200 });
      for (const { cid, body } of entries) if (body.kind === 'message') all.push({ cid, text: body.text });
      if (to >= head || entries.length === 0) break;
      after = to;
    }
    return all;
  }, conversation);
}

/** SIGKILL as the renderer sees it: in the middle of whatever it does, without a word to the page. */
export async function crash(page: Page): Promise<void> {
  const gone = new Promise((resolve) => page.once('crash', resolve));
  const debug = await page.context().newCDPSession(page);
  // It has no answer: who would give it is dead.
  debug.send('Page.crash').catch(() => undefined);
  await gone;
  await page.close();
}

export async function openTab(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await untilReady(page);
  return page;
}

/** Does not wait for the next attempt by itself, as somebody who presses "Try now" does not. */
export async function reconnect(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    await page.evaluate(() => document.querySelector('parley-session')?.client?.connect());
    await untilReady(page);
  }
}

/** Which of these pages sends: the one that has the lock. */
export async function drainerOf(pages: readonly Page[]): Promise<Page | undefined> {
  for (const page of pages) {
    const sends = await page.evaluate(async () => {
      const mine = `mine ${String(Math.random())}`;
      return navigator.locks.request(mine, async () => {
        const { held = [] } = await navigator.locks.query();
        const me = held.find(({ name }) => name === mine)?.clientId;
        return held.some(({ name, clientId }) => name?.startsWith('parley outbox') && clientId === me);
      });
    });
    if (sends) return page;
  }
  return undefined;
}
