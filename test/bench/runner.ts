import type { Bench } from './bench.js';
import type { Figures } from './job.js';
import { row } from './report.js';
import type { Row } from './report.js';
import { measureOnce } from './scenarios/scenario.js';
import type { Figure, Scenario } from './scenarios/scenario.js';
import { summary } from './statistics.js';
import type { Summary } from './statistics.js';
import type { SubjectName } from './subjects.js';

export interface Measured {
  scenario: string;
  subject: SubjectName;
  figures: Figures;
}

/** What could not be measured, and why. */
export interface Failure {
  what: string;
  why: string;
}

export interface Run {
  measured: Measured[];
  failures: Failure[];
  /** Seconds of each scenario, both subjects, all rounds. */
  seconds: Record<string, number>;
}

type Scenarios = Readonly<Record<string, Scenario>>;

/**
 * Measures round by round, so that whatever changes on the machine meanwhile falls on all scenarios, and both subjects in turn. A
 * scenario begins only where, by what it took the last time, it ends before `deadline` (as performance.now()); the first round is for
 * all that begin before it. One that fails is reported and is not begun again.
 */
export async function runRounds(
  scenarios: Scenarios,
  bench: Bench,
  { rounds, deadline, say }: { rounds: number; deadline: number; say: (line: string) => void },
): Promise<Run> {
  const run: Run = { measured: [], failures: [], seconds: {} };
  const lasted = new Map<string, number>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, scenario] of Object.entries(scenarios)) {
      const most = bench.short ? scenario.rounds?.short : scenario.rounds?.full;
      if (round > (most ?? rounds) || run.failures.some(({ what }) => what === name)) continue;
      const began = performance.now();
      if (began + (lasted.get(name) ?? 0) > deadline) continue;
      // Who is first changes with the round: the disk and the clock of the processor remember what ran before.
      const order: SubjectName[] = round % 2 === 1 ? ['relay', 'parley'] : ['parley', 'relay'];
      try {
        for (const subject of round <= (scenario.flushed ?? 0) ? [...order, 'flushing-relay' as const] : order)
          run.measured.push({ scenario: name, subject, figures: await measureOnce(name, scenario, subject, bench) });
      } catch (error) {
        run.failures.push({ what: name, why: reasonOf(error) });
        say(`${name} FAILED: ${reasonOf(error)}`);
      }
      const took = performance.now() - began;
      lasted.set(name, took);
      run.seconds[name] = (run.seconds[name] ?? 0) + took / 1_000;
      say(`round ${String(round)}  ${name.padEnd(12)} ${(took / 1_000).toFixed(1).padStart(5)} s`);
    }
  }
  for (const name of Object.keys(scenarios)) if (!lasted.has(name)) run.failures.push({ what: name, why: 'there was no time left for it' });
  return run;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The rows of all scenarios of which something was measured. */
export function rowsOf(scenarios: Scenarios, bench: Bench, measured: readonly Measured[]): Row[] {
  return Object.entries(scenarios).flatMap(([name, scenario]) =>
    scenario.figures(bench).flatMap((figure) => rowOf(name, figure, measured) ?? []),
  );
}

function rowOf(scenario: string, { key, name, unit, floor, samples, goals = [] }: Figure, measured: readonly Measured[]): Row | null {
  const found = measured.filter((one) => one.scenario === scenario);
  const of = (subject: SubjectName, wanted: string): Summary | null => {
    const values = found.filter((one) => one.subject === subject).flatMap(({ figures }) => figures[wanted] ?? []);
    return values.length > 0 ? summary(values) : null;
  };
  const parley = of('parley', key);
  if (!parley) return null;
  const counted = samples === undefined ? [] : found.flatMap(({ figures }) => figures[samples] ?? []);
  const beside = of(floor.of ?? 'relay', floor.key ?? key);
  // The same figure stands beside the bare relay already.
  if (floor.of === 'flushing-relay' && !beside) return null;
  return row(
    name,
    unit,
    { floor: beside, parley, samples: counted.length > 0 ? Math.min(...counted) : null },
    { floorIs: floor.is, goals },
  );
}
