import type { CommandName } from '#protocol';
import type { TestClient } from '../support/server.js';
import type { Counter, Counts } from './counting/counter.js';
import type { Frames } from './counting/frame-counter.js';
import { scenarios, type Ready } from './scenarios.js';
import type { World } from './world.js';

/** What one command took. */
export interface Taken extends Counts {
  /** On the connection that sent it. */
  own: Frames;
  /** On that of another member. */
  other: Frames;
}

/** Each command of the protocol once, as its scenario says. */
export async function takeCommands(ordinary: World, asking: World, counter: Counter): Promise<Map<CommandName, Taken>> {
  const taken = new Map<CommandName, Taken>();
  // What a queue of mails does in the background begins with the first of them.
  const names = Object.keys(scenarios) as CommandName[];
  for (const name of [...names.filter((other) => other !== 'history:send'), 'history:send' as const]) {
    const { prepare, asking: asks } = scenarios[name];
    const world = asks ? asking : ordinary;
    taken.set(name, await take(world, counter, await prepare(world)));
  }
  return taken;
}

/** What happens from the moment in which something is done until nothing happens any more. */
export async function take(world: World, counter: Counter, { act, caller = world.anna }: Ready): Promise<Taken> {
  const other = caller === world.omar ? world.anna : world.omar;
  await world.settled();
  counter.take();
  for (const client of [caller, other]) world.frames(client).take();
  await act();
  await world.settled();
  return { ...counter.take(), own: world.frames(caller).take(), other: world.frames(other).take() };
}

/** Signs somebody in on one device more, and out again. */
export async function takeSignIn(world: World, counter: Counter, user: string): Promise<Taken> {
  await world.settled();
  counter.take();
  world.frames(world.omar).take();
  const client: TestClient = await world.device(user);
  await client.ready();
  await world.settled();
  const taken = { ...counter.take(), own: world.frames(client).take(), other: world.frames(world.omar).take() };
  client.close();
  await world.settled();
  return taken;
}
