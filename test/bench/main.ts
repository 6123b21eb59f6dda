import { loadavg } from 'node:os';
import { Bench } from './bench.js';
import { measureInBrowser } from './browser-part.js';
import { shortcomings, tierOf } from './conditions.js';
import { flushTime, machineFacts } from './machine-facts.js';
import { growthRows } from './growth/growth.js';
import { measureGrowth, prepareGrowth } from './growth/measure.js';
import { growthSummary, growthTable } from './growth/table.js';
import { HELP, readOptions } from './options.js';
import type { Options } from './options.js';
import { writeProfiles } from './profile/profile-record.js';
import { profileScenario } from './profile/profile-scenario.js';
import type { ScenarioProfile } from './profile/profile-scenario.js';
import { profileLines } from './profile/summarise.js';
import { circumstances, writeRecord } from './record.js';
import type { Outcome } from './record.js';
import { LEGEND, table } from './report.js';
import type { Row } from './report.js';
import { reasonOf, rowsOf, runRounds } from './runner.js';
import type { Failure, Run } from './runner.js';
import { SCENARIOS } from './scenarios/index.js';
import { measureUniform } from './uniform.js';
import { passed, verdictLine, verdictsOf } from './verdicts.js';

/** Seconds from the start at which the server's part and growth begin nothing more, and at which the browser is given up. */
const DEADLINES = { short: { server: 105, growth: 170, browser: 177 }, full: { server: 750, growth: 1_000, browser: 1_190 } };

const say = (line: string): void => console.log(line);

/** Rows of the server, of the browser and of growth, whatever of it was asked for. */
async function measure(options: Options): Promise<Outcome> {
  const { short, rounds } = options;
  const begin = performance.now();
  const deadlines = DEADLINES[short ? 'short' : 'full'];
  const at = (seconds: number): number => begin + seconds * 1_000;
  const bench = new Bench({ short });
  const [loadBefore = 0] = loadavg();
  const flushMs = flushTime();
  const rows: Row[] = [];
  const failures: Failure[] = [];
  let run: Run | undefined;
  let grown: Outcome['growth'] = [];
  try {
    const chosen = Object.fromEntries(Object.entries(SCENARIOS).filter(([name]) => options.server.includes(name)));
    const stores = new Set(Object.values(chosen).flatMap(({ store }) => store ?? []));
    await Promise.all([bench.prepare(stores), options.growth ? prepareGrowth(bench) : undefined]);
    say(`stores after ${elapsed(begin)}`);
    if (options.server.length > 0) {
      run = await runRounds(chosen, bench, { rounds, deadline: at(deadlines.server), say });
      rows.push(...rowsOf(chosen, bench, run.measured));
      failures.push(...run.failures);
    }
    if (options.growth) {
      const { costs, failures: failed } = await measureGrowth(bench, { rounds, deadline: at(deadlines.growth), say });
      grown = growthRows(costs);
      failures.push(...failed);
    }
  } finally {
    // What was measured is worth more than what is left behind.
    await bench.close().catch((error: unknown) => failures.push({ what: 'the end of the servers', why: reasonOf(error) }));
  }
  if (options.browser) await measureInBrowser(short, at(deadlines.browser), { rows, failures, say });
  const missing = run?.measured.reduce((sum, { figures }) => sum + figures.missing, 0) ?? null;
  const [loadAfter = 0] = loadavg();
  const verdicts = verdictsOf(rows, missing, tierOf(options));
  const seconds = Math.round((performance.now() - begin) / 1_000);
  const notes = shortcomings(options, bench);
  return { rows, growth: grown, verdicts, failures, notes, loadBefore, loadAfter, flushMs, seconds, machine: machineFacts() };
}

function elapsed(begin: number): string {
  return `${((performance.now() - begin) / 1_000).toFixed(0)} s`;
}

function print(outcome: Outcome): void {
  const { rows, growth, verdicts, failures, notes, seconds } = outcome;
  for (const line of table(rows)) say(line);
  say(LEGEND);
  if (growth.length > 0) {
    say('');
    for (const line of growthTable(growth)) say(line);
    say(growthSummary(growth));
  }
  say(`\n${circumstances(outcome)}; ${String(seconds)} s in all`);
  for (const note of notes) say(note);
  for (const verdict of verdicts) say(verdictLine(verdict));
  for (const { what, why } of failures) say(`NOT MEASURED: ${what}: ${why}`);
}

/** One after the other: two at a time would be in each other's way. */
async function profileAll({ profile = [], short, write }: Options): Promise<void> {
  const profiles: ScenarioProfile[] = [];
  for (const name of profile) {
    const found = await profileScenario(name, short);
    profiles.push(found);
    say(`${name}, under the profiler: ${JSON.stringify(found.figures)}\n`);
    for (const { title, summary } of found.threads) for (const line of profileLines(title, summary)) say(line);
  }
  if (write) writeProfiles(profiles, machineFacts());
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options || options.help) {
    (options ? console.log : console.error)(HELP);
    return options ? 0 : 2;
  }
  if (options.uniform !== undefined) return (await measureUniform(options.uniform, options.json)) ? 0 : 1;
  if (options.profile !== undefined) {
    await profileAll(options);
    return 0;
  }
  const outcome = await measure(options);
  print(outcome);
  if (options.write) writeRecord(outcome);
  const good = passed(outcome);
  if (options.json) say(JSON.stringify({ passed: good, ...outcome }));
  return good ? 0 : 1;
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  // What it started ends with it.
  process.once(signal, () => process.exit(code));

process.exitCode = await main();
// Something that was given up may still hold the process.
setTimeout(() => process.exit(), 5_000).unref();
