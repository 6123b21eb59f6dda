import type { Browser, Locator, Page } from 'playwright-core';

/** What a viewer of the demo shows; its studies are demo-host/studies.ts. */
export const STUDY = {
  chestFilm: '2.25.314159265358979323846264338327902',
  priorCt: '2.25.314159265358979323846264338327908',
  headCt: '2.25.314159265358979323846264338327903',
} as const;

/** Of the viewer's published build, for tests: no interface that anything is built on. */
interface ViewerGlobals {
  commandsManager: { runCommand(name: string, ...rest: unknown[]): unknown };
  services: {
    viewportGridService: {
      getActiveViewportId(): string;
      getState(): { viewports: Map<string, { displaySetInstanceUIDs: string[] }> };
      setActiveViewportId(id: string): void;
      setDisplaySetsForViewports(sets: { viewportId: string; displaySetInstanceUIDs: string[] }[]): void;
    };
    displaySetService: { getActiveDisplaySets(): { displaySetInstanceUID: string; StudyInstanceUID: string }[] };
  };
}

declare global {
  interface Window extends Partial<ViewerGlobals> {
    /** Names of the viewer's commands that have run. */
    commands?: string[];
    /** Gone with the document. */
    earlier?: unknown;
  }
}

/** The viewer loads ten megabytes of script and draws without a graphics card. ms */
const PATIENCE = 60_000;

/** Somebody who reads images, at a viewer of their own. */
export class Reader {
  readonly page: Page;
  readonly url: string;
  /** What the page has complained of. */
  readonly complaints: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.setDefaultTimeout(PATIENCE);
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  static async sit(browser: Browser, url: string): Promise<Reader> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Vienna' });
    return new Reader(await context.newPage(), url);
  }

  get panel(): Locator {
    return this.page.locator('parley-chat-panel');
  }
  get launcher(): Locator {
    return this.page.locator('parley-launcher').getByRole('button');
  }
  get linkButton(): Locator {
    return this.page.locator('parley-link-current-item[toolbar]').getByRole('button');
  }
  get composer(): Locator {
    return this.panel.getByRole('textbox', { name: 'Message', exact: true });
  }
  /** The newest link to be seen. */
  get card(): Locator {
    return this.panel.locator('parley-timeline parley-link-card').last();
  }

  /** The viewer's own page with these studies, once images can be seen and the chat is there. */
  async read(...studies: string[]): Promise<void> {
    await this.page.goto(`${this.url}/viewer?${studies.map((uid) => `StudyInstanceUIDs=${uid}`).join('&')}`);
    await this.launcher.waitFor();
    await this.untilCurrent(studies[0] ?? '');
    await this.page.locator('canvas.cornerstone-canvas').first().waitFor();
  }

  async openChatWith(name: string): Promise<void> {
    await this.launcher.click();
    await this.panel.getByRole('option', { name: new RegExp(name) }).click();
    await this.composer.waitFor();
  }

  /** Waits until the chat knows this study as the current one. */
  async untilCurrent(study: string): Promise<void> {
    await this.page.waitForFunction((uid) => document.querySelector('parley-session')?.client?.host.current()?.link.id === uid, study);
  }

  /** Two images side by side, the second of another study. */
  async compareWith(study: string): Promise<void> {
    await this.page.evaluate(() => window.commandsManager?.runCommand('setViewportGridLayout', { numRows: 1, numCols: 2 }));
    const panes = this.page.locator('[data-cy="viewport-pane"]');
    await panes.nth(1).waitFor();
    await this.page.waitForFunction((uid) => {
      const { viewportGridService: grid, displaySetService } = window.services ?? {};
      const set = displaySetService?.getActiveDisplaySets().find(({ StudyInstanceUID }) => StudyInstanceUID === uid);
      const [, second] = [...(grid?.getState().viewports.keys() ?? [])];
      if (!grid || !set || second === undefined) return false;
      grid.setDisplaySetsForViewports([{ viewportId: second, displaySetInstanceUIDs: [set.displaySetInstanceUID] }]);
      return true;
    }, study);
  }

  /** Presses on an image, as one does to work with it. */
  async activate(pane: number): Promise<void> {
    const box = await this.page.locator('[data-cy="viewport-pane"]').nth(pane).boundingBox();
    if (!box) throw new Error(`there is no pane ${String(pane)}`);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  async listenToCommands(): Promise<void> {
    await this.page.evaluate(() => {
      const manager = window.commandsManager;
      if (!manager) throw new Error('this viewer has no commands');
      const heard = (window.commands = [] as string[]);
      const run = manager.runCommand.bind(manager);
      manager.runCommand = (name, ...rest) => {
        heard.push(name);
        return run(name, ...rest);
      };
    });
  }

  /** The commands that have run since this was asked last. */
  ranCommands(): Promise<string[]> {
    return this.page.evaluate(() => window.commands?.splice(0) ?? []);
  }
}
