import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { prepareDemo } from './demo-ground.js';

describe('the hosts of the demo', () => {
  const { visit } = prepareDemo();

  const chatWith = (page: Page, name: RegExp) => page.locator('parley-chat-panel').getByRole('option', { name }).first();

  it('[B1] [B3] the webmail has the balloon on every page, and a page change leaves the chat as it was', { timeout: 120_000 }, async () => {
    const { page, problems } = await visit('/mail?as=clara');
    await page.locator('parley-launcher').getByRole('button').click();
    await chatWith(page, /Idris Osei/).click();
    await page.locator('parley-timeline').getByText('Viktor measured the wall').waitFor();
    for (const name of ['Calendar', 'Contacts', 'Received mails', 'Mail']) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.locator(`.suite a[aria-current="page"]`, { hasText: name }).waitFor();
      await page.locator('parley-launcher').getByRole('button').waitFor();
      await page.locator('parley-timeline').getByText('Viktor measured the wall').waitFor();
    }
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('[B18] [B19] [B20] a history sent to a shared mailbox arrives there as a mail', { timeout: 120_000 }, async () => {
    const { page, problems } = await visit('/mail?as=clara&chat=open');
    await chatWith(page, /Idris Osei/).click();
    await page.getByRole('button', { name: 'Send history' }).click();
    const to = page.getByRole('combobox', { name: /To|Person, group/ });
    await to.fill('permits');
    await page
      .getByRole('option', { name: /Building permits/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await page
      .locator('parley-timeline')
      .getByText(/Building permits/)
      .waitFor();
    await page.getByRole('link', { name: 'Received mails' }).click();
    const mail = page.locator('#mails .row').filter({ hasText: 'permits@brookfield.example' }).first();
    await mail.waitFor();
    await mail.getByRole('button').click();
    await page.locator('#content .text').filter({ hasText: 'Viktor measured the wall' }).waitFor();
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('[E1] a region with chat off shows nothing of it, and a change of the rules holds at once', { timeout: 120_000 }, async () => {
    const { page, problems } = await visit('/dashboard?as=olga&resource=ostra-ed');
    await page.locator('parley-people').getByRole('button', { name: 'Start group chat' }).waitFor();
    await page.getByRole('combobox', { name: 'Region' }).selectOption({ label: 'South Region' });
    await page.getByRole('button', { name: 'Birchfield Clinic' }).click();
    await page.locator('table.own-users').waitFor();
    const shown = () =>
      page
        .locator('parley-launcher, parley-chat-panel, parley-people, parley-presence-badge')
        .evaluateAll(
          (all) =>
            all.filter(
              (element) =>
                element.shadowRoot?.querySelector('button, section, table, .mark') !== null &&
                (element as HTMLElement).offsetParent !== null,
            ).length,
        );
    await page.waitForFunction(() => document.querySelector('parley-session')?.client?.connection.state === 'ready');
    assert.equal(await shown(), 0);
    await page.locator('#policies summary').click();
    const chat = page.locator('.policy-form select').first();
    await chat.selectOption('on');
    await page.locator('parley-launcher').getByRole('button').waitFor();
    await chat.selectOption('off');
    await page.locator('parley-launcher').getByRole('button').waitFor({ state: 'detached' });
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('[B1] in a window of 320 px every host shows all of its bar, and nothing is wider than the window', { timeout: 120_000 }, async () => {
    for (const path of ['/dashboard?as=anna', '/viewer?as=anna', '/mail?as=clara', '/console?as=kim']) {
      const { page, problems } = await visit(path);
      await page.setViewportSize({ width: 320, height: 640 });
      const launcher = page.locator('parley-launcher').getByRole('button');
      await launcher.waitFor();
      const [wide, box] = [await page.evaluate(() => document.documentElement.scrollWidth), await launcher.boundingBox()];
      assert.equal(wide, 320, path);
      assert.ok(box !== null && box.x + box.width <= 320, `${path}: the launcher is whole`);
      assert.deepEqual(problems, []);
      await page.context().close();
    }
  });

  it('[M6] [M11] the operator answers by key, and a message to a colleague names the caller', { timeout: 120_000 }, async () => {
    const { page, problems } = await visit('/console?as=kim');
    await page.locator('#queue tr').first().waitFor();
    await page.locator('parley-launcher').getByRole('button').waitFor();
    await page.keyboard.press('F9');
    await page.getByRole('region', { name: 'Chat', exact: true }).waitFor();
    await page.locator('#active').click();
    await page.keyboard.press('F2');
    await page.locator('#active .name').waitFor();
    await page.keyboard.press('F3');
    await page.keyboard.type('Ravi');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const caller = await page.locator('#active .name').textContent();
    const number = await page.locator('#active .telephone').textContent();
    assert.ok(caller && number);
    await page.getByRole('button', { name: 'Message', exact: true }).click();
    await page.waitForFunction(
      ([name, telephone]) => {
        const panel = document.querySelector('parley-chat-panel');
        const find = (root: ParentNode): string[] =>
          [...root.querySelectorAll('*')].flatMap((one) => [
            ...(one instanceof HTMLTextAreaElement ? [one.value] : []),
            ...(one.shadowRoot ? find(one.shadowRoot) : []),
          ]);
        return find(panel?.shadowRoot ?? document).some((text) => text.includes(name) && text.includes(telephone));
      },
      [caller, number] as const,
    );
    assert.deepEqual(problems, []);
    await page.context().close();
  });
});
