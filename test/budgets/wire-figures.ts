import type { Figure } from './budget.js';
import { openStage, type OpenStage } from './stage.js';
import { takeSignIn, type Taken } from './taken.js';
import { STATES, WIRE } from './wire-budgets.js';
import { inTurns, World, write } from './world.js';

/** What crosses the wire for one command, as it was taken. */
export function wireFigures(taken: ReadonlyMap<string, Taken>): Figure[] {
  return WIRE.map(({ command, side, what, most, why }) => {
    const frames = taken.get(command);
    const bytes = side === 'up' ? frames?.own.upBytes : side === 'own' ? frames?.own.downBytes : frames?.other.downBytes;
    return { what: `bytes, ${what}`, measured: bytes ?? NaN, most, why };
  });
}

/** What comes until somebody is ready whose list is of a usual length. */
export async function stateFigures(): Promise<Figure[]> {
  const stage = await openStage('sqlite');
  try {
    const figures: Figure[] = [];
    for (const { conversations, what, most, why } of STATES) {
      const taken = await signIn(stage, conversations);
      figures.push({ what: `bytes, ${what}`, measured: taken.own.downBytes, most, why });
    }
    return figures;
  } finally {
    await stage.close();
  }
}

async function signIn(stage: OpenStage, conversations: number): Promise<Taken> {
  const size = { entries: 1, members: 10, conversations: conversations - 1, contacts: 0 };
  const world = await World.make({ ...stage, tenant: `state-of-${conversations}`, size });
  const { conversations: list } = await world.anna.command('conversation:list', { limit: conversations });
  await inTurns(list, ({ id }) => write(world, id, 1));
  return takeSignIn(world, stage.counter, 'anna');
}
