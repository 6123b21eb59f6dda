import type { Summary } from './statistics.js';

/** What a figure shall be, or shall not exceed: its ratio to the floor, or the figure itself in its unit. */
export interface Goal {
  most?: number;
  least?: number;
  of: 'ratio' | 'value';
}

/** One row of the table: a figure of Parley's, what the same costs without Parley, and how the two stand to each other. */
export interface Row {
  name: string;
  unit: string;
  /** Measured in the same run; null where nothing can be a floor. */
  floor: Summary | null;
  /** What the floor is; the bare relay unless it is said. */
  floorName?: string;
  parley: Summary | null;
  /** Parley's median to the floor's. */
  ratio: number | null;
  goal?: Goal;
}

export function row(
  name: string,
  unit: string,
  measured: { floor?: Summary | null; parley: Summary | null },
  about: Pick<Row, 'floorName' | 'goal'> = {},
): Row {
  const { floor = null, parley } = measured;
  return { name, unit, floor, parley, ratio: floor && parley ? parley.median / floor.median : null, ...about };
}

const HEAD = ['', 'unit', 'floor: median (min, max)', 'Parley: median (min, max)', 'ratio', 'goal'];

/** The lines of a table for people, columns aligned. */
export function table(rows: readonly Row[]): string[] {
  return aligned([HEAD, ...rows.map(cellsOf)]);
}

/** The lines of the same table in Markdown. */
export function markdown(rows: readonly Row[]): string[] {
  return markdownTable(HEAD, rows.map(cellsOf), 2);
}

/** The first `left` columns are texts. */
export function markdownTable(head: readonly string[], lines: readonly (readonly string[])[], left: number): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, column) => (column < left ? '---' : '---:'));
  return [line(head), line(rule), ...lines.map(line)];
}

function cellsOf({ name, unit, floor, floorName, parley, ratio, goal }: Row): string[] {
  const show = (summary: Summary | null): string =>
    summary ? `${number(summary.median)} (${number(summary.min)}, ${number(summary.max)})` : '-';
  const of = floor && floorName !== undefined ? `${floorName}: ${show(floor)}` : show(floor);
  return [name, unit, of, show(parley), ratio === null ? '-' : ratio.toFixed(2), goal ? goalText(goal, unit) : ''];
}

export function goalText({ most, least, of }: Goal, unit: string): string {
  const bound = most === undefined ? `at least ${String(least)}` : `at most ${String(most)}`;
  return of === 'ratio' ? `${bound} x` : `${bound} ${unit}`.trim();
}

/** The first column to the left, the others to the right. */
export function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** Three digits that count: more would say what no run can know. */
export function number(value: number): string {
  if (Number.isNaN(value)) return 'none';
  if (value >= 1_000) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 100 || value === 0 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3);
}
