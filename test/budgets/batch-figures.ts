import type { Engine, Figure } from './budget.js';
import { BATCHES, INDEXING } from './batch-budgets.js';
import type { Counts } from './counting/counter.js';
import type { OpenStage } from './stage.js';
import { take } from './taken.js';
import type { World } from './world.js';

const MESSAGES = 100;
const DEVICES = 20;

/** How many commits what arrives together takes. */
export async function batchFigures(engine: Engine, { counter }: OpenStage, world: World): Promise<Figure[]> {
  const { anna, direct } = world;
  const texts = Array.from({ length: MESSAGES }, (_, index) => `Line ${index}`);
  // What is left of before would be indexed with it.
  await world.followed();
  const one = await take(world, counter, { act: () => Promise.all(texts.map((text) => anna.send(direct, text))) });
  const indexing = engine === 'sqlite' ? [await takeIndexing(world, counter)] : [];
  const many = await take(world, counter, { act: await fromManyDevices(world) });
  const taken = { one, many } as const;
  return [
    ...BATCHES.filter((budget) => budget.engine === engine).map(({ of, count, ...budget }) => ({
      ...budget,
      what: `${engine}, ${budget.what}`,
      measured: taken[of][count],
    })),
    ...indexing.map((measured) => ({ ...INDEXING, what: `sqlite, ${INDEXING.what}`, measured })),
  ];
}

/** What upkeep did is told with the next answer of its thread. */
async function takeIndexing(world: World, counter: OpenStage['counter']): Promise<number> {
  counter.take();
  await world.followed();
  await world.anna.command('settings:set', { change: { busyOnCall: true } });
  await world.settled();
  const { upkeep }: Counts = counter.take();
  return upkeep.filter(({ sql }) => /^commit/i.test(sql)).length;
}

async function fromManyDevices(world: World): Promise<() => Promise<unknown>> {
  const devices = await Promise.all(Array.from({ length: DEVICES }, () => world.device('anna')));
  await Promise.all(devices.map((device) => device.ready()));
  return () => Promise.all(devices.map((device, index) => device.send(world.direct, `From device ${index}`)));
}
