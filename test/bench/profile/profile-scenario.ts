import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from '../bench.js';
import type { Figures } from '../job.js';
import { SCENARIOS } from '../scenarios/index.js';
import { measureOnce } from '../scenarios/scenario.js';
import { summarise, threadOf } from './summarise.js';
import type { CpuProfile, ProfileSummary } from './summarise.js';

const THREADS = new URL('./profile-threads.js', import.meta.url).href;

/** Where the processor's time went in one scenario, thread by thread. */
export interface ScenarioProfile {
  scenario: string;
  /** Under the profiler, which slows what it looks at. */
  figures: Figures;
  threads: { title: string; summary: ProfileSummary }[];
}

/** Measures one scenario on Parley alone and says where the processor's time went since the server was ready, thread by thread. */
export async function profileScenario(name: string, short: boolean): Promise<ScenarioProfile> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-profile-'));
  const bench = new Bench({ short, nodeArguments: ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--import', THREADS] });
  try {
    const scenario = SCENARIOS[name];
    if (!scenario) throw new Error(`there is no scenario ${name}`);
    const figures = await measureOnce(name, scenario, 'parley', bench);
    const threads = readdirSync(folder)
      .filter((file) => file.endsWith('.cpuprofile'))
      .sort()
      .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile)
      .map((profile) => ({ title: threadOf(profile), summary: summarise(profile, { from: bench.servedFrom }) }));
    return { scenario: name, figures, threads };
  } finally {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
