import type { Locator, Page } from 'playwright-core';

/** A person at the host's page: what they can see and do there, in their words. */
export class Visitor {
  readonly page: Page;
  readonly user: string;

  constructor(page: Page, user: string) {
    this.page = page;
    this.user = user;
  }

  get panel(): Locator {
    return this.page.locator('parley-chat-panel');
  }
  get launcher(): Locator {
    return this.page.locator('parley-launcher').getByRole('button');
  }
  get banner(): Locator {
    return this.page.locator('parley-banner [part="banner"]');
  }
  get timeline(): Locator {
    return this.page.locator('parley-timeline');
  }
  get composer(): Locator {
    return this.panel.getByRole('textbox', { name: 'Message', exact: true });
  }
  get status(): Locator {
    return this.panel.locator('parley-status-menu [part="status-button"]');
  }

  /** A button of the panel by its whole name. */
  button(name: string | RegExp, within: Locator = this.panel): Locator {
    return within.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first();
  }

  /** A chat, person or message in the list. */
  entry(name: RegExp): Locator {
    return this.panel.locator('parley-chat-list').getByRole('option', { name }).first();
  }

  /** A line in the open chat. */
  line(text: string | RegExp): Locator {
    return this.timeline.getByText(text, typeof text === 'string' ? { exact: true } : {}).first();
  }

  badge(user: string): Locator {
    return this.page.locator(`#colleagues parley-presence-badge[user="${user}"]`);
  }

  async openPanel(): Promise<void> {
    await this.launcher.click();
    await this.panel
      .getByRole('tab', { name: /^Chats/ })
      .or(this.composer)
      .first()
      .waitFor();
  }

  /** Types the name above the list and takes the person, or the chat with them. */
  async chatWith(name: string): Promise<void> {
    const search = this.panel.getByRole('combobox', { name: 'Search people and chats' });
    await search.fill(name);
    await this.entry(new RegExp(name, 'i')).click();
    await this.panel.locator('parley-conversation').getByRole('heading', { name }).waitFor();
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await this.line(text).waitFor();
  }

  /** Opens the people of the open chat and what one may do with it. */
  async openPeople(): Promise<Locator> {
    await this.button('People in this chat').click();
    const people = this.panel.locator('parley-chat-people');
    await people.getByRole('list').first().waitFor();
    return people;
  }

  async setStatus(name: string): Promise<void> {
    await this.status.click();
    await this.panel.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click();
    await this.status.filter({ hasText: name }).waitFor();
  }

  /** Starts a chat as the host's own code can, without opening it; resolves to its id. */
  startChat(to: string[], title?: string): Promise<string> {
    return this.page.evaluate(
      async ([users, named]) => {
        const session = document.querySelector('parley-session')?.client?.session;
        if (!session) throw new Error('nobody is signed in');
        const { id } = await session.startChat({ to: users, ...(named === undefined ? {} : { title: named }) });
        session.open(null);
        session.close(id);
        return id;
      },
      [to, title] as const,
    );
  }

  /** Waits for the number of unread messages over all chats, as every element of the page is told it. */
  async untilUnread(count: number): Promise<void> {
    await this.launcher.and(this.page.getByRole('button', { name: count === 0 ? /^Chat$/ : new RegExp(`\\b${count} unread`) })).waitFor();
  }

  /** Puts another window in front of the page, as people do; resolves to that window. */
  async putBehind(): Promise<Page> {
    const context = this.page.context();
    const debug = await context.newCDPSession(this.page);
    // Without this every page believes that it has the focus, so that tests do not disturb one another.
    await debug.send('Emulation.setFocusEmulationEnabled', { enabled: false });
    const front = await context.newPage();
    await front.bringToFront();
    await this.page.waitForFunction(() => !document.hasFocus());
    return front;
  }

  async comeToFront(): Promise<void> {
    await this.page.bringToFront();
    await this.page.waitForFunction(() => document.hasFocus());
  }

  /** A second tab of the same browser with the same page. */
  async anotherTab(): Promise<Visitor> {
    const page = await this.page.context().newPage();
    await page.goto(this.page.url());
    await untilReady(page);
    return new Visitor(page, this.user);
  }
}

export async function untilReady(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('parley-session')?.client?.connection.state === 'ready');
}
