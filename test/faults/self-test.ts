import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Wanted } from './command-line.js';
import { type Plant, plantArguments, PLANTS } from './plants/index.js';
import type { Result } from './runner.js';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

interface Verdict {
  plant: string;
  bug: string;
  guarantee: string;
  caught: boolean;
  by: readonly string[];
  seconds: number;
  examples: readonly string[];
}

/** Whether the run found what is wrong, and not something else. */
export function isCaught(plant: Plant, results: readonly Pick<Result, 'findings'>[]): string[] {
  return plant.caughtBy.filter((check) => results.some(({ findings }) => (findings[check] ?? 0) > 0));
}

/** Plants bug after bug: a harness that lets one pass proves nothing. */
export async function runSelfTest({ seed, json, only, plant: wanted }: Wanted): Promise<number> {
  const verdicts: Verdict[] = [];
  for (const plant of PLANTS) {
    if ((only.length > 0 && !only.includes(plant.guarantee)) || (wanted !== null && wanted !== plant.name)) continue;
    const started = performance.now();
    const results = await runWith(plant, seed);
    const by = isCaught(plant, results);
    const examples = results
      .flatMap((result) => [...result.examples, ...(result.skipped === undefined ? [] : [result.skipped])])
      .slice(0, 3);
    const seconds = Math.round((performance.now() - started) / 1_000);
    verdicts.push({ plant: plant.name, bug: plant.bug, guarantee: plant.guarantee, caught: by.length > 0, by, seconds, examples });
    console.log(`${by.length > 0 ? `caught by ${by.join(', ')}` : 'NOT CAUGHT'}: ${plant.name} (${plant.guarantee}), ${String(seconds)} s`);
    if (by.length === 0) for (const example of examples) console.log(`  ${example}`);
  }
  const passed = verdicts.length > 0 && verdicts.every(({ caught }) => caught);
  console.log(
    `${passed ? 'PASSED' : 'FAILED'}: ${String(verdicts.filter(({ caught }) => caught).length)} of ${String(verdicts.length)} planted bugs caught`,
  );
  if (json) console.log(JSON.stringify({ seed, passed, plants: verdicts }));
  return passed ? 0 : 1;
}

function runWith(plant: Plant & { name: (typeof PLANTS)[number]['name'] }, seed: number): Promise<Result[]> {
  const own = plant.into === 'client' ? plantArguments(plant.name) : [];
  const args = [...own, MAIN, '--json', '--seed', String(seed), '--only', plant.guarantee, '--engine', plant.engine, '--plant', plant.name];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (_error, stdout, stderr) => {
      try {
        const { results } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { results: Result[] };
        resolve(results);
      } catch {
        reject(new Error(`the run with ${plant.name} broke off:\n${stdout.slice(-2_000)}${stderr.slice(-2_000)}`));
      }
    });
  });
}
