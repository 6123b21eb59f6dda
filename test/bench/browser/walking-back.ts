import { GOALS } from '../goals.js';
import { row } from '../report.js';
import { summary } from '../statistics.js';
import type { BrowserGround, Scenario, Seen } from './ground.js';
import { openConversation } from './opening.js';

/** Frames in which nothing older comes, after which it is not waited for any more: some ten seconds. */
const PATIENCE = 600;

/** The reader is at the oldest message held, again and again. */
function walk({ page }: Seen, conversation: string, count: number): Promise<number> {
  return page.evaluate(
    async ([id, wanted, frames]) => {
      const log = window.probe.log();
      const [begin, before] = [performance.now(), window.probe.held(id)];
      for (let held = before, still = 0; held < before + wanted;) {
        log.scrollTop = 0;
        await window.probe.frame();
        const now = window.probe.held(id);
        still = now === held ? still + 1 : 0;
        held = now;
        if (still === frames) throw new Error(`no older messages came: ${String(held - before)} of ${String(wanted)}`);
      }
      return (1_000 * (window.probe.held(id) - before)) / (performance.now() - begin);
    },
    [conversation, count, PATIENCE] as const,
  );
}

/** The same pages asked for, one after the other, and not shown. */
function ask({ page }: Seen, conversation: string, head: number, count: number): Promise<number> {
  return page.evaluate(
    async ([id, newest, wanted]) => {
      const session = document.querySelector('parley-session')?.client?.session;
      const begin = performance.now();
      let asked = 0;
      for (let before = newest; session && asked < wanted && before > 1;) {
        const found = await session.command('entry:range', { conversation: id, before, limit: 50 });
        asked += found.entries.length;
        before = found.from;
      }
      return (1_000 * asked) / (performance.now() - begin);
    },
    [conversation, head, count] as const,
  );
}

/** How far what one reads moves when older messages come above it, in px: the most of so many pages. */
export function jump({ page }: Seen, conversation: string, pages: number): Promise<number> {
  return page.evaluate(
    async ([id, times]) => {
      const log = window.probe.log();
      let most = 0;
      for (let time = 0; time < times; time += 1) {
        const held = window.probe.held(id);
        while (log.scrollTop > 3_000) {
          log.scrollTop -= 1_000;
          await window.probe.frame();
        }
        // A wheel's turn at a time, until older ones have come, be it at the very top; read is what is in the middle then.
        for (let turns = 0; window.probe.held(id) === held; turns += 1) {
          if (turns === 1_000) throw new Error('no older messages came');
          log.scrollTop = Math.max(0, log.scrollTop - 120);
          const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
          const row = [...log.querySelectorAll('.row')].find((one) => one.getBoundingClientRect().bottom > middle);
          if (!row) throw new Error('there is nothing to read');
          const place = row.getBoundingClientRect().top;
          for (let frames = 0; frames < 4; frames += 1) {
            await window.probe.frame();
            if (row.isConnected) most = Math.max(most, Math.abs(row.getBoundingClientRect().top - place));
          }
        }
      }
      // Browsers lay out in 64ths of a pixel: what is less is the arithmetic of transformed places.
      return most < 1 / 64 ? 0 : most;
    },
    [conversation, pages] as const,
  );
}

/** The same in a plain list, which leaves it to the browser. */
async function plainJump(ground: BrowserGround, pages: number): Promise<number> {
  const { page, close } = await ground.open('/plain');
  await page.waitForFunction(() => customElements.get('plain-list'));
  const most = await page.evaluate(async (times) => {
    const list = document.createElement('plain-list');
    list.fill(100);
    document.querySelector('#host')?.append(list);
    await list.updateComplete;
    list.scrollTop = 200;
    await window.probe.painted();
    let moved = 0;
    for (let time = 0; time < times; time += 1) {
      const row = [...(list.shadowRoot?.querySelectorAll('.row') ?? [])].find((one) => one.getBoundingClientRect().top > 100);
      const place = row?.getBoundingClientRect().top ?? 0;
      list.addBefore(50);
      for (let frames = 0; frames < 4; frames += 1) {
        await window.probe.frame();
        moved = Math.max(moved, Math.abs((row?.getBoundingClientRect().top ?? 0) - place));
      }
    }
    return moved;
  }, pages);
  await close();
  return most;
}

export const walkingBack: Scenario = async (ground, { rounds, entries }) => {
  const rates = { parley: [] as number[], asked: [] as number[] };
  const jumps = { parley: [] as number[], plain: [] as number[] };
  const { id, head } = ground.large;
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    const seen = await ground.signIn('/parley?panel');
    await openConversation(seen.page, ground.large);
    jumps.parley.push(await jump(seen, id, 3));
    jumps.plain.push(await plainJump(ground, 3));
    rates.asked.push(await ask(seen, id, head, entries));
    rates.parley.push(await walk(seen, id, entries));
    await seen.close();
  }
  return [
    row(
      'browser: walking back to older messages',
      'messages/s',
      { floor: summary(rates.asked), parley: summary(rates.parley) },
      { floorIs: 'the same pages asked for by the SDK and not shown', goals: [GOALS.walkingBack] },
    ),
    row(
      'browser: jump of what one reads when older messages come',
      'px',
      { floor: summary(jumps.plain), parley: summary(jumps.parley) },
      { floorIs: 'plain list, left to the browser to hold', goals: [GOALS.jump] },
    ),
  ];
};
