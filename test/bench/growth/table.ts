import { aligned, markdownTable, number, spread } from '../report.js';
import type { GrowthRow } from './growth.js';
import { MOST_GROWTH } from './growth.js';

/** 1x, 10x, 100x. */
const SIZES = 3;
const HEAD = ['', 'unit', 'with', '1x', '10x', '100x', 'n', 'exponent', 'floor', ''];

export function growthTable(rows: readonly GrowthRow[]): string[] {
  return aligned([HEAD, ...rows.map(cellsOf)], [0]);
}

export function growthMarkdown(rows: readonly GrowthRow[]): string[] {
  return markdownTable(HEAD, rows.map(cellsOf), [0, 1, 2]);
}

/** What is to be said under the table. */
export function growthSummary(rows: readonly GrowthRow[]): string {
  const bound = `by more than the power ${String(MOST_GROWTH)} of the size`;
  const named = (some: readonly GrowthRow[]): string => some.map(({ figure, axis }) => `${figure} with ${axis}`).join('; ');
  const flagged = rows.filter((row) => row.flagged);
  // What costs nothing measurable at one size has no power of it.
  const unknown = rows.filter((row) => row.points.length < SIZES || Number.isNaN(row.exponent));
  const said = [
    ...(flagged.length > 0 ? [`Grows ${bound}: ${named(flagged)}.`] : []),
    ...(unknown.length > 0 ? [`Not measured at all sizes: ${named(unknown)}.`] : []),
  ];
  if (said.length > 0) return said.join(' ');
  return rows.length === 0 ? 'Nothing was measured.' : `Nothing grows ${bound}.`;
}

function cellsOf({ figure, unit, axis, points, exponent, floor, flagged }: GrowthRow): string[] {
  const sizes = points.map(({ size }) => size.toLocaleString('en')).join(', ');
  const costs = [0, 1, 2].map((index) => {
    const cost = points[index]?.cost;
    if (!cost) return '-';
    return cost.n === 1 ? number(cost.median) : spread(cost);
  });
  const rounds = Math.min(...points.map(({ cost }) => cost.n));
  const powers = [power(exponent), floor === null ? '' : power(floor)];
  return [figure, unit, `${axis} (${sizes})`, ...costs, String(rounds), ...powers, flagged ? 'GROWS' : ''];
}

function power(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(2);
}
