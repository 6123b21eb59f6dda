import type { CommandBudget, Engine, Figure } from './budget.js';
import { batchFigures } from './batch-figures.js';
import { enlarge } from './bulk.js';
import { COMMANDS, SIGN_INS } from './command-budgets.js';
import { kindOf } from './counting/statement.js';
import { scans } from './plans.js';
import { openStage, type OpenStage } from './stage.js';
import { takeCommands, takeSignIn, type Taken } from './taken.js';
import { wireFigures } from './wire-figures.js';
import { SMALL, World, type Size } from './world.js';

/** PostgreSQL has less of some: what matters is that it is many times more, and filling it takes many times longer. */
const LARGE: { readonly [E in Engine]: Size } = {
  sqlite: { entries: 1_000, members: 500, conversations: 1_000, contacts: 200 },
  postgres: { entries: 1_000, members: 120, conversations: 200, contacts: 100 },
};
/** People are asked first, whether to join or to be seen: what some commands are about. */
const ASKING = { join: 'invite', presence: 'consent' } as const;

interface Worlds {
  ordinary: World;
  asking: World;
}

/** What every command costs on one engine, in a store of a few and in a store of many, and how it answers what it was asked. */
export async function engineFigures(engine: Engine): Promise<Figure[]> {
  const stage = await openStage(engine);
  try {
    const worlds = await makeWorlds(stage, 'few', SMALL);
    const few = await takeAll(stage, worlds);
    const batches = await batchFigures(engine, stage, worlds.ordinary);
    const many = await takeAll(stage, await makeWorlds(stage, 'many', LARGE[engine]));
    if (stage.adminUrl !== undefined) await enlarge(stage.adminUrl, 'many');
    const statements = new Set([...many.values()].flatMap((taken) => taken.statements.map(({ sql }) => sql)));
    return [
      ...[...few].flatMap(([name, taken]) => figuresOf(engine, name, budgetOf(name), taken)),
      ...[...many].flatMap(([name, taken]) => figuresOf(engine, `${name} among many`, grown(budgetOf(name)), taken)),
      ...(engine === 'sqlite' ? wireFigures(few) : []),
      ...batches,
      ...(await scans(
        engine,
        stage.database,
        [...statements].filter((sql) => kindOf(sql) !== 'frame'),
      )),
    ];
  } finally {
    await stage.close();
  }
}

async function makeWorlds(stage: OpenStage, name: string, size: Size): Promise<Worlds> {
  return {
    ordinary: await World.make({ ...stage, tenant: name, size }),
    asking: await World.make({ ...stage, tenant: `${name}-asking`, size: { ...size, entries: 10, conversations: 10 }, policies: ASKING }),
  };
}

async function takeAll({ counter }: OpenStage, { ordinary, asking }: Worlds): Promise<Map<string, Taken>> {
  const signIns = {
    'sign-in': await takeSignIn(ordinary, counter, 'anna'),
    'sign-in, new': await takeSignIn(ordinary, counter, 'newcomer'),
  };
  return new Map<string, Taken>([...Object.entries(signIns), ...(await takeCommands(ordinary, asking, counter))]);
}

function budgetOf(name: string): CommandBudget {
  const budget = ({ ...COMMANDS, ...SIGN_INS } as Readonly<Record<string, CommandBudget>>)[name];
  if (!budget) throw new Error(`There is no budget for ${name}.`);
  return budget;
}

function grown({ grows, ...budget }: CommandBudget): CommandBudget {
  if (!grows) return budget;
  const { sqlite, postgres, why } = grows;
  return { ...budget, sqlite: { ...budget.sqlite, ...sqlite }, postgres: { ...budget.postgres, ...postgres }, why: `${budget.why} ${why}` };
}

function figuresOf(engine: Engine, name: string, budget: CommandBudget, taken: Taken): Figure[] {
  const { reads, writes, commits, messages: hops, trips, own, other } = taken;
  const measured: Readonly<Record<string, number>> = {
    ...{ reads, writes, commits, hops, transactions: commits, trips },
    'frames to the own device': own.down,
    'frames to another member': other.down,
  };
  const most: Readonly<Record<string, number>> = {
    ...budget[engine],
    'frames to the own device': budget.frames.own,
    'frames to another member': budget.frames.other,
  };
  const row = `${engine}, ${name}`;
  return Object.entries(most).map(([what, budgeted]) => ({
    row,
    what: `${row}, ${what}`,
    measured: measured[what] ?? NaN,
    most: budgeted,
    why: budget.why,
  }));
}
