import { mkdtempSync, openSync, closeSync, fsyncSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Row } from './report.js';
import { row, table } from './report.js';
import type { Figures, Job } from './scenarios.js';
import { percentile, summary } from './statistics.js';
import type { Subject, SubjectName } from './subjects.js';
import { load, startParley, startRelay } from './subjects.js';
import { measureUniform } from './uniform.js';

const HELP = `npm run bench -- [options]

  --short      within two minutes: three short rounds, fewer on a busy machine; memory and sign-in, which vary little, in the first
  --rounds N   how often each figure is measured (default 5; 3 with --short)
  --only NAME  one scenario: durable, fanOut, latency, memory, signIn
  --uniform N  attack 38 instead: N calls of each command to what is not the caller's and to what does not exist (default 10000)
  --profile    write a processor profile of the server under the durable load into the working directory, and measure nothing else
  --json       one JSON object as the last line

Parley and a bare Socket.IO relay without storage are measured in turn; every figure is the median of the rounds.`;

/** Accepted durable messages a second, as a share of what the relay accepts. */
const GOAL = 0.7;
/**
 * Below this share the run fails. It lies well under the goal because two neighbours on two cores shift a single run by a third; what falls
 * below it is no noise but a lost property, such as a commit for each message instead of one for all that arrived together.
 */
const LEAST = 0.35;

/** A short run begins no round that would end later, in milliseconds. */
const SHORT = 110_000;

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    only: { type: 'string' },
    uniform: { type: 'string' },
    profile: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const SCENARIOS = ['durable', 'fanOut', 'latency', 'memory', 'signIn'] as const;
type Scenario = (typeof SCENARIOS)[number];

/** The goal, and what fails the run. */
interface Verdict {
  name: string;
  held: boolean;
  /** A goal that is missed is said; only a check that does not hold ends the run with an error. */
  fails: boolean;
  detail: string;
}

interface Measured {
  scenario: Scenario;
  subject: SubjectName;
  figures: Figures;
}

const rounds = Number(values.rounds ?? (values.short ? 3 : 5));
const connections = 1_000;

function job(scenario: Job['scenario'], subject: Subject): Job {
  const seconds = values.short ? 2 : 8;
  return {
    scenario,
    url: subject.url,
    pid: subject.pid,
    secret: subject.secret,
    seconds,
    warmUpSeconds: values.short ? 1 : 3,
    connections,
  };
}

async function measure(scenario: Scenario, subject: SubjectName, prepared: { data: string; secret: string }): Promise<Measured> {
  // Idle connections and sign-ins are measured with what a person of some months' use has: twenty conversations.
  const used = scenario === 'memory' || scenario === 'signIn';
  const server = subject === 'relay' ? await startRelay() : await startParley(used ? { from: prepared.data, secret: prepared.secret } : {});
  try {
    return { scenario, subject, figures: await load(job(scenario, server)) };
  } finally {
    await server.stop();
  }
}

