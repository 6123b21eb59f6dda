import { row } from '../report.js';
import { summary } from '../statistics.js';
import { alive, longestBlock, mainThread, metric } from './figures.js';
import type { BrowserGround, Scenario, Seen } from './ground.js';

const BADGES = 1_000;

/** The server tells of everybody, one event each; resolves to what the page's main thread did for it. */
async function change(ground: BrowserGround, { page, debug }: Seen, availability: string): Promise<{ all: number; longest: number }> {
  const given = async ([to, count]: readonly [string, number]): Promise<void> => {
    const { frames } = window.probe;
    frames.hold();
    for (let index = 0; index < count; index += 1)
      frames.add('presence:changed', { user: `u${String(index)}`, presence: { availability: to, since: Date.now() } });
    await frames.release('each');
    for (let last = 0; last < 5; last += 1) await window.probe.painted();
    if (window.probe.all(`.${to}`).length !== count) throw new Error('not all are shown');
  };
  let longest = 0;
  const all = await mainThread(debug, async () => {
    longest = (await longestBlock(ground.browser, page, () => page.evaluate(given, [availability, BADGES] as const))).cpu;
  });
  return { all, longest };
}

export const badges: Scenario = async (ground, { rounds }) => {
  const parley = await ground.open(`/parley?badges=${String(BADGES)}`);
  await parley.page.evaluate(() => window.probe.usable);
  const plain = await ground.open('/plain');
  await plain.page.waitForFunction(() => customElements.get('plain-marks'));
  await plain.page.evaluate(
    async ([server, count]) => {
      const marks = document.createElement('plain-marks');
      marks.users = Array.from({ length: count }, (_, index) => `u${String(index)}`);
      document.querySelector('#host')?.append(marks);
      await marks.connect(server);
      await window.probe.painted();
    },
    [ground.relay, BADGES] as const,
  );
  const made = async ({ debug }: Seen): Promise<number> => 1_000 * (await metric(debug, 'TaskDuration'));
  const shown = { floor: summary([await made(plain)]), parley: summary([await made(parley)]) };
  const of = { floor: [] as number[], parley: [] as number[] };
  const longest = { floor: [] as number[], parley: [] as number[] };
  for (let round = 0; round < Math.min(rounds, 5); round += 1) {
    for (const [which, seen] of [
      ['floor', plain],
      ['parley', parley],
    ] as const) {
      const changed = await change(ground, seen, round % 2 === 0 ? 'away' : 'busy');
      of[which].push(changed.all);
      longest[which].push(changed.longest);
    }
  }
  const heap = { floor: summary([(await alive(plain.debug)).heap / 1e6]), parley: summary([(await alive(parley.debug)).heap / 1e6]) };
  await parley.close();
  await plain.close();
  const about = { floorIs: 'a bare element each: a dot and its class, no words, phone half or menu' };
  const name = 'browser: a table with 1,000 presence badges';
  return [
    row(`${name}, all shown, main thread`, 'ms CPU', shown, about),
    row(`${name}, all change, main thread`, 'ms CPU', { floor: summary(of.floor), parley: summary(of.parley) }, about),
    row(`${name}, all change, longest block`, 'ms CPU', { floor: summary(longest.floor), parley: summary(longest.parley) }, about),
    row(`${name}, heap`, 'MB', heap, about),
  ];
};
