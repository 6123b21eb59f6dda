import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Demo } from './demo-process.js';
import { DemoGround } from './demo-process.js';
import { launch, PATIENCE, violationsOf } from './stage.js';

const PAGES = ['/', '/viewer', '/dashboard', '/two'];

/** A second start is promised within three seconds; the bound is for machines that do much else meanwhile. */
const SECOND_START = 12_000;

describe('npm start', () => {
  let browser: Browser;
  let ground: DemoGround;
  let demo: Demo;
  before(async () => {
    browser = await launch();
    ground = await DemoGround.open();
    demo = await ground.start();
  });
  after(async () => {
    await browser.close();
    await ground.close();
  });

  async function visit(path: string): Promise<{ page: Page; problems: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1_400, height: 900 } });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(demo.url + path);
    return { page, problems };
  }

  for (const path of PAGES) {
    it(`shows ${path} without an error and without a finding of axe`, { timeout: 120_000 }, async () => {
      const { page, problems } = await visit(path);
      await page.getByRole('heading').first().waitFor();
      assert.deepEqual(await violationsOf(page), []);
      assert.deepEqual(problems, []);
      await page.context().close();
    });
  }

  it('ends at Ctrl-C, and starts again within seconds because nothing is built again', { timeout: 120_000 }, async (test) => {
    assert.equal(await demo.interrupt(), 0, demo.output());
    demo = await ground.start();
    test.diagnostic(`second start: ${String(Math.round(demo.startedIn))} ms`);
    assert.ok(demo.startedIn < SECOND_START, `${String(Math.round(demo.startedIn))} ms`);
  });
});
