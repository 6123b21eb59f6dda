import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, Stage } from './stage.js';

/** What is loaded when the panel is opened. */
const INSIDE = /\/parley-inside-[^/]+\.js$/;
/** What is loaded when the page has time for it. */
const IDLE = /\/parley-idle-[^/]+\.js$/;

describe('what is loaded later and does not come', () => {
  let browser: Browser;
  let stage: Stage;
  before(async () => {
    browser = await launch();
    stage = await Stage.open(browser);
  });
  after(async () => {
    await stage.close();
    await browser.close();
  });

  it('says so, can be closed, and tries again when asked', { timeout: 120_000 }, async () => {
    const page = await stage.signIn('ada');
    await page.route(INSIDE, (route) => route.abort());
    await page.reload();
    await page.getByRole('button', { name: /^Chat/ }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The chat could not be loaded.' });
    await alert.waitFor();
    await page.getByRole('button', { name: 'Close chat' }).click();
    await alert.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Chat/ }).click();
    await alert.waitFor();
    await page.unroute(INSIDE);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('combobox', { name: 'Search people and chats' }).waitFor();
    assert.equal(await alert.count(), 0);
    assert.deepEqual(await page.evaluate(() => window.eyes.errors), []);
  });

  it(
    '[B38] the menu of the own status that does not come is said, and comes when it is asked for again',
    { timeout: 120_000 },
    async () => {
      const page = await stage.signIn('bob');
      await page.route(IDLE, (route) => route.abort());
      await page.reload();
      await page.getByRole('button', { name: /^Chat/ }).click();
      const status = page.locator('parley-status-menu').getByRole('button');
      await status.click();
      await page.getByText('Your status could not be changed.').waitFor();
      await page.unroute(IDLE);
      await status.click();
      await page.getByRole('menuitemradio', { name: 'Away' }).click();
      await status.filter({ hasText: 'Away' }).waitFor();
      assert.deepEqual(await page.evaluate(() => window.eyes.errors), []);
    },
  );
});
