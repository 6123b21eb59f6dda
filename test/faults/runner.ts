import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../support/random.js';
import { ServerRefusedToStart } from '../support/server-process.js';
import { type Check, countByCheck, type Finding, finding } from './checkers/finding.js';
import { findUnproved } from './floors.js';
import { NotHere, type Outcome, type Scenario, type Stage, type Tier } from './scenarios/scenario.js';
import { SCENARIOS } from './scenarios/index.js';
import type { Backing } from './subjects/backing.js';
import { type Engine, Subject } from './subjects/subject.js';

export interface Run {
  tier: Tier;
  engine: Engine;
  nodes: number;
  seed: number;
  minutes: number | null;
  /** In which it makes its own. */
  folder: string;
  backing: Backing | undefined;
  /** Loaded into every server. */
  nodeArguments: readonly string[];
  say: (line: string) => void;
}

/** What one scenario has found on one engine. */
export interface Result {
  guarantee: string;
  promise: string;
  engine: Engine;
  nodes: number;
  tier: Tier;
  seed: number;
  injected: string;
  faults: number;
  operations: number;
  /** Acts that the server accepted. */
  acknowledged: number;
  violations: number;
  findings: Partial<Record<Check, number>>;
  /** The first few, in words. */
  examples: readonly string[];
  seconds: number;
  note?: string;
  /** Why it could not be run here. */
  skipped?: string;
}

const EXAMPLES = 8;

/** Runs one scenario in a folder of its own, and leaves nothing behind. */
export async function runScenario(scenario: Scenario, run: Run): Promise<Result> {
  const { tier, engine, nodes, seed, minutes, say } = run;
  const folder = await mkdtemp(join(run.folder, 'scenario-'));
  const started = performance.now();
  const subjects: Subject[] = [];
  const stage: Stage = {
    engine,
    nodes,
    tier,
    random: seededRandom(seed),
    folder,
    size: (sizes) => (tier === 'everyday' ? (sizes.everyday ?? sizes.commit) : sizes[tier]),
    timeLeft: (share = 1) => minutes === null || performance.now() - started < share * minutes * 60_000,
    async subject(options = {}) {
      const subject = await Subject.start({
        engine,
        nodes,
        folder: join(folder, `subject-${String(subjects.length)}`),
        backing: run.backing,
        ...options,
        nodeArguments: [...run.nodeArguments, ...(options.nodeArguments ?? [])],
      });
      subjects.push(subject);
      return subject;
    },
    say,
  };
  let outcome: Outcome = { injected: '', faults: 0, operations: 0, acknowledged: 0, findings: [] };
  let skipped: string | undefined;
  try {
    outcome = await scenario.run(stage);
    outcome = { ...outcome, findings: [...outcome.findings, ...findUnproved(outcome, scenario.floors)] };
  } catch (error) {
    if (error instanceof NotHere) skipped = error.message;
    else outcome = { ...outcome, findings: [failure(error)] };
  } finally {
    await run.backing?.mend();
    for (const subject of subjects) await subject.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const { injected, faults, operations, acknowledged, findings, note } = outcome;
  return {
    guarantee: scenario.guarantee,
    promise: scenario.promise,
    engine,
    nodes,
    tier,
    seed,
    injected,
    faults,
    operations,
    acknowledged,
    violations: findings.length,
    findings: countByCheck(findings),
    examples: findings
      .slice(0, EXAMPLES)
      .map(({ check, conversation, cid, detail }) => [check, conversation, cid, detail].filter(Boolean).join(' ')),
    seconds: Math.round((performance.now() - started) / 100) / 10,
    ...(note === undefined ? {} : { note }),
    ...(skipped === undefined ? {} : { skipped }),
  };
}

/** The result of a row that did not come to one. */
export function unfinished(
  row: Pick<Result, 'guarantee' | 'engine' | 'nodes'>,
  { tier, seed }: Pick<Result, 'tier' | 'seed'>,
  why: string,
): Result {
  const { promise = '' } = SCENARIOS.find(({ guarantee }) => guarantee === row.guarantee) ?? {};
  return {
    ...row,
    promise,
    tier,
    seed,
    injected: '',
    faults: 0,
    operations: 0,
    acknowledged: 0,
    violations: 1,
    findings: { down: 1 },
    examples: [`down ${why}`],
    seconds: 0,
  };
}

/** A scenario that cannot go on has found something too: nothing was proved. */
function failure(error: unknown): Finding {
  if (error instanceof ServerRefusedToStart) return finding('start', error.message);
  return finding('down', error instanceof Error ? (error.stack ?? error.message) : String(error));
}
