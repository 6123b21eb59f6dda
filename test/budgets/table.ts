import type { Figure } from './budget.js';

/** Figures of one row in one line, each as `reads 2 of 2`: what was counted, and what it may be. */
export function table(figures: readonly Figure[]): string[] {
  const rows = new Map<string, string[]>();
  for (const { what, row = what, measured, most } of figures) {
    const count = `${what.slice(row.length).replace(/^, /, '')} ${measured} of ${most}`;
    rows.set(row, [...(rows.get(row) ?? []), count.trim()]);
  }
  const width = Math.max(0, ...[...rows.keys()].map(({ length }) => length));
  return [...rows].map(([row, counts]) => `${row.padEnd(width)}  ${counts.join(', ')}`);
}
