import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from '../bench.js';
import { SCENARIOS } from '../scenarios/index.js';
import { profileLines, summarise, threadOf } from './summarise.js';
import type { CpuProfile } from './summarise.js';

const THREADS = new URL('./profile-threads.js', import.meta.url).href;

/** Measures one scenario on Parley alone and says where the processor's time went since the server was ready, thread by thread. */
export async function profileScenario(name: string, short: boolean): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-profile-'));
  const bench = new Bench({ short, nodeArguments: ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--import', THREADS] });
  try {
    const figures = await SCENARIOS[name]?.measure('parley', bench);
    const threads = readdirSync(folder)
      .filter((file) => file.endsWith('.cpuprofile'))
      .sort()
      .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile)
      .flatMap((profile) => profileLines(threadOf(profile), summarise(profile, { from: bench.servedFrom })));
    return [`${name}, under the profiler: ${JSON.stringify(figures)}`, '', ...threads];
  } finally {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
