import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { seededRandom } from '../support/random.js';
import { freePort, newSecret, plainEnvironment, SERVER_CLI, ServerRefusedToStart, signToken } from '../support/server-process.js';
import type { Check, Finding } from './checkers.js';
import { checkAll } from './checkers.js';
import { History } from './history.js';
import type { KillRunOptions } from './kill-run.js';
import { killRun } from './kill-run.js';
import { powerCutRun, whyNoPowerCuts } from './power-cut.js';
import type { PowerCutReport } from './power-cut.js';

/** Bugs that can be planted into the server under test, to see that this run catches them. */
const PLANTS = ['ack-before-commit', 'synchronous-normal', 'synchronous-normal-unasserted'] as const;

const HELP = `npm run faults -- [options]

  --kills N        how often the server is killed with SIGKILL under load (default 20)
  --writers N      connections that write (default 20)
  --seed N         repeat the moments and texts of an earlier run
  --power-cuts N   simulated power cuts over one recorded run (default 40; 0 leaves them out; needs strace)
  --plant NAME     plant a bug into the server under test: ${PLANTS.join(', ')}
  --json           one JSON object as the last line
  --help`;

/** Findings of a kind that are printed; the rest is counted. */
const SHOWN = 5;

interface Report {
  seed: number;
  plant: string | null;
  kills: number;
  writers: number;
  seconds: number;
  acknowledged: number;
  attempts: number;
  /** Attempts whose connection went away before an answer. */
  unknown: number;
  readings: number;
  findings: Record<Check | 'start', number>;
  powerCut: Omit<PowerCutReport, 'findings'> | { skipped: string };
  passed: boolean;
}

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    writers: { type: 'string', default: '20' },
    seed: { type: 'string' },
    'power-cuts': { type: 'string', default: '40' },
    plant: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function whole(name: string, text: string, least: number): number {
  if (!/^\d+$/.test(text) || Number(text) < least) {
    console.error(`--${name}: a whole number from ${String(least)} on is needed`);
    process.exit(2);
  }
  return Number(text);
}

function plantArguments(plant: string | undefined): string[] {
  if (plant === undefined) return [];
  if (!PLANTS.some((known) => known === plant)) {
    console.error(`--plant: one of ${PLANTS.join(', ')}`);
    process.exit(2);
  }
  return ['--import', fileURLToPath(new URL(`./plants/${plant}.js`, import.meta.url))];
}

/** Asks the product's own check of the hash chains. */
function verify(data: string): Finding[] {
  const run = spawnSync(process.execPath, [SERVER_CLI, 'verify', '--data', data], { encoding: 'utf8', env: plainEnvironment() });
  console.log(`verify: ${(run.stdout + run.stderr).trim()}`);
  return run.status === 0 ? [] : [{ check: 'chain', conversation: '', detail: `verify ended with ${String(run.status)}` }];
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const seed = values.seed === undefined ? randomInt(2 ** 31) : whole('seed', values.seed, 0);
  const kills = whole('kills', values.kills, 0);
  const writers = whole('writers', values.writers, 2);
  const cuts = whole('power-cuts', values['power-cuts'], 0);
  const nodeArguments = plantArguments(values.plant);
  const secret = newSecret();
  const started = performance.now();
  console.log(
    `seed ${String(seed)}: ${String(writers)} writers, ${String(kills)} kills${values.plant === undefined ? '' : `, planted: ${values.plant}`}`,
  );

  const folder = await mkdtemp(join(tmpdir(), 'parley-faults-'));
  const history = new History();
  const findings: Finding[] = [];
  const counts: Report['findings'] = { lost: 0, phantom: 0, duplicate: 0, order: 0, 'false-ack': 0, retracted: 0, chain: 0, start: 0 };
  let readings = 0;
  let powerCut: Report['powerCut'] = { skipped: 'not asked for' };
  try {
    const options = async (data: string): Promise<KillRunOptions> => ({
      server: { data: join(folder, data), port: await freePort(), secret, nodeArguments, env: { PARLEY_LOG_LEVEL: 'warn' } },
      kills,
      writers,
      killWithin: 3_000,
      loadAfter: 500,
      token: (user) => signToken(secret, user),
      say: (line) => {
        console.log(line);
      },
    });
    const count = (found: readonly Finding[]) => {
      findings.push(...found);
      for (const { check } of found) counts[check] += 1;
    };
    const read = await killRun(await options('killed'), history, seededRandom(seed));
    readings = read.length;
    count(checkAll(history.sent, read, history.sightings));
    count(verify(join(folder, 'killed')));

    const reason = cuts === 0 ? 'not asked for' : whyNoPowerCuts();
    if (reason !== null) powerCut = { skipped: reason };
    else {
      const { findings: found, ...figures } = await powerCutRun(await options('cut'), cuts, seededRandom(seed + 1));
      powerCut = figures;
      count(found);
    }
  } catch (error) {
    if (!(error instanceof ServerRefusedToStart)) throw error;
    counts.start += 1;
    console.log(error.message);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  const passed = Object.values(counts).every((count) => count === 0);
  const attempts = history.sent.reduce((sum, one) => sum + one.attempts, 0);
  const unknown = history.operations.filter((operation) => operation.type === 'unknown').length;
  const report: Report = {
    seed,
    plant: values.plant ?? null,
    kills,
    writers,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    acknowledged: history.acknowledged,
    attempts,
    unknown,
    readings,
    findings: counts,
    powerCut,
    passed,
  };
  print(report, findings);
  return passed ? 0 : 1;
}

function print(report: Report, findings: readonly Finding[]): void {
  for (const [check, count] of Object.entries(report.findings).filter(([, count]) => count > 0)) {
    console.log(`${check}: ${String(count)}`);
    const some = findings.filter((finding) => finding.check === check).slice(0, SHOWN);
    for (const { conversation, cid, detail } of some) console.log(`  ${[conversation, cid, detail].filter(Boolean).join(' ')}`);
  }
  console.log(
    `${String(report.acknowledged)} acknowledged in ${String(report.attempts)} attempts, ${String(report.unknown)} without an answer and sent again; ${String(report.readings)} readings`,
  );
  if ('skipped' in report.powerCut) console.log(`power cuts: skipped, ${report.powerCut.skipped}`);
  else {
    const { cuts, acknowledged, checkpoints, flushes, lost, worst } = report.powerCut;
    console.log(
      `power cuts: ${String(cuts)} over ${String(acknowledged)} acknowledgements, ${String(flushes)} flushes and ${String(checkpoints)} checkpoints; lost ${String(lost)}, worst ${String(worst)}`,
    );
  }
  if (report.passed && report.kills > 0) {
    console.log(`${String(report.kills)} clean kills bound the rate of failures below ${(3 / report.kills).toFixed(3)} per kill (95 %)`);
  }
  console.log(`${report.passed ? 'PASSED' : 'FAILED'} in ${String(report.seconds)} s; repeat with --seed ${String(report.seed)}`);
  if (values.json) console.log(JSON.stringify(report));
}

process.exitCode = await main();
