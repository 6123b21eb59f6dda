import { HELP, Misused, readCommandLine, type Wanted } from './command-line.js';
import { plantArguments, PLANTS } from './plants/index.js';
import { print } from './report.js';
import { mergeResults } from './results.js';
import { type Result, runScenario } from './runner.js';
import { SCENARIOS } from './scenarios/index.js';
import { runSelfTest } from './self-test.js';
import { Backing } from './subjects/backing.js';
import { ENGINES } from './subjects/subject.js';

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

  const results: Result[] = [];
  const engines = wanted.engine === null ? ENGINES : [wanted.engine];
  const backing =
    engines.includes('postgres') && scenarios.some((one) => one.engines.includes('postgres')) ? await Backing.start() : undefined;
  try {
    for (const scenario of scenarios) {
      for (const engine of engines.filter((one) => scenario.engines.includes(one))) {
        const result = await runScenario(scenario, {
          tier,
          engine,
          nodes: wanted.nodes ?? 3,
          seed,
          minutes,
          backing,
          nodeArguments: plant?.into === 'server' ? plantArguments(plant.name) : [],
          say: (line) => process.env['FAULTS_VERBOSE'] !== undefined && console.log(`    ${line}`),
        });
        print(result);
        results.push(result);
      }
    }
  } finally {
    await backing?.close();
  }
  if (wanted.results) await mergeResults(results);
  const passed = results.every(({ violations }) => violations === 0);
  console.log(`${passed ? 'PASSED' : 'FAILED'}; repeat with --seed ${String(seed)}`);
  if (wanted.json) console.log(JSON.stringify({ tier, seed, plant: wanted.plant, passed, results }));
  return passed ? 0 : 1;
}

try {
  process.exitCode = await main(readCommandLine(process.argv.slice(2)));
  // A scenario that was given up has left its clients at work.
  setTimeout(() => process.exit(), 2_000).unref();
} catch (error) {
  const misused = error instanceof Misused || (error instanceof TypeError && 'code' in error);
  if (!misused) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
