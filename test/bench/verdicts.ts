import { boundOf, GOALS } from './goals.js';
import type { Goal } from './goals.js';
import { number } from './report.js';
import type { Row } from './report.js';
import type { Failure } from './runner.js';

/** What a run says of a goal, or of something that must hold: only what has failed ends the run with an error. */
export interface Verdict {
  name: string;
  outcome: 'met' | 'missed' | 'failed' | 'not measured';
  detail: string;
}

/**
 * `missing`: of all messages that were sent; null where none were. `tier` says where it is that a goal without a figure was not measured.
 */
export function verdictsOf(rows: readonly Row[], missing: number | null, tier: string): Verdict[] {
  return [delivered(missing, tier), ...Object.values(GOALS).map((goal) => verdictOf(goal, rows) ?? unmeasured(goal, tier))];
}

function delivered(missing: number | null, tier: string): Verdict {
  const name = 'each message delivered to everybody once and in order';
  if (missing === null) return { name, outcome: 'not measured', detail: tier };
  const detail = `${String(missing)} refused, missing, doubled or out of order`;
  return { name, outcome: missing === 0 ? 'met' : 'failed', detail };
}

/** Null where no row has a figure for it. */
export function verdictOf(goal: Goal, rows: readonly Row[]): Verdict | null {
  const found = rows.find(({ goals }) => goals.includes(goal));
  const value = goal.of === 'ratio' ? found?.ratio : found?.parley?.median;
  if (!found || value === null || value === undefined || Number.isNaN(value)) return null;
  const { most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY, unit = '', fails } = goal;
  const held = value <= most && value >= least;
  const bound = value > most ? most : least;
  const far = held || bound === 0 ? '' : `, ${Math.abs((value / bound - 1) * 100).toFixed(0)} % ${value > most ? 'over' : 'under'} it`;
  const said = goal.of === 'ratio' ? `${value.toFixed(2)} x` : `${number(value)} ${unit}`.trim();
  return { name: `${found.name}: ${boundOf(goal)}`, outcome: held ? 'met' : fails ? 'failed' : 'missed', detail: `${said}${far}` };
}

function unmeasured(goal: Goal, tier: string): Verdict {
  return { name: `${goal.name}: ${boundOf(goal)}`, outcome: 'not measured', detail: tier };
}

export function verdictLine({ name, outcome, detail }: Verdict): string {
  return `${outcome === 'failed' ? 'FAILED' : outcome}: ${name} (${detail})`;
}

/** A run in which something could not be measured is no record of it, whatever the rest says. */
export function passed({ verdicts, failures }: { verdicts: readonly Verdict[]; failures: readonly Failure[] }): boolean {
  return failures.length === 0 && verdicts.every(({ outcome }) => outcome !== 'failed');
}
