import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { prepareGround } from './ground.js';
import { focused, tabTo, untilFocused } from './keyboard.js';
import { violationsOf, type SignInOptions } from './stage.js';

const SEARCH = /^Search people and chats$/;
const COMPOSER = /^Message$/;
const LINK = /^Link to current examination$/;

/** From the host's button before it into the opened panel, by keys only. */
async function openPanel(page: Page, focus: RegExp = SEARCH): Promise<void> {
  await page.focus('#before');
  await tabTo(page, /^Chat/);
  await page.keyboard.press('Enter');
  await untilFocused(page, focus);
}

/** Finds a person in the open panel and opens the chat with them, by keys only. */
async function openChatWith(page: Page, name: string): Promise<void> {
  await page.keyboard.type(name);
  await page
    .getByRole('option', { name: new RegExp(`^${name}`, 'i') })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await untilFocused(page, COMPOSER);
}

/** Waits until the page says so of a message of its own. */
async function delivery(page: Page, words: RegExp): Promise<void> {
  await page.locator('parley-timeline [part~="state"]').filter({ hasText: words }).first().waitFor();
}

async function assertClean(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    const { violations, errors } = await page.evaluate(() => window.eyes);
    assert.deepEqual({ violations, errors }, { violations: [], errors: [] });
  }
}

