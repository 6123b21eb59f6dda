import type { Page } from 'playwright-core';
import { GOALS } from '../goals.js';
import { row } from '../report.js';
import { summary } from '../statistics.js';
import { mainThread } from './figures.js';
import { ONE_OF_100, plainListOf } from './floors.js';
import type { Scenario, Seen } from './ground.js';
import type { Filled } from './store.js';

/** From the choice of a conversation to a screen of its messages, in ms. */
export async function openConversation(page: Page, { id }: Filled): Promise<number> {
  return page.evaluate(async (conversation) => {
    const session = document.querySelector('parley-session')?.client?.session;
    const begin = performance.now();
    session?.open(conversation);
    const shown = (): boolean => {
      const log = window.probe.find('parley-timeline');
      const items = log?.shadowRoot?.querySelectorAll('.row .message') ?? [];
      return items.length > 10;
    };
    await window.probe.until(shown);
    await window.probe.painted();
    return performance.now() - begin;
  }, id);
}

export const opening: Scenario = async (ground, { rounds }) => {
  const clock = { large: [] as number[], small: [] as number[], plain: [] as number[] };
  const processor = { large: [] as number[], small: [] as number[], plain: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const seen = await ground.signIn('/parley?panel');
    await openConversation(seen.page, ground.first);
    // Who is first changes with the round.
    const order = round % 2 === 0 ? (['large', 'small'] as const) : (['small', 'large'] as const);
    for (const which of order) {
      await back(seen);
      processor[which].push(await mainThread(seen.debug, async () => clock[which].push(await openConversation(seen.page, ground[which]))));
    }
    await seen.close();
    const plain = await ground.open('/plain');
    await plain.page.waitForFunction(() => customElements.get('plain-list'));
    processor.plain.push(await mainThread(plain.debug, async () => clock.plain.push(await fillPlain(plain.page))));
    await plain.close();
  }
  const [large, small, plain] = [summary(clock.large), summary(clock.small), summary(clock.plain)];
  const cpu = { large: summary(processor.large), small: summary(processor.small), plain: summary(processor.plain) };
  const name = 'browser: opening a conversation of 100,000 entries';
  return [
    row(name, 'ms', { floor: small, parley: large }, { floorIs: ONE_OF_100, goals: [GOALS.openingShown] }),
    row(`${name}, main thread`, 'ms CPU', { floor: cpu.small, parley: cpu.large }, { floorIs: ONE_OF_100 }),
    row(`${name}, against a plain page`, 'ms', { floor: plain, parley: large }, { floorIs: plainListOf(50), goals: [GOALS.openingTime] }),
    row(`${name}, against a plain page, main thread`, 'ms CPU', { floor: cpu.plain, parley: cpu.large }, { floorIs: plainListOf(50) }),
  ];
};

/** To the list of conversations, so that the next one is opened from there. */
async function back({ page }: Seen): Promise<void> {
  await page.evaluate(async () => {
    document.querySelector('parley-session')?.client?.session?.open(null);
    await window.probe.until(() => window.probe.find('parley-timeline') === null);
    await window.probe.painted();
  });
}

function fillPlain(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const begin = performance.now();
    const list = document.createElement('plain-list');
    list.fill(50);
    document.querySelector('#host')?.append(list);
    await list.updateComplete;
    list.scrollTop = list.scrollHeight;
    await window.probe.painted();
    return performance.now() - begin;
  });
}
