import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { prepareDemo } from './demo-ground.js';
import { violationsOf } from './stage.js';
import { untilReady } from './visitor.js';

describe("the demo's theme page and playground", () => {
  const demo = prepareDemo();

  async function visit(path: string, width = 1_400): Promise<Page> {
    const { page } = await demo.visit(path, {
      viewport: { width, height: 900 },
      colorScheme: 'light',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await untilReady(page);
    return page;
  }

  const choose = (page: Page, name: string, value: string) => page.getByRole('combobox', { name, exact: true }).selectOption(value);
  const chatWith = (page: Page, name: RegExp) => page.locator('parley-chat-panel').getByRole('option', { name }).first();
  const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });

  it('tokens are tried on a signed-in chat and copied as CSS', { timeout: 120_000 }, async () => {
    const page = await visit('/theme?as=anna');
    await chatWith(page, /Sam Okafor/).click();
    await field(page).fill('x');
    const send = page.locator('parley-composer').getByRole('button', { name: 'Send', exact: true });
    const colour = () => send.evaluate((button) => getComputedStyle(button).backgroundColor);
    await choose(page, 'Theme', 'control-room');
    await page.locator('#css').filter({ hasText: '--parley-density: 0.5' }).waitFor();
    await page.getByLabel('Accent', { exact: true }).fill('#3a0066');
    await page.waitForFunction(() => document.documentElement.style.getPropertyValue('--parley-accent').includes('#3a0066'));
    assert.equal(await colour(), 'rgb(58, 0, 102)');
    await choose(page, 'Scheme', 'dark');
    assert.equal(await colour(), 'rgb(240, 179, 74)', 'the other scheme keeps its own');
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const css = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(css, /^:root \{[^}]*--parley-accent: light-dark\(#3a0066, #f0b34a\);[^}]*\}\n\n@media \(prefers-contrast: more\)/);
    assert.deepEqual(await violationsOf(page), []);
    await page.context().close();
  });

  it(
    '[pain 14] a colour that cannot be read is named, and more contrast is shown without asking the system',
    { timeout: 120_000 },
    async () => {
      const page = await visit('/theme?as=anna');
      await page.getByText(/contrast of 4.5/).waitFor();
      await page.getByLabel('Text', { exact: true }).fill('#aaaaaa');
      await page.getByText(/“Text” on “Conversation”: 2\.3, needed 4\.5/).waitFor();
      await choose(page, 'Contrast', 'more');
      assert.equal(await page.getByLabel('Edges of fields', { exact: true }).inputValue(), '#1b2430');
      await page.context().close();
    },
  );

  it('[S12] language and direction change on the page as it is', { timeout: 120_000 }, async () => {
    const page = await visit('/theme?as=anna');
    await choose(page, 'Language', 'ar');
    await page.locator('parley-chat-panel').getByRole('tab', { name: 'جهات الاتصال' }).waitFor();
    const rightToLeft = () => page.locator('parley-chat-panel').evaluate((panel) => panel.matches(':dir(rtl)'));
    assert.equal(await rightToLeft(), true);
    await choose(page, 'Direction', 'ltr');
    assert.equal(await rightToLeft(), false);
    await page.context().close();
  });

  it(
    '[G10] what is written over a dead wire waits, and arrives when it lives; every event is in the log',
    { timeout: 120_000 },
    async () => {
      const page = await visit('/playground?as=anna');
      await chatWith(page, /Sam Okafor/).click();
      await choose(page, 'The wire', 'refused');
      await page
        .locator('parley-chat-panel')
        .getByText(/Offline since/)
        .first()
        .waitFor();
      await field(page).fill('over a dead wire');
      await field(page).press('Enter');
      await page.locator('parley-timeline').getByText('Will be sent when connected').waitFor();
      await choose(page, 'The wire', 'up');
      await page
        .locator('parley-timeline [part~="state"]')
        .last()
        .filter({ hasText: /Sent|Delivered|Read/ })
        .waitFor();
      const log = page.locator('#events');
      for (const name of ['parley-message-send', 'parley-message-sent', 'parley-conversation-opened', 'parley-focus-enter'])
        await log.getByText(name, { exact: true }).first().waitFor();
      await page.getByRole('checkbox', { name: 'Cancel what asks' }).check();
      await field(page).fill('kept back');
      await field(page).press('Enter');
      await log.getByText('asked, cancelled').waitFor();
      assert.equal(await field(page).inputValue(), 'kept back');
      assert.deepEqual(await violationsOf(page), []);
      await page.context().close();
    },
  );

  it('a broken connection comes back by itself', { timeout: 120_000 }, async () => {
    const page = await visit('/playground?as=mark');
    await choose(page, 'Every piece takes longer by', '50 20');
    await page
      .locator('#network-said')
      .filter({ hasText: /broken since/ })
      .waitFor();
    await page.evaluate(() => {
      const client = document.querySelector('parley-session')?.client;
      client?.connection$.subscribe(({ state }) => (document.body.dataset['states'] = `${document.body.dataset['states'] ?? ''} ${state}`));
    });
    await page.getByRole('button', { name: 'Break it now' }).click();
    await page.waitForFunction(() => / ready .*[a-z].* ready$/.test(document.body.dataset['states'] ?? ''));
    await choose(page, 'Every piece takes longer by', '0 0');
    await page.context().close();
  });

  it('[B1] both fit a window of 320 px', { timeout: 120_000 }, async () => {
    for (const path of ['/theme?as=anna', '/playground?as=anna']) {
      const page = await visit(path, 320);
      await page.evaluate(() => document.querySelector('parley-chat-panel')?.removeAttribute('open'));
      const launcher = page.locator('parley-launcher').getByRole('button');
      await launcher.waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, path);
      const box = await launcher.boundingBox();
      assert.ok(box !== null && box.x + box.width <= 320, path);
      await page.context().close();
    }
  });
});
