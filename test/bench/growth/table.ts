import { aligned, markdownTable, number } from '../report.js';
import type { GrowthRow } from './growth.js';
import { MOST_GROWTH } from './growth.js';

const HEAD = ['', 'unit', 'with', '1x', '10x', '100x', 'exponent', 'floor', ''];

export function growthTable(rows: readonly GrowthRow[]): string[] {
  return aligned([HEAD, ...rows.map(cellsOf)]);
}

export function growthMarkdown(rows: readonly GrowthRow[]): string[] {
  return markdownTable(HEAD, rows.map(cellsOf), 3);
}

/** What is to be said under the table. */
export function growthSummary(rows: readonly GrowthRow[]): string {
  const flagged = rows.filter((row) => row.flagged);
  const bound = `by more than the power ${String(MOST_GROWTH)} of the size`;
  if (flagged.length === 0) return `Nothing grows ${bound}.`;
  return `Grows ${bound}: ${flagged.map(({ figure, axis }) => `${figure} with ${axis}`).join('; ')}.`;
}

function cellsOf({ figure, unit, axis, points, exponent, floor, flagged }: GrowthRow): string[] {
  const sizes = points.map(({ size }) => size.toLocaleString('en')).join(', ');
  const costs = [0, 1, 2].map((index) => {
    const cost = points[index]?.cost;
    return cost ? number(cost.median) : '-';
  });
  return [figure, unit, `${axis} (${sizes})`, ...costs, power(exponent), floor === null ? '' : power(floor), flagged ? 'GROWS' : ''];
}

function power(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(2);
}
