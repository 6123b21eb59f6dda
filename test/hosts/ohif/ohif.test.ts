import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { OHIF, DemoGround, type Demo } from '../../e2e/demo-process.js';
import { CHROMIUM_ARGS, ensureChromium } from '../../support/chromium.js';
import { whatIsMissing } from './needs.js';
import { Reader, STUDY } from './reader.js';

/** Plain keys that OHIF does something with. */
const KEYS = ['r', 'l', 'h', 'v', 'i', '+', '-', '1', 'Space', 'ArrowDown', 'ArrowUp'];

const missing = await whatIsMissing();

describe('OHIF from npm on a real archive', { skip: missing ?? false, timeout: 280_000 }, () => {
  let ground: DemoGround;
  let demo: Demo;
  let browser: Browser;
  let anna: Reader;
  let mark: Reader;

  before(async () => {
    ground = await DemoGround.open(OHIF);
    [demo, browser] = await Promise.all([ground.start(), chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS })]);
    const [first = '', second = ''] = demo.urls;
    anna = await Reader.sit(browser, first);
    mark = await Reader.sit(browser, second);
  });
  after(async () => {
    await browser?.close();
    await ground?.close();
  });

  it('[S1, S12, B28] the Chat button in the toolbar says what is unread and opens the chat at the right-hand side of the viewer', async () => {
    await anna.read(STUDY.priorCt, STUDY.chestFilm);
    await anna.launcher.and(anna.page.getByRole('button', { name: 'Chat, 1 unread message' })).waitFor();
    await anna.openChatWith('Mark Lee');
    assert.equal(await anna.panel.evaluate((panel) => panel.closest('[id="root"]') !== null), true);
    assert.equal(await anna.page.evaluate(() => crossOriginIsolated), true);
    const box = await anna.panel.boundingBox();
    assert.ok(box && box.x > 1_100 && box.height > 600, JSON.stringify(box));
    await anna.page.getByRole('button', { name: 'Chat', exact: true }).waitFor();
  });

  it('[S17, S18, S19, S20] the study of the active viewport is linked, and never sent by itself', async () => {
    await anna.compareWith(STUDY.chestFilm);
    await anna.activate(1);
    await anna.untilCurrent(STUDY.chestFilm);
    await anna.activate(0);
    await anna.untilCurrent(STUDY.priorCt);
    await anna.linkButton.click();
    const draft = anna.panel.locator('parley-composer parley-link-card');
    await draft.getByText('CT Thorax (prior)').waitFor();
    assert.equal(await anna.panel.locator('parley-timeline parley-link-card').count(), 0);
    await anna.composer.fill('This one, please.');
    await anna.composer.press('Enter');
    await anna.card.getByText('CT Thorax (prior)').waitFor();
  });

  it('[S21] the other one reads the title that their own viewer finds, and opens it in place: neither page nor session begins anew', async () => {
    await mark.read(STUDY.chestFilm);
    await mark.openChatWith('Anna Berg');
    await mark.card.getByText('CT Thorax (prior)').waitFor();
    await mark.card.getByText('Example, Erika · May 6, 2025 · A-25-090113').waitFor();
    await mark.composer.fill('half a sen');
    await mark.page.evaluate(() => (window.earlier = document.querySelector('parley-session')?.client?.session));
    await mark.card.getByRole('button').click();
    await mark.untilCurrent(STUDY.priorCt);
    assert.equal(new URL(mark.page.url()).search, `?StudyInstanceUIDs=${STUDY.priorCt}`);
    // The panel is where it was, with the chat that was open and what was being written.
    await mark.panel.and(mark.page.locator('[placement="page"]')).waitFor();
    assert.equal(await mark.composer.inputValue(), 'half a sen');
    assert.equal(await mark.page.evaluate(() => window.earlier === document.querySelector('parley-session')?.client?.session), true);
    await mark.composer.fill('');
  });

  it('[S21] a study that the other one may not see has no title there, and is not opened', async () => {
    await anna.page.evaluate((id) => {
      const session = document.querySelector('parley-session')?.client?.session;
      let open: string | null = null;
      session?.open$.subscribe((now) => (open = now)).unsubscribe();
      if (!session || open === null) throw new Error('no chat is open');
      session.send(open, { text: 'And this?', links: [{ kind: 'study', id }] });
    }, STUDY.headCt);
    await anna.card.getByText('CT Head without contrast').waitFor();
    await mark.panel.locator('parley-timeline').getByText('And this?', { exact: true }).waitFor();
    const denied = mark.panel.locator('parley-timeline parley-link-card').last();
    await denied.getByText('You may not see this item.').waitFor();
    assert.equal(await denied.getByRole('button').count(), 0);
    assert.doesNotMatch(await mark.panel.locator('parley-timeline').innerText(), /Otto|Head/);
  });

  it('[pain 1] keys typed in the chat are no commands of the viewer, and keys for the viewer write nothing', async () => {
    await mark.listenToCommands();
    const press = async (): Promise<void> => {
      for (const key of KEYS) await mark.page.keyboard.press(key);
    };
    await mark.composer.click();
    await press();
    assert.equal(await mark.composer.inputValue(), 'rlhvi+-1 ');
    await mark.panel.getByRole('button', { name: 'People in this chat' }).focus();
    await press();
    await mark.launcher.focus();
    await press();
    assert.deepEqual(await mark.ranCommands(), []);
    await mark.composer.fill('');
    await mark.activate(0);
    await press();
    const ran = await mark.ranCommands();
    assert.ok(ran.length >= 5, ran.join(', '));
    assert.equal(await mark.composer.inputValue(), '');
  });

  it('[pain 1] a pointer that comes over the images does not take the focus out of a word; a press on them does', async () => {
    await mark.composer.click();
    await mark.page.keyboard.type('rot');
    const image = await mark.page.locator('[data-cy="viewport-pane"]').first().boundingBox();
    assert.ok(image);
    await mark.page.mouse.move(image.x + 100, image.y + 100);
    await mark.page.mouse.move(image.x + 140, image.y + 160);
    await mark.page.keyboard.type('ation');
    assert.equal(await mark.composer.inputValue(), 'rotation');
    assert.deepEqual(await mark.ranCommands(), []);
    await mark.activate(0);
    await mark.page.keyboard.press('h');
    assert.notDeepEqual(await mark.ranCommands(), []);
    assert.equal(await mark.composer.inputValue(), 'rotation');
    await mark.composer.fill('');
  });

  it('[B23] the side panel can be closed and is opened again by the Chat button', async () => {
    await mark.page.locator('[data-cy="side-panel-header-right"]').click();
    await mark.panel.and(mark.page.locator('[placement="docked"]')).waitFor({ state: 'attached' });
    await mark.launcher.click();
    await mark.panel.and(mark.page.locator('[placement="page"]')).waitFor();
    await mark.composer.waitFor();
  });

  it('[S21, E7] on the study list a banner opens the chat at the edge of the page, and a link there opens the viewer with the chat in it', async () => {
    await mark.page.locator('[data-cy="return-to-work-list"]').click();
    await mark.page.getByText('Study List').waitFor();
    await mark.panel.and(mark.page.locator('[placement="docked"]:not([open])')).waitFor({ state: 'attached' });
    await anna.composer.fill('The film of yesterday.');
    await anna.composer.press('Enter');
    await mark.page.locator('parley-banner').getByRole('button', { name: 'Open' }).click();
    await mark.panel.and(mark.page.locator('[placement="docked"][open]')).waitFor();
    await mark.panel.locator('parley-timeline parley-link-card').first().getByRole('button').click();
    await mark.untilCurrent(STUDY.priorCt);
    await mark.panel.and(mark.page.locator('[placement="page"]')).waitFor();
  });

  it('neither page has complained of anything', () => {
    assert.deepEqual(anna.complaints, []);
    assert.deepEqual(mark.complaints, []);
  });

  it('a viewer whose Parley server cannot be reached opens without chat', async () => {
    const alone = await Reader.sit(browser, demo.urls[0] ?? '');
    await alone.page.route('**/parley/ohif.js', (route) => route.abort());
    await alone.page.goto(alone.url);
    await alone.page.getByText('Example, Erika').first().waitFor();
    assert.equal(await alone.page.locator('parley-session').count(), 0);
  });

  it('Ctrl-C ends all of it', async () => {
    assert.equal(await demo.interrupt(), 0);
    for (const url of demo.urls) await assert.rejects(fetch(url));
  });
});
