import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../support/random.js';
import { ServerRefusedToStart } from '../support/server-process.js';
import { type Check, countByCheck, type Finding, finding } from './checkers/finding.js';
import { NotHere, type Outcome, type Scenario, type Stage, type Tier } from './scenarios/scenario.js';
import type { Backing } from './subjects/backing.js';
import { type Engine, Subject } from './subjects/subject.js';

export interface Run {
  tier: Tier;
  engine: Engine;
  nodes: number;
  seed: number;
  minutes: number | null;
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
/** Minutes after which a scenario hangs. */
const LONGEST: Record<Tier, number> = { everyday: 3, commit: 5, nightly: 8 * 60, release: 48 * 60 };

/** Runs one scenario in a folder of its own, and leaves nothing behind. */
export async function runScenario(scenario: Scenario, run: Run): Promise<Result> {
  const { tier, engine, seed, minutes, say } = run;
  const nodes = engine === 'sqlite' ? 1 : run.nodes;
  const folder = await mkdtemp(join(tmpdir(), 'parley-faults-'));
  const started = performance.now();
  const subjects: Subject[] = [];
  const stage: Stage = {
    engine,
    nodes,
    tier,
    random: seededRandom(seed),
    folder,
    size: (sizes) => (tier === 'everyday' ? (sizes.everyday ?? sizes.commit) : sizes[tier]),
    timeLeft: () => minutes === null || performance.now() - started < minutes * 60_000,
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
  let outcome: Outcome = { injected: '', faults: 0, operations: 0, findings: [] };
  let skipped: string | undefined;
  try {
    outcome = await within(scenario.run(stage), minutes === null ? LONGEST[tier] : minutes + LONGEST.commit);
  } catch (error) {
    if (error instanceof NotHere) skipped = error.message;
    else outcome = { ...outcome, findings: [failure(error)] };
  } finally {
    await run.backing?.mend();
    for (const subject of subjects) await subject.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const { injected, faults, operations, findings, note } = outcome;
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

async function within<T>(work: Promise<T>, minutes: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`it was not over after ${String(minutes)} minutes`)), minutes * 60_000);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A scenario that cannot go on has found something too: nothing was proved. */
function failure(error: unknown): Finding {
  if (error instanceof ServerRefusedToStart) return finding('start', error.message);
  return finding('down', error instanceof Error ? (error.stack ?? error.message) : String(error));
}
