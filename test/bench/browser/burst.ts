import { cid } from '../../server/storage/builders.js';
import { GOALS } from '../goals.js';
import { row } from '../report.js';
import { summary } from '../statistics.js';
import type { WireClient } from '../wire.js';
import { longestBlock } from './figures.js';
import { plainListOf } from './floors.js';
import type { BrowserGround, Scenario, Seen } from './ground.js';
import { longLog, plainLog } from './long-log.js';

const MESSAGES = 100;

/** What bob writes is held before the page until all of it is there, and then given to it. */
async function burst(ground: BrowserGround, { page }: Seen, write: () => Promise<unknown>, tasks: 'one' | 'each'): Promise<number> {
  await page.evaluate(() => window.probe.frames.hold());
  await Promise.all(Array.from({ length: MESSAGES }, write));
  await page.waitForFunction((count) => window.probe.frames.count('entry:added') === count, MESSAGES);
  const given = async (how: typeof tasks): Promise<void> => {
    await window.probe.frames.release(how);
    for (let frames = 0; frames < 5; frames += 1) await window.probe.painted();
  };
  return (await longestBlock(ground.browser, page, () => page.evaluate(given, tasks))).cpu;
}

export const bursts: Scenario = async (ground, { rounds, entries }) => {
  const seen = await longLog(ground, entries);
  const plain = await plainLog(ground, entries);
  const [bob, bare] = [await ground.sender('parley'), await ground.sender('relay')];
  const made = await bare.ask<{ conversation: { id: string } }>('conversation:create', { members: ['ann'] });
  const writes = (client: WireClient, conversation: string) => () =>
    client.ask('message:send', { conversation, cid: cid(), text: 'the left base looks new to me', links: [] });
  const rows = [];
  for (const tasks of ['one', 'each'] as const) {
    const blocks = { floor: [] as number[], parley: [] as number[] };
    for (let round = 0; round < Math.min(rounds, 5); round += 1) {
      blocks.floor.push(await burst(ground, plain, writes(bare, made.conversation.id), tasks));
      blocks.parley.push(await burst(ground, seen, writes(bob, ground.large.id), tasks));
    }
    const name = `browser: longest block, ${String(MESSAGES)} messages in ${tasks === 'one' ? 'one task' : `${String(MESSAGES)} tasks`}`;
    const about = { floorIs: plainListOf(entries), goals: [tasks === 'one' ? GOALS.burstAtOnce : GOALS.burst] };
    rows.push(row(name, 'ms CPU', { floor: summary(blocks.floor), parley: summary(blocks.parley) }, about));
  }
  await seen.close();
  await plain.close();
  return rows;
};
