import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { prepareGround } from './ground.js';

declare global {
  interface Window {
    /** How often the page was asked to ring. */
    rings: number;
  }
}

function countRings(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.rings = 0;
    document.addEventListener('parley-notice', () => (window.rings += 1));
  });
}

describe('noticing what comes', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[B2] [B24] [B26] in a page that is not in front launcher and title blink for a message, and the title stops when it comes to the front', async () => {
    const tenant = ground.tenant('blink');
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada')];
    const title = await bob.page.title();
    const window = await bob.putBehind();
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('are you there?');
    await bob.page.locator('parley-launcher .blink').waitFor();
    await bob.page.waitForFunction(() => document.title === 'Unread messages');
    await bob.page.waitForFunction((own) => document.title === own, title);
    await bob.page.waitForFunction(() => document.title === 'Unread messages');
    await bob.comeToFront();
    assert.equal(await bob.page.title(), title, 'the title of the host is back');
    await window.close();
    await bob.untilUnread(1);
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.untilUnread(0);
    assert.equal(await bob.page.locator('parley-launcher .blink').count(), 0);
    assert.equal(await bob.page.title(), title);
  });

  it('[B2] a request for a new chat blinks, too', async () => {
    const tenant = ground.tenant('blink-invited');
    await tenant.decide({ join: 'invite' });
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada')];
    await tenant.person('cleo');
    await ada.startChat(['bob', 'cleo'], 'Consilium');
    await bob.page.locator('parley-launcher .blink').waitFor();
    await bob.page.getByRole('button', { name: 'Chat, 1 invitation' }).waitFor();
    await bob.banner.filter({ hasText: 'Ada invites you to a chat' }).waitFor();
    await bob.openPanel();
    await bob.button('Decline').click();
    await bob.untilUnread(0);
    await bob.banner.waitFor({ state: 'detached' });
  });

  it('[E7] [E9] the banner is at the bottom of whichever page of the host is shown, with the 24-hour time of the message', async () => {
    const tenant = ground.tenant('banner');
    const context = { timezoneId: 'Europe/Vienna', locale: 'en-US', viewport: { width: 1_000, height: 700 } };
    const [bob, ada] = [await tenant.signIn('bob', { context }), await tenant.signIn('ada')];
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('wherever you are');
    const notice = bob.banner.filter({ hasText: 'New message from Ada' });
    await notice.waitFor();
    const sent = await ada.timeline.locator('[part~="message"] time').last().getAttribute('datetime');
    const expected = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Vienna' });
    assert.equal((await notice.locator('time').innerText()).trim(), expected.format(new Date(sent ?? '')));
    const box = await notice.boundingBox();
    assert.ok(box && box.y + box.height > 600 && box.y + box.height <= 700, 'at the bottom of the window');
    assert.equal(await notice.getByText('wherever you are').count(), 0, 'without the words, unless tenant and person want them');

    const address = new URL(bob.page.url());
    address.searchParams.set('place', 'Examinations');
    await bob.page.goto(address.href);
    await bob.page.getByRole('heading', { name: 'Examinations' }).waitFor();
    await notice.waitFor();
    await notice.getByRole('button', { name: 'Open' }).click();
    await bob.line('wherever you are').waitFor();
    await notice.waitFor({ state: 'detached' });
    await bob.untilUnread(0);
  });

  it('[M17] [M18] [M19] [B28] one unread state: dots on the entry, the number on tab and button, all gone when it is read', async () => {
    const tenant = ground.tenant('dots');
    const ada = await tenant.signIn('ada');
    const bob = await tenant.signIn('bob', { page: true });
    await bob.chatWith('Ada');
    await bob.write('hello');
    await tenant.signIn('cleo');
    await bob.chatWith('Cleo');
    await bob.write('you too');
    await ada.openPanel();
    await ada.entry(/Bob/).click();
    for (const text of ['one', 'two', 'three']) await ada.write(text);
    await bob.untilUnread(3);
    const tab = bob.panel.getByRole('tablist', { name: 'Open chats' }).getByRole('tab', { name: /Ada/ });
    await tab.filter({ hasText: '3 unread messages' }).waitFor();
    await bob.entry(/Ada/).filter({ hasText: '3 unread messages' }).locator('.dot').waitFor();
    await bob.panel
      .getByRole('tab', { name: /^Chats/ })
      .filter({ hasText: '3 unread messages' })
      .waitFor();
    await bob.banner.waitFor();
    await bob.entry(/Ada/).click();
    await bob.untilUnread(0);
    await bob.entry(/Ada/).locator('.dot').waitFor({ state: 'detached' });
    assert.equal(await tab.innerText().then((text) => text.includes('unread')), false);
    assert.equal((await bob.panel.getByRole('tab', { name: /^Chats/ }).innerText()).trim(), 'Chats');
    await bob.banner.waitFor({ state: 'detached' });
    await ada.timeline.locator('[part~="state"]').filter({ hasText: 'Read' }).waitFor();
  });

  it('[E8] [B2] [M19] two tabs of one browser: one ring, dismissed in both, read in both', async () => {
    const tenant = ground.tenant('two-tabs');
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada')];
    const other = await bob.anotherTab();
    await Promise.all([countRings(bob.page), countRings(other.page)]);
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('first');
    const rings = async () =>
      (await Promise.all([bob, other].map(({ page }) => page.evaluate(() => window.rings)))).reduce((a, b) => a + b, 0);
    for (const tab of [bob, other]) {
      await tab.untilUnread(1);
      await tab.banner.waitFor();
    }
    await Promise.any([bob, other].map(({ page }) => page.waitForFunction(() => window.rings > 0)));
    await bob.banner.getByRole('button', { name: 'Dismiss' }).click();
    for (const tab of [bob, other]) await tab.banner.waitFor({ state: 'detached' });
    await ada.write('second');
    for (const tab of [bob, other]) {
      await tab.untilUnread(2);
      await tab.banner.waitFor();
    }
    assert.equal(await rings(), 1, 'once over both tabs, and not again within ten seconds');
    await other.openPanel();
    await other.entry(/Ada/).click();
    for (const tab of [bob, other]) {
      await tab.untilUnread(0);
      await tab.banner.waitFor({ state: 'detached' });
    }
    assert.equal(await rings(), 1);
  });
});
