import { setTimeout as wait } from 'node:timers/promises';
import { row } from '../report.js';
import { summary } from '../statistics.js';
import { metric } from './figures.js';
import { plainListOf } from './floors.js';
import type { Scenario } from './ground.js';
import { openConversation } from './opening.js';
import { plainLog } from './long-log.js';

/** What a page with an open chat does while nothing happens: both pages are watched in the same seconds. */
export const idle: Scenario = async (ground, { idle: seconds }) => {
  const seen = await ground.signIn('/parley?panel&badges=20');
  await openConversation(seen.page, ground.large);
  const plain = await plainLog(ground, 40);
  // What was begun by opening it has ended.
  await wait(2_000);
  const look = async (): Promise<[number, number]> => [await metric(plain.debug, 'TaskDuration'), await metric(seen.debug, 'TaskDuration')];
  const before = await look();
  await wait(1_000 * seconds);
  const after = await look();
  await seen.close();
  await plain.close();
  const perMinute = (which: 0 | 1) => summary([((after[which] - before[which]) * 60_000) / seconds]);
  const about = { floorIs: plainListOf(40) };
  return [
    row(`browser: main thread while idle, of ${String(seconds)} s`, 'ms CPU/min', { floor: perMinute(0), parley: perMinute(1) }, about),
  ];
};
