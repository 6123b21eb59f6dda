import { archivePlan, crowdPlan } from '../bench.js';
import type { Bench } from '../bench.js';
import { reasonOf } from '../runner.js';
import type { Failure } from '../runner.js';
import { OTHERS } from '../scenarios/memory.js';
import type { StorePlan } from '../stores/plan.js';
import { hold } from '../subjects.js';
import type { Load, SubjectName } from '../subjects.js';
import { COSTS, COUNTS, FLOOR_COSTS, hasStartUp, START_UP } from './costs.js';
import type { Axis, Cost } from './growth.js';

/** Where everything is measured, at one size of one axis. */
interface Point {
  axis: Axis;
  size: number;
  plan: StorePlan;
}

/** Seconds of each load: there are many of them. */
const TIMES = { seconds: 1.2, warmUpSeconds: 0.4 };
/** ms for the idle connections. */
const CONNECT_LIMIT = 200_000;

/** 1x, 10x and 100x of each axis, the smallest first. */
export function pointsOf({ short, connections }: Pick<Bench, 'short' | 'connections'>): Point[] {
  const [most, groups] = short ? [100_000, 200] : [1_000_000, 2_000];
  const entries = [most / 100, most / 10, most].map((size) => ({
    axis: 'entries' as const,
    size,
    plan: archivePlan(size, size / 10, groups),
  }));
  const members = [10, 100, 1_000].map((size) => ({ axis: 'members' as const, size, plan: crowdPlan(1_000, size) }));
  const idle = connections - OTHERS;
  const plan = crowdPlan(short ? 1_000 : 5_000);
  const open = [idle / 100, idle / 10, idle].map((size) => ({ axis: 'connections' as const, size: Math.round(size), plan }));
  return [...entries, ...members, ...open];
}

/** Builds the stores of all points, so that nothing is built while something is measured. */
export async function prepareGrowth(bench: Bench): Promise<void> {
  await Promise.allSettled(pointsOf(bench).map(({ plan }) => bench.built(plan)));
}

/**
 * Measures all costs at all points, round by round until the deadline (as performance.now()). What fails at one point, or what there is
 * no time for in the first round, is reported.
 */
export async function measureGrowth(
  bench: Bench,
  { rounds, deadline, say }: { rounds: number; deadline: number; say: (line: string) => void },
): Promise<{ costs: Cost[]; failures: Failure[] }> {
  const costs: Cost[] = [];
  const failures: Failure[] = [];
  const points = pointsOf(bench);
  await prepareGrowth(bench);
  let lasted = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const began = performance.now();
    if (round > 1 && began + lasted > deadline) break;
    // What changes on the machine while the sizes go up must not look like growth.
    for (const point of round % 2 === 1 ? points : points.toReversed()) {
      const what = `growth with ${point.axis}, ${String(point.size)}`;
      const failed = (why: string): void => void failures.push({ what, why });
      const from = performance.now();
      if (from > deadline) {
        failed('there was no time left for it');
        continue;
      }
      const subjects: SubjectName[] = point.axis === 'entries' ? ['parley'] : ['parley', 'relay'];
      for (const subject of subjects) await measurePoint(bench, point, subject, { costs, failed });
      say(`round ${String(round)}  ${what} ${((performance.now() - from) / 1_000).toFixed(1)} s`);
    }
    lasted = performance.now() - began;
  }
  return { costs, failures };
}

/** Where the costs of one point go, and what could not be measured there. */
interface Findings {
  costs: Cost[];
  failed: (why: string) => void;
}

async function measurePoint(bench: Bench, point: Point, subject: SubjectName, findings: Findings): Promise<void> {
  const { axis, size } = point;
  const keep = (figure: string, unit: string, value: number): void =>
    void findings.costs.push({ figure, unit, axis, size, subject, value });
  try {
    const store = await bench.built(point.plan);
    const begin = performance.now();
    const server = await bench.start(subject, { store });
    if (subject === 'parley' && hasStartUp(axis)) keep(START_UP.name, START_UP.unit, (performance.now() - begin) / 1_000);
    let idle: Load | undefined;
    try {
      for (const scenario of new Set(COSTS.map((cost) => cost.scenario))) {
        if (subject === 'relay' && !FLOOR_COSTS.has(scenario)) continue;
        const job = { ...bench.job(scenario, server, { store, count: countOf(point, scenario) }), ...TIMES };
        const done = await hold(job, scenario === 'memory' ? CONNECT_LIMIT : undefined).catch((error: unknown) =>
          findings.failed(`${scenario}: ${reasonOf(error)}`),
        );
        if (!done) continue;
        // Whose memory was measured stay connected while the rest is.
        if (axis === 'connections' && scenario === 'memory') idle = done;
        else done.release();
        const { figures } = done;
        if (figures.missing > 0) findings.failed(`${scenario}: ${String(figures.missing)} missing`);
        for (const { key, name, unit } of COSTS.filter((cost) => cost.scenario === scenario))
          if (figures[key] !== undefined) keep(name, unit, figures[key]);
      }
    } finally {
      idle?.release();
      await server.stop();
    }
  } catch (error) {
    findings.failed(reasonOf(error));
  }
}

function countOf({ axis, size }: Point, scenario: string): number {
  const grows = (axis === 'members' && scenario === 'fan-out') || (axis === 'connections' && scenario === 'memory');
  return grows ? size : (COUNTS[scenario] ?? 0);
}
