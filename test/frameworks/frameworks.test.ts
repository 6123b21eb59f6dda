import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { launch, PATIENCE } from '../e2e/stage.js';
import { untilReady, Visitor } from '../e2e/visitor.js';
import { FrameworkPages, prepareFrameworks, runTool } from './framework-page.js';

/** Each by the folder of its host. */
const FRAMEWORKS = ['plain', 'react-18', 'react-19', 'vue', 'svelte', 'angular'];
/** How hosts check their types; the first does it for those that need nothing else. */
const CHECKS: [tool: string, ...args: string[]][] = [
  ['typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['typescript/bin/tsc', '-p', 'react-18/tsconfig.json'],
  ['vue-tsc/bin/vue-tsc.js', '-p', 'vue/tsconfig.json'],
  ['svelte-check/bin/svelte-check', '--tsconfig', './svelte/tsconfig.json', '--fail-on-warnings'],
];

describe('a host in a framework', { timeout: 240_000 }, () => {
  let folder = '';
  let browser: Browser;
  let pages: FrameworkPages;
  before(async () => {
    folder = prepareFrameworks();
    browser = await launch();
    pages = await FrameworkPages.open(folder);
  });
  after(async () => {
    await pages?.close();
    await browser?.close();
  });

  async function signIn(framework: string, user: string): Promise<{ visitor: Visitor; errors: string[]; open: () => number }> {
    const page: Page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(PATIENCE);
    const errors: string[] = [];
    let open = 0;
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (line) => ['error', 'warning'].includes(line.type()) && errors.push(line.text()));
    page.on('websocket', (socket) => {
      open += 1;
      socket.on('close', () => (open -= 1));
    });
    await page.goto(pages.address(framework, user));
    await untilReady(page);
    return { visitor: new Visitor(page, user), errors, open: () => open };
  }

  for (const check of CHECKS)
    it(`[framework types] knows elements, properties and events: ${check.join(' ')}`, () => runTool(folder, ...check));

  for (const framework of FRAMEWORKS) {
    it(`[framework ${framework}] sets properties, hears events, and leaves nothing behind`, async () => {
      await pages.build(framework);
      const bob = await signIn(framework, 'bob');
      const ada = await signIn(framework, 'ada');
      const { page } = ada.visitor;
      await ada.visitor.openPanel();
      await ada.visitor.chatWith('Bob');
      await page
        .locator('parley-presence-badge')
        .getByRole('button', { name: /Available/ })
        .waitFor();

      await page.getByRole('button', { name: 'Link to current examination' }).click();
      await ada.visitor.write('What is on the left?');
      await page.locator('#sent').filter({ hasText: /^1$/ }).waitFor();

      await bob.visitor.openPanel();
      await bob.visitor.entry(/Ada/).click();
      await bob.visitor.timeline.locator('parley-link-card').getByText('CT chest').first().click();
      await bob.visitor.page
        .locator('#opened')
        .filter({ hasText: /^study-1$/ })
        .waitFor();

      await page.getByRole('button', { name: 'Leave', exact: true }).click();
      await page.waitForFunction(() => document.querySelector('parley-session, parley-chat-panel') === null);
      await eventually(() => ada.open() === 0 || undefined, 'the end of its connection');
      await page.getByRole('button', { name: 'Come back' }).click();
      await untilReady(page);
      assert.deepEqual([...ada.errors, ...bob.errors], []);
      for (const { visitor } of [ada, bob]) await visitor.page.context().close();
    });
  }
});
