import { HELP, Misused, readCommandLine, type Wanted } from './command-line.js';
import { objections, planRows } from './plan.js';
import { PLANTS } from './plants/index.js';
import { print } from './report.js';
import { mergeResults } from './results.js';
import type { Result } from './runner.js';
import { runSelfTest } from './self-test.js';
import { supervise } from './supervisor.js';

async function main(wanted: Wanted): Promise<number> {
  if (wanted.help) {
    console.log(HELP);
    return 0;
  }
  if (wanted.selfTest) return runSelfTest(wanted);
  const { tier, seed, minutes } = wanted;
  const rows = planRows(wanted);
  const plant = PLANTS.find(({ name }) => name === wanted.plant);
  console.log(`seed ${String(seed)}, tier ${tier}${plant ? `, planted: ${plant.bug}` : ''}`);

  const results: Result[] = [];
  await supervise(rows, { tier, seed, minutes, plant: plant?.into === 'server' ? plant.name : null }, async (result) => {
    print(result);
    results.push(result);
    // At once: what is interrupted later has not been for nothing.
    if (wanted.results) await mergeResults([result]);
  });
  const objected = objections(rows, results, wanted);
  for (const objection of objected) console.log(objection);
  const passed = objected.length === 0;
  console.log(`${passed ? 'PASSED' : 'FAILED'}; repeat with --seed ${String(seed)}`);
  if (wanted.json) console.log(JSON.stringify({ tier, seed, plant: wanted.plant, passed, results }));
  return passed ? 0 : 1;
}

try {
  process.exitCode = await main(readCommandLine(process.argv.slice(2)));
} catch (error) {
  const misused = error instanceof Misused || (error instanceof TypeError && 'code' in error);
  if (!misused) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
