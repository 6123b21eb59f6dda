import type { SubjectName } from '../subjects.js';
import { exponent, summary } from '../statistics.js';
import type { Summary } from '../statistics.js';

export type Axis = 'entries' | 'members' | 'connections';

/** One measurement: what something costs at one size. */
export interface Cost {
  figure: string;
  unit: string;
  axis: Axis;
  size: number;
  subject: SubjectName;
  value: number;
}

/** How one figure goes with one size. */
export interface GrowthRow {
  figure: string;
  unit: string;
  axis: Axis;
  points: { size: number; cost: Summary }[];
  exponent: number;
  /** The relay's, where it has the same cost. */
  floor: number | null;
  /** It grows where nothing on a hot path may. */
  flagged: boolean;
}

/**
 * Above this exponent a cost grows: a hundred times the size costs twice as much. A look into a tree of a hundred times as many leaves costs
 * one and a half times as much (0.09), which is as little as a store can do.
 */
export const MOST_GROWTH = 0.15;

/** One row for each figure and axis, in the order of their first measurement. */
export function growthRows(costs: readonly Cost[]): GrowthRow[] {
  const groups = Map.groupBy(
    costs.filter(({ subject }) => subject === 'parley'),
    ({ axis, figure }) => `${axis} ${figure}`,
  );
  return [...groups.values()].flatMap((measured) => {
    const [first] = measured;
    if (!first) return [];
    const { figure, unit, axis } = first;
    const points = pointsOf(measured);
    const own = slope(points);
    const beside = pointsOf(costs.filter((cost) => cost.subject === 'relay' && cost.axis === axis && cost.figure === figure));
    const floor = beside.length > 1 ? slope(beside) : null;
    // What the floor of the stack grows by is not ours to mend.
    const flagged = own > MOST_GROWTH + Math.max(0, floor ?? 0);
    return [{ figure, unit, axis, points, exponent: own, floor, flagged }];
  });
}

function pointsOf(costs: readonly Cost[]): GrowthRow['points'] {
  const bySize = Map.groupBy(costs, ({ size }) => size);
  return [...bySize]
    .sort(([one], [other]) => one - other)
    .map(([size, measured]) => ({ size, cost: summary(measured.map(({ value }) => value)) }));
}

function slope(points: GrowthRow['points']): number {
  return exponent(points.map(({ size, cost }) => ({ size, cost: cost.median })));
}
