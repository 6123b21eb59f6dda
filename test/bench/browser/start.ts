import { row } from '../report.js';
import { summary } from '../statistics.js';
import { metric } from './figures.js';
import { plainListOf } from './floors.js';
import type { Scenario } from './ground.js';

const BADGES = 20;

/** From the moment a host's page asks for the script until its badges show how people are and the open panel takes words to search for. */
export const start: Scenario = async (ground, { rounds }) => {
  const clock = { parley: [] as number[], plain: [] as number[] };
  const processor = { parley: [] as number[], plain: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const parley = await ground.open(`/parley?panel&badges=${String(BADGES)}`);
    clock.parley.push(await parley.page.evaluate(() => window.probe.usable));
    processor.parley.push(1_000 * (await metric(parley.debug, 'TaskDuration')));
    await parley.close();

    const plain = await ground.open(`/plain?server=${ground.relay}&list=${String(BADGES)}`);
    clock.plain.push(await plain.page.evaluate(() => window.probe.usable));
    processor.plain.push(1_000 * (await metric(plain.debug, 'TaskDuration')));
    await plain.close();
  }
  const name = `browser: script start to usable panel, ${String(BADGES)} badges`;
  const about = { floorIs: plainListOf(BADGES) };
  return [
    row(name, 'ms', { floor: summary(clock.plain), parley: summary(clock.parley) }, about),
    row(`${name}, main thread`, 'ms CPU', { floor: summary(processor.plain), parley: summary(processor.parley) }, about),
  ];
};
