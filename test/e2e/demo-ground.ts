import { after, before } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Demo } from './demo-process.js';
import { DemoGround } from './demo-process.js';
import { launch, PATIENCE } from './stage.js';

export interface PreparedDemo {
  /** The one that runs. */
  readonly demo: Demo;
  /** In the place of one that was interrupted: the same data, the same ports. */
  startAgain(): Promise<Demo>;
  /** A page of it in a browser context of its own, with every error that it says from now on. */
  visit(path: string, options?: BrowserContextOptions): Promise<{ page: Page; problems: string[] }>;
}

/** One browser, and the demo as an evaluator starts it, for all tests of a suite. To be called in the suite. */
export function prepareDemo(): PreparedDemo {
  let browser: Browser | null = null;
  let ground: DemoGround | null = null;
  let demo: Demo | null = null;
  const started = <T>(part: T | null): T => {
    if (part === null) throw new Error('the suite has not begun');
    return part;
  };
  before(async () => {
    browser = await launch();
    ground = await DemoGround.open();
    demo = await ground.start();
  });
  after(async () => {
    await browser?.close();
    await ground?.close();
  });
  return {
    get demo() {
      return started(demo);
    },
    async startAgain() {
      demo = await started(ground).start();
      return demo;
    },
    async visit(path, options) {
      const context = await started(browser).newContext({ viewport: { width: 1_400, height: 900 }, ...options });
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(started(demo).url + path);
      return { page, problems };
    },
  };
}
