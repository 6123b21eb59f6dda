import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { prepareGround } from './ground.js';
import { reasonOf, untilMasked } from './masking.js';
import { rendererOf } from './renderers.js';
import { readDocument } from './residue.js';
import type { Tenant } from './tenant.js';
import type { Visitor } from './visitor.js';
import { say } from './watch.js';

const SECRET = 'the biopsy was malignant';
/** ms */
const AT_ONCE = 500;

declare global {
  interface Window {
    /** When the page lost its session. UTC, ms */
    masked: number;
    rang: number;
  }
}

/** Bob in five tabs, with the open chat in each; he has read there what Ada wrote to him. */
async function fiveTabs(tenant: Tenant): Promise<{ ada: Visitor; tabs: [Visitor, ...Visitor[]] }> {
  await tenant.person('cleo');
  const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob')];
  await ada.openPanel();
  await ada.chatWith('Bob');
  await ada.write(SECRET);
  const tabs: [Visitor, ...Visitor[]] = [bob, ...(await Promise.all(Array.from({ length: 4 }, () => bob.anotherTab())))];
  await Promise.all(tabs.map(readChat));
  for (const tab of tabs) await tab.untilUnread(0);
  return { ada, tabs };
}

/** Opens the chat with Ada, turns to it, and follows what happens to the page. */
async function readChat(tab: Visitor): Promise<void> {
  await tab.page.evaluate(async () => {
    const client = document.querySelector('parley-session')?.client;
    const [person] = (await client?.session?.directory.search('ada')) ?? [];
    await client?.session?.openChat({ to: person?.id ?? '' });
    document.querySelector('parley-chat-panel')?.show();
    window.rang = 0;
    document.addEventListener('parley-notice', () => (window.rang += 1));
    client?.session$.subscribe((session) => {
      if (session === null) window.masked = Date.now();
    });
  });
  await tab.line(SECRET).waitFor();
}

/** Does it in one tab; resolves to how long each of the others took. ms */
async function inOne(tab: Visitor, others: readonly Visitor[], act: (page: Page) => Promise<number>): Promise<number[]> {
  const at = await act(tab.page);
  await Promise.all(others.map(untilMasked));
  for (const { page } of others) {
    const shown = await readDocument(page);
    assert.ok(!shown.includes(SECRET) && !shown.includes('Ada'), 'nothing of it is left in any tab');
  }
  return Promise.all(others.map(async ({ page }) => (await page.evaluate(() => window.masked)) - at));
}

const lock = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const at = Date.now();
    document.querySelector('parley-session')?.lock();
    return at;
  });
const end = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const at = Date.now();
    void document.querySelector('parley-session')?.end();
    return at;
  });
const switchToCleo = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const at = Date.now();
    void document.querySelector('parley-session')?.switchUser(window.eyes.tokenOf('cleo'));
    return at;
  });

describe('five tabs of one browser', { timeout: 180_000 }, () => {
  const ground = prepareGround();

  it('[E8] [attack 69] one rings; locked in one, without a network, all are; unlocked in one, all are; the next user of one ends the others', async () => {
    const { ada, tabs } = await fiveTabs(ground.tenant('five-lock'));
    const [first, second, third, ...rest] = tabs;
    assert.ok(second && third);
    for (const { page } of tabs) await page.evaluate(() => document.querySelector('parley-session')?.client?.session?.open(null));
    // Another chat: one that has just rung is quiet for a while.
    const ward = await ada.startChat(['bob', 'cleo'], 'Ward 3');
    await say(ada.page, ward, ['one more']);
    await Promise.any(tabs.map(({ page }) => page.waitForFunction(() => window.rang > 0)));

    const context = first.page.context();
    await context.setOffline(true);
    for (const took of await inOne(first, tabs, lock)) assert.ok(took <= AT_ONCE, `${String(took)} ms`);
    for (const tab of tabs) assert.equal(await reasonOf(tab), 'user-locked');
    await context.setOffline(false);
    await third.page.evaluate(() => document.querySelector('parley-session')?.unlock());
    for (const tab of tabs) await tab.untilUnread(1);
    const rings = await Promise.all(tabs.map(({ page }) => page.evaluate(() => window.rang)));
    assert.equal(
      rings.reduce((a, b) => a + b, 0),
      1,
      'once over five tabs, and not again when they are unlocked',
    );

    const others = [first, third, ...rest];
    for (const took of await inOne(second, others, switchToCleo)) assert.ok(took <= AT_ONCE, `${String(took)} ms`);
    for (const tab of others) assert.equal(await reasonOf(tab), 'user-switched');
    await second.page.waitForFunction(() => document.querySelector('parley-session')?.client?.session?.info.user.id === 'cleo');
  });

  it('[attack 69] ended in one, all are, a frozen one as soon as it goes on; who else is signed in there is not', async () => {
    const { tabs } = await fiveTabs(ground.tenant('five-end'));
    const [first, second, third, ...rest] = tabs;
    assert.ok(second && third);
    // Somebody else in a session element of their own, in a page of Bob's.
    await third.page.evaluate(() => {
      const element = document.createElement('parley-session');
      element.id = 'beside';
      element.server = document.querySelector('parley-session')?.server ?? '';
      element.token = window.eyes.tokenOf('eve');
      document.body.append(element);
    });
    const eve = () =>
      (document.querySelector('#beside') as HTMLElementTagNameMap['parley-session']).client?.session?.info.user.id === 'eve';
    await third.page.waitForFunction(eve);
    const frozen = process.platform === 'linux' ? await rendererOf(second.page, first.page) : null;
    if (frozen !== null) process.kill(frozen, 'SIGSTOP');
    try {
      for (const took of await inOne(first, [third, ...rest], end)) assert.ok(took <= AT_ONCE, `${String(took)} ms`);
    } finally {
      if (frozen !== null) process.kill(frozen, 'SIGCONT');
    }
    const at = Date.now();
    await untilMasked(second);
    const took = (await second.page.evaluate(() => window.masked)) - at;
    assert.ok(took <= AT_ONCE, `${String(took)} ms after it went on`);
    assert.ok(!(await readDocument(second.page)).includes(SECRET));
    for (const tab of tabs) assert.equal(await reasonOf(tab), 'user-ended');
    assert.equal(await third.page.evaluate(eve), true);
  });
});
