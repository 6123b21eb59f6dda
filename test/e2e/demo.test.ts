import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DEMO_PAGES } from '../demo-host/demo-pages.js';
import { prepareDemo } from './demo-ground.js';
import type {} from '../../widgets/index.js';
import { violationsOf } from './stage.js';

/** What a build writes last. */
const BUILT = fileURLToPath(new URL('../../../dist/browser/parley.js', import.meta.url));

/** What the reader has open when a link to something else arrives. */
const OTHER_STUDY = '2.25.314159265358979323846264338327907';

describe('npm start', () => {
  const ground = prepareDemo();

  for (const path of DEMO_PAGES) {
    it(`shows ${path} without an error and without a finding of axe`, { timeout: 120_000 }, async () => {
      const { page, problems } = await ground.visit(path);
      await page.getByRole('heading').first().waitFor();
      assert.deepEqual(await violationsOf(page), []);
      assert.deepEqual(problems, []);
      await page.context().close();
    });
  }

  it('[S17] [S21] [M19] shows images, and a colleague answers what is said and linked', { timeout: 120_000 }, async () => {
    const { page, problems } = await ground.visit('/viewer?as=anna');
    await page.locator('canvas').first().waitFor();
    await page.getByRole('button', { name: /^Chat/ }).click();
    await page
      .getByRole('option', { name: /Sam Okafor/ })
      .first()
      .click();
    // Opening puts the cursor into the composer: what is in view then is read, also when it comes after the cursor (M19).
    await page.waitForFunction(() => {
      let unread = -1;
      const list = document.querySelector('parley-session')?.client?.session?.conversations.list$;
      list
        ?.subscribe((chats) => (unread = chats.find(({ kind, members }) => kind === 'direct' && members.includes('sam'))?.unread ?? -1))
        .unsubscribe();
      return unread === 0;
    });
    const field = page.getByRole('textbox', { name: 'Message', exact: true });
    await field.fill('Hello Sam');
    await page.getByRole('button', { name: 'Link to current examination' }).click();
    await page.locator('parley-composer parley-link-card').waitFor();
    await field.press('Enter');
    await page.locator('parley-timeline').getByText('Hello Sam').first().waitFor();
    await page
      .locator('parley-timeline')
      .getByText(/open\. |may not open/)
      .first()
      .waitFor();
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it(
    '[S20] [S21] [B27] passes an examination from one side of /two to the other, where it is read and opens',
    { timeout: 120_000 },
    async () => {
      const { page, problems } = await ground.visit('/two?left=anna@viewer&right=mark@viewer');
      const left = page.frameLocator('iframe[title="left side"]');
      const right = page.frameLocator('iframe[title="right side"]');
      for (const side of [left, right]) {
        await side.locator('canvas').first().waitFor();
        const panel = side.getByRole('region', { name: 'Chat', exact: true });
        if ((await panel.count()) === 0) await side.getByRole('button', { name: /^Chat/ }).click();
      }
      const shown = (side: typeof left) => side.locator('body').evaluate(() => new URLSearchParams(location.search).get('study'));
      const linked = await shown(left);
      await right.locator('body').evaluate((_, other) => location.assign(`/viewer?as=mark&chat=open&study=${other}`), OTHER_STUDY);
      await page.waitForFunction(
        (study) =>
          new URLSearchParams(document.querySelector<HTMLIFrameElement>('iframe[title="right side"]')?.contentWindow?.location.search).get(
            'study',
          ) === study,
        OTHER_STUDY,
      );
      await right.locator('canvas').first().waitFor();
      assert.notEqual(linked, OTHER_STUDY, 'the other side has something else open');
      await left.getByRole('combobox', { name: 'Search people and chats' }).fill('Mark');
      await left
        .getByRole('option', { name: /Mark Lee/ })
        .first()
        .click();
      await left.getByRole('button', { name: 'Link to current examination' }).click();
      await left.locator('parley-composer parley-link-card').waitFor();
      const field = left.getByRole('textbox', { name: 'Message', exact: true });
      await field.fill('Please look at this one');
      await field.press('Enter');
      await right
        .getByRole('option', { name: /Anna Berg/ })
        .first()
        .click();
      const said = right.locator('parley-timeline [part~="message"]').filter({ hasText: 'Please look at this one' }).last();
      await said.waitFor();
      const title = (await said.locator('parley-link-card button').getAttribute('title')) ?? '';
      // The frame has no focus until it is pressed: the press alone is the turn to the composer (B27).
      await right.getByRole('textbox', { name: 'Message', exact: true }).click();
      await left.locator('parley-timeline [part~="state"]').last().filter({ hasText: 'Read' }).waitFor();
      assert.notEqual(title, '', 'the other side resolves the link for its own reader');
      await said.locator('parley-link-card button').click();
      await page.waitForFunction(
        (study) =>
          new URLSearchParams(document.querySelector<HTMLIFrameElement>('iframe[title="right side"]')?.contentWindow?.location.search).get(
            'study',
          ) === study,
        linked,
      );
      assert.deepEqual(problems, []);
      await page.context().close();
    },
  );

  it('ends at Ctrl-C, and starts again without building anything again', { timeout: 120_000 }, async (test) => {
    assert.equal(await ground.demo.interrupt(), 0, ground.demo.output());
    const { mtimeMs } = await stat(BUILT);
    const { startedIn } = await ground.startAgain();
    test.diagnostic(`second start: ${String(Math.round(startedIn))} ms`);
    assert.equal((await stat(BUILT)).mtimeMs, mtimeMs);
  });
});
