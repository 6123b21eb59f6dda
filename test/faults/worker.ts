import { plantArguments, type PlantName } from './plants/index.js';
import { type Result, runScenario } from './runner.js';
import { SCENARIOS } from './scenarios/index.js';
import type { Tier } from './scenarios/scenario.js';
import { Backing } from './subjects/backing.js';
import type { Engine } from './subjects/subject.js';

/** One line of the table: a guarantee where it is to hold. */
export interface Row {
  guarantee: string;
  engine: Engine;
  nodes: number;
}

/** What a worker is told to do. */
export interface Order {
  rows: readonly Row[];
  /** Of its own; the supervisor removes it. */
  folder: string;
  tier: Tier;
  seed: number;
  minutes: number | null;
  /** Of those that go into the server. */
  plant: PlantName | null;
}

export type Report = { type: 'said'; line: string } | { type: 'result'; result: Result };

/** Runs rows one after the other on one PostgreSQL and Redis. The supervisor's program starts this one, and ends it when it hangs. */
async function work({ rows, folder, tier, seed, minutes, plant }: Order): Promise<void> {
  const say = (line: string): void => void tell({ type: 'said', line });
  let backing: Backing | undefined;
  for (const row of rows) {
    const { guarantee, engine, nodes } = row;
    const scenario = SCENARIOS.find((one) => one.guarantee === guarantee);
    if (!scenario) throw new Error(`there is no scenario for ${guarantee}`);
    say(`${guarantee} on ${engine} begins`);
    if (engine === 'postgres') backing ??= await Backing.start();
    const nodeArguments = plant === null ? [] : plantArguments(plant);
    await tell({
      type: 'result',
      result: await runScenario(scenario, { tier, engine, nodes, seed, minutes, folder, backing, nodeArguments, say }),
    });
  }
  await backing?.close();
}

function tell(report: Report): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(report, undefined, undefined, () => resolve());
    else resolve();
  });
}

// Whoever started this is gone.
process.once('disconnect', () => process.exit(1));
process.once('message', (order: Order) => {
  work(order).then(
    () => process.exit(0),
    (error: unknown) => {
      void tell({ type: 'said', line: error instanceof Error ? (error.stack ?? error.message) : String(error) }).then(() =>
        process.exit(1),
      );
    },
  );
});
