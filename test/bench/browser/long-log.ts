import { GOALS } from '../goals.js';
import { row } from '../report.js';
import { summary } from '../statistics.js';
import { alive, longestBlock } from './figures.js';
import { plainListOf } from './floors.js';
import type { BrowserGround, Scenario, Seen } from './ground.js';
import { openConversation } from './opening.js';

/** The large conversation open, with so many of its entries held, and at its end. */
export async function longLog(ground: BrowserGround, entries: number, path = '/parley?panel&badges=20'): Promise<Seen> {
  const seen = await ground.signIn(path);
  await openConversation(seen.page, ground.large);
  await seen.page.evaluate(
    async ([id, wanted]) => {
      const timeline = document.querySelector('parley-session')?.client?.session?.timeline(id);
      for (let held = window.probe.held(id); timeline && held < wanted;) {
        await timeline.loadOlder();
        const now = window.probe.held(id);
        if (now === held) throw new Error(`no older messages came: ${String(held)} of ${String(wanted)} are held`);
        held = now;
      }
      const log = window.probe.log();
      log.scrollTop = log.scrollHeight;
      await window.probe.painted();
    },
    [ground.large.id, entries] as const,
  );
  return seen;
}

/** A plain page with a list of so many, at its end. */
export async function plainLog(ground: BrowserGround, entries: number): Promise<Seen> {
  const seen = await ground.open(`/plain?server=${ground.relay}&list=${String(entries)}`);
  await seen.page.evaluate(async () => {
    await window.probe.usable;
    const list = document.querySelector('plain-list');
    list?.scrollTo(0, list.scrollHeight);
    await window.probe.painted();
  });
  return seen;
}

/** Over the whole list in 150 frames. */
function scroll({ page }: Seen): Promise<void> {
  return page.evaluate(async () => {
    const log = document.querySelector('plain-list') ?? window.probe.log();
    const step = log.scrollHeight / 150;
    for (let frames = 0; frames < 150; frames += 1) {
      log.scrollTop -= step;
      await window.probe.frame();
    }
  });
}

export const longLogs: Scenario = async (ground, { rounds, entries }) => {
  const plain = await plainLog(ground, entries);
  const seen = await longLog(ground, entries);
  const few = await plainLog(ground, 40);
  const count = ({ page }: Seen): Promise<number> => page.evaluate(() => window.probe.nodes());
  const nodes = { floor: summary([await count(few)]), parley: summary([await count(seen)]) };
  const rows = await seen.page.evaluate(() => {
    const log = window.probe.log();
    const box = log.getBoundingClientRect();
    const all = [...log.querySelectorAll('.row')].map((one) => one.getBoundingClientRect());
    return { all: all.length, inView: all.filter(({ top, bottom }) => bottom > box.top && top < box.bottom).length };
  });
  const blocks = { floor: [] as number[], parley: [] as number[] };
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    blocks.floor.push((await longestBlock(ground.browser, plain.page, () => scroll(plain))).cpu);
    blocks.parley.push((await longestBlock(ground.browser, seen.page, () => scroll(seen))).cpu);
  }
  const heap = { floor: summary([(await alive(plain.debug)).heap / 1e6]), parley: summary([(await alive(seen.debug)).heap / 1e6]) };
  const least = summary([(await alive(few.debug)).heap / 1e6]);
  for (const { close } of [plain, seen, few]) await close();
  const fresh = await ground.signIn('/parley?panel&badges=20');
  await openConversation(fresh.page, ground.large);
  const opened = summary([(await alive(fresh.debug)).heap / 1e6]);
  await fresh.close();
  const [many, same] = [entries.toLocaleString('en'), { floorIs: plainListOf(entries) }];
  return [
    row(`browser: DOM nodes, 20 badges and an open panel, ${many} messages held`, '', nodes, {
      floorIs: plainListOf(40),
      goals: [GOALS.nodes],
    }),
    row(
      `browser: rows in the list, ${many} messages held`,
      '',
      { floor: summary([rows.inView]), parley: summary([rows.all]) },
      {
        floorIs: 'those of them that are in view',
        goals: [GOALS.rows],
      },
    ),
    row('browser: heap, a conversation opened', 'MB', { floor: least, parley: opened }, { floorIs: plainListOf(40) }),
    row(`browser: heap, ${many} messages held`, 'MB', heap, same),
    row(
      `browser: longest block, scrolling ${many} messages in 150 frames`,
      'ms CPU',
      { floor: summary(blocks.floor), parley: summary(blocks.parley) },
      same,
    ),
  ];
};