/** What a flush of 4 kB costs here: durable figures say little without it. */
function flushTime(): number {
  const folder = mkdtempSync(join(tmpdir(), 'parley-flush-'));
  const file = openSync(join(folder, 'probe'), 'w');
  const block = Buffer.alloc(4_096);
  const times = Array.from({ length: 200 }, () => {
    writeSync(file, block);
    const begin = performance.now();
    fsyncSync(file);
    return performance.now() - begin;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return percentile(times, 0.5);
}

function rowsOf(measured: readonly Measured[]): Row[] {
  const figure = (scenario: Scenario, name: string, title: string, unit: string): Row[] => {
    const of = (subject: SubjectName) => {
      const found = measured
        .filter((one) => one.scenario === scenario && one.subject === subject)
        .map((one) => one.figures[name] ?? Number.NaN);
      return found.length > 0 ? summary(found) : null;
    };
    const made = row(title, unit, { floor: of('relay'), parley: of('parley') });
    return (made.floor ?? made.parley) ? [made] : [];
  };
  return [
    ...figure('durable', 'perSecond', '1:1 messages accepted and delivered, 100 under way', '/s'),
    ...figure('durable', 'cpuPerMessage', 'server CPU per message', 'µs'),
    ...figure('fanOut', 'perSecond', 'copies delivered in a room of 100', '/s'),
    ...figure('fanOut', 'cpuPerCopy', 'server CPU per copy', 'µs'),
    ...figure('latency', 'p50', '1:1 latency at 200 msg/s over 50 pairs, p50', 'ms'),
    ...figure('latency', 'p99', '1:1 latency at 200 msg/s over 50 pairs, p99', 'ms'),
    ...figure('memory', 'perConnection', 'memory per idle connection (Parley: 20 conversations each)', 'kB'),
    ...figure('memory', 'base', 'memory before the connections', 'MB'),
    ...figure('signIn', 'p50', 'sign-in to ready (Parley: 20 conversations), p50', 'ms'),
  ];
}

function verdictsOf(rows: readonly Row[], measured: readonly Measured[]): Verdict[] {
  const missing = measured.reduce((sum, one) => sum + one.figures.missing, 0);
  const verdicts: Verdict[] = [
    {
      name: 'delivered',
      held: missing === 0,
      fails: true,
      detail: `${String(missing)} messages refused, missing, doubled or out of order`,
    },
  ];
  const ratio = rows.find((one) => one.unit === '/s' && one.name.startsWith('1:1'))?.ratio;
  if (ratio !== undefined && ratio !== null) {
    const said = `${ratio.toFixed(2)} of the relay, every message on disk`;
    verdicts.push({ name: `goal: durable messages at least ${String(GOAL)}`, held: ratio >= GOAL, fails: false, detail: said });
    verdicts.push({ name: `durable messages at least ${String(LEAST)}`, held: ratio >= LEAST, fails: true, detail: said });
  }
  return verdicts;
}

async function profile(): Promise<number> {
  const server = await startParley({ nodeArguments: ['--cpu-prof', '--cpu-prof-dir', process.cwd()] });
  try {
    console.log(await load(job('durable', server)));
  } finally {
    await server.stop();
  }
  return 0;
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.profile) return profile();
  if (values.uniform !== undefined) return (await measureUniform(Number(values.uniform) || 10_000, values.json)) ? 0 : 1;
  const chosen = SCENARIOS.filter((scenario) => values.only === undefined || scenario === values.only);
  if (chosen.length === 0 || !Number.isInteger(rounds) || rounds < 1) {
    console.error(HELP);
    return 2;
  }
  const begin = performance.now();
  const preparing = await startParley();
  const measured: Measured[] = [];
  const flush = flushTime();
  let lasted = 0;
  let done = 0;
  try {
    if (chosen.includes('memory') || chosen.includes('signIn')) await load(job('prepare', preparing));
    // A copy of the files is whole only when nobody writes to them.
    await preparing.halt();
    for (let round = 1; round <= rounds; round += 1) {
      const began = performance.now();
      // No further round when it would not end in time.
      if (values.short && round > 1 && began - begin + lasted > SHORT) break;
      lasted = 0;
      for (const scenario of chosen) {
        if (values.short && round > 1 && (scenario === 'memory' || scenario === 'signIn')) continue;
        // Who is first changes with the round: the disk and the clock of the processor remember what ran before.
        const order: SubjectName[] = round % 2 === 1 ? ['relay', 'parley'] : ['parley', 'relay'];
        const from = performance.now();
        for (const subject of order) measured.push(await measure(scenario, subject, preparing));
        if (scenario !== 'memory' && scenario !== 'signIn') lasted += performance.now() - from;
      }
      done = round;
      console.log(`round ${String(round)} of ${String(rounds)}, ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
    }
  } finally {
    await preparing.stop();
  }
  const rows = rowsOf(measured);
  const verdicts = verdictsOf(rows, measured);
  for (const line of table(rows)) console.log(line);
  console.log(`a flush of 4 kB takes ${flush.toFixed(2)} ms on this disk`);
  for (const { name, held, fails, detail } of verdicts) console.log(`${held ? 'met' : fails ? 'FAILED' : 'missed'}: ${name} (${detail})`);
  const passed = verdicts.every(({ held, fails }) => held || !fails);
  if (values.json)
    console.log(
      JSON.stringify({ passed, rounds: done, flushMs: flush, seconds: Math.round((performance.now() - begin) / 1_000), rows, verdicts }),
    );
  return passed ? 0 : 1;
}

process.exitCode = await main();
