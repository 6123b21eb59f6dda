import { HELP, Misused, readCommandLine, type Wanted } from './command-line.js';
import { PLANTS } from './plants/index.js';
import { print } from './report.js';
import { mergeResults } from './results.js';
import type { Result } from './runner.js';
import { SCENARIOS } from './scenarios/index.js';
import type { Scenario } from './scenarios/scenario.js';
import { runSelfTest } from './self-test.js';
import { type Engine, ENGINES } from './subjects/subject.js';
import { supervise } from './supervisor.js';
import type { Row } from './worker.js';

async function main(wanted: Wanted): Promise<number> {
  if (wanted.help) {
    console.log(HELP);
    return 0;
  }
  if (wanted.selfTest) return runSelfTest(wanted);
  const { tier, seed, minutes, only } = wanted;
  const scenarios = SCENARIOS.filter(({ guarantee, everyday }) =>
    only.length > 0 ? only.includes(guarantee) : tier !== 'everyday' || everyday === true,
  );
  if (scenarios.length === 0) throw new Misused(`--only: some of ${SCENARIOS.map(({ guarantee }) => guarantee).join(',')}`);
  const plant = PLANTS.find(({ name }) => name === wanted.plant);
  console.log(`seed ${String(seed)}, tier ${tier}${plant ? `, planted: ${plant.bug}` : ''}`);

  const engines = wanted.engine === null ? ENGINES : [wanted.engine];
  const rows = scenarios.flatMap((scenario) =>
    engines
      .filter((engine) => scenario.engines.includes(engine))
      .flatMap((engine) => nodesOf(scenario, engine, wanted).map((nodes): Row => ({ guarantee: scenario.guarantee, engine, nodes }))),
  );
  const results: Result[] = [];
  await supervise(rows, { tier, seed, minutes, plant: plant?.into === 'server' ? plant.name : null }, async (result) => {
    print(result);
    results.push(result);
    // At once: what is interrupted later has not been for nothing.
    if (wanted.results) await mergeResults([result]);
  });
  const passed = results.every(({ violations }) => violations === 0);
  console.log(`${passed ? 'PASSED' : 'FAILED'}; repeat with --seed ${String(seed)}`);
  if (wanted.json) console.log(JSON.stringify({ tier, seed, plant: wanted.plant, passed, results }));
  return passed ? 0 : 1;
}

/** SQLite is one server's own; with one node behind it PostgreSQL is tried where that is another thing than three. */
function nodesOf({ nodes = [3] }: Scenario, engine: Engine, { nodes: wanted, tier, plant }: Wanted): readonly number[] {
  if (engine === 'sqlite') return [1];
  if (wanted !== null) return [wanted];
  return tier === 'everyday' || plant !== null ? nodes.slice(-1) : nodes;
}

try {
  process.exitCode = await main(readCommandLine(process.argv.slice(2)));
} catch (error) {
  const misused = error instanceof Misused || (error instanceof TypeError && 'code' in error);
  if (!misused) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