describe('two people chat in two browsers', () => {
  const ground = prepareGround();

  /** At the smallest host's page. */
  const signIn = (tenant: string, user: string, { attributes, ...options }: SignInOptions = {}): Promise<Page> =>
    ground.stage.signIn(user, { ...options, attributes: { ...attributes, tenant } });

  it('[S17] [S19] [S20] [S21] pass a link to what one of them has open, by keyboard alone', { timeout: 120_000 }, async () => {
    const [bob, ada] = [await signIn('link', 'bob'), await signIn('link', 'ada')];
    await openPanel(ada);
    await openChatWith(ada, 'Bob');
    await ada.evaluate(() => {
      window.eyes.show('study-1');
    });
    await ada.keyboard.type('Please compare');
    await tabTo(ada, LINK);
    await ada.keyboard.press('Enter');
    await ada.getByText('CT chest').first().waitFor();
    assert.equal(await bob.getByRole('button', { name: /unread/ }).count(), 0, 'nothing is sent before the person sends it');
    if (!COMPOSER.test(await focused(ada))) await tabTo(ada, COMPOSER, 'Shift+Tab');
    await ada.keyboard.press('Enter');

    await bob.getByRole('button', { name: /Chat, 1 unread message/ }).waitFor();
    await openPanel(bob);
    await bob.getByRole('option', { name: /Ada/ }).waitFor();
    if (SEARCH.test(await focused(bob))) await bob.keyboard.press('ArrowDown');
    if (SEARCH.test(await focused(bob))) await tabTo(bob, /^Chats$/);
    await bob.keyboard.press('Enter');
    await untilFocused(bob, COMPOSER);
    await bob.getByText('Please compare').first().waitFor();
    await tabTo(bob, /CT chest/, 'Shift+Tab');
    await bob.keyboard.press('Enter');
    await bob.waitForFunction(() => window.eyes.opened.length > 0);
    assert.deepEqual(await bob.evaluate(() => window.eyes.opened), ['study-1']);
    await assertClean(ada, bob);
  });

  it('[B27] Escape leads out again and gives the focus back; no key typed inside reaches the host', { timeout: 120_000 }, async () => {
    await signIn('keys', 'bob');
    const ada = await signIn('keys', 'ada');
    await openPanel(ada);
    await ada.evaluate(() => {
      window.eyes.keys = [];
    });
    await openChatWith(ada, 'Bob');
    await ada.keyboard.type('hello w 1 z');
    await ada.keyboard.press('Enter');
    await ada.getByText('hello w 1 z').first().waitFor();
    await ada.keyboard.press('Escape');
    await untilFocused(ada, /^(Search people and chats|Chats)$/);
    await ada.keyboard.press('Escape');
    await untilFocused(ada, /^Chat/);
    assert.deepEqual(await ada.evaluate(() => window.eyes.keys), [], 'keys that the host saw');
    await ada.keyboard.press('Tab');
    await untilFocused(ada, /^notes$/);
    await ada.keyboard.type('w');
    assert.ok((await ada.evaluate(() => window.eyes.keys)).includes('w'), 'the host hears its own keys');
    await assertClean(ada);
  });

  for (const [name, attributes, colorScheme] of [
    ['light', {}, 'light'],
    ['dark', {}, 'dark'],
    // A language that Parley does not speak: the words stay those that this test looks for.
    ['from right to left', { dir: 'rtl', lang: 'he' }, 'light'],
  ] as const) {
    it(`[G10] axe finds nothing in any state, ${name}`, { timeout: 120_000 }, async () => {
      const tenant = `axe-${name.replaceAll(' ', '-')}`;
      await signIn(tenant, 'bob');
      const ada = await signIn(tenant, 'ada', { attributes, context: { colorScheme } });
      const clean = async (state: string) => {
        assert.deepEqual(await violationsOf(ada), [], state);
      };
      await clean('the launcher');
      await openPanel(ada);
      await clean('the empty list');
      await ada.keyboard.type('bo');
      await ada.getByRole('option', { name: /Bob/ }).waitFor();
      await clean('search hits');
      await ada.keyboard.press('Enter');
      await untilFocused(ada, COMPOSER);
      await ada.evaluate(() => {
        window.eyes.show('study-2');
      });
      await ada.keyboard.type('Look at this\u202e or at <b>that</b>');
      await ada.getByRole('button', { name: LINK }).click();
      await ada.getByText('MR head').first().waitFor();
      await clean('a message with a link being written');
      await ada.getByRole('textbox', { name: 'Message', exact: true }).press('Enter');
      await delivery(ada, /Sent|Delivered/);
      await clean('a conversation');
      const panel = await ada.locator('parley-chat-panel').getByRole('region').boundingBox();
      const width = await ada.evaluate(() => innerWidth);
      assert.ok(panel !== null && panel.x >= 0 && panel.x + panel.width <= width, 'the panel is within the page');
      assert.equal(panel.x === 0, name === 'from right to left', 'docked at the end side');
      await ada.keyboard.press('Escape');
      await ada.getByRole('option', { name: /Bob/ }).waitFor();
      await clean('the list with a chat');
      await assertClean(ada);
    });
  }

  it('[G10] what is written while the server is gone waits, says so, and arrives once', { timeout: 120_000 }, async () => {
    const [bob, ada] = [await signIn('gone', 'bob'), await signIn('gone', 'ada')];
    await openPanel(ada);
    await openChatWith(ada, 'Bob');
    await ada.keyboard.type('before');
    await ada.keyboard.press('Enter');
    await bob.getByRole('button', { name: /1 unread message/ }).waitFor();
    await ada.keyboard.type('while it is g');
    await ground.stage.killServer();
    await ada
      .getByText(/Offline since|cannot be reached|Trying again/)
      .first()
      .waitFor();
    await ada.keyboard.type('one');
    await ada.keyboard.press('Enter');
    await delivery(ada, /Will be sent when connected/);
    await ada.keyboard.type('and a draft');
    assert.deepEqual(await violationsOf(ada), [], 'axe, offline');
    await ground.stage.startServer();
    await bob.getByRole('button', { name: /2 unread messages/ }).waitFor();
    await ada.waitForFunction(() => document.querySelector('parley-session')?.client?.connection.state === 'ready');
    await delivery(ada, /Sent|Delivered/);
    const field = ada.getByRole('textbox', { name: 'Message', exact: true });
    assert.equal(await field.inputValue(), 'and a draft', 'the draft is still there');
    assert.equal(await ada.getByText('while it is gone', { exact: true }).count(), 1, 'once for its author');
    await openPanel(bob);
    await openChatWith(bob, 'Ada');
    await bob.getByText('while it is gone', { exact: true }).first().waitFor();
    assert.equal(await bob.locator('parley-timeline').getByText('while it is gone', { exact: true }).count(), 1, 'once for the other');
    await assertClean(ada, bob);
  });
});
