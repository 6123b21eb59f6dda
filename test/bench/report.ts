import { boundOf } from './goals.js';
import type { Goal } from './goals.js';
import type { Summary } from './statistics.js';

/** One row of the table: a figure of Parley's, what the same costs without Parley, and how the two stand to each other. */
export interface Row {
  name: string;
  unit: string;
  /** Measured in the same run; null where nothing can be a floor. */
  floor: Summary | null;
  /** What the floor is, and what it does not do of what stands beside it. */
  floorIs: string;
  parley: Summary | null;
  /** Where each round's figure is a share of many samples: how many, in the round that had the fewest. */
  samples: number | null;
  /** Parley's median to the floor's; null also where that is 0. */
  ratio: number | null;
  goals: readonly Goal[];
}

export function row(
  name: string,
  unit: string,
  measured: { floor?: Summary | null; parley: Summary | null; samples?: number | null },
  { floorIs = '', goals = [] }: { floorIs?: string; goals?: readonly Goal[] } = {},
): Row {
  const { floor = null, parley, samples = null } = measured;
  const ratio = floor && parley && floor.median !== 0 ? parley.median / floor.median : null;
  return { name, unit, floor, floorIs, parley, samples, ratio, goals };
}

const HEAD = ['', 'unit', 'floor: median (min, max)', 'Parley: median (min, max)', 'n', 'ratio', 'goal', 'what the floor is'];
/** Columns that hold texts. */
const TEXTS = { plain: [0, 7], markdown: [0, 1, 7] };

/** What is to be known of the columns. */
export const LEGEND =
  'n: rounds (of the floor / of Parley where they differ), and where a round gives a share of many samples (p50, p95, p99) the samples of each.';

/** The lines of a table for people, columns aligned. */
export function table(rows: readonly Row[]): string[] {
  return aligned([HEAD, ...rows.map(cellsOf)], TEXTS.plain);
}

/** The lines of the same table in Markdown. */
export function markdown(rows: readonly Row[]): string[] {
  return markdownTable(HEAD, rows.map(cellsOf), TEXTS.markdown);
}

/** `texts`: the columns that are no numbers. */
export function markdownTable(head: readonly string[], lines: readonly (readonly string[])[], texts: readonly number[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, column) => (texts.includes(column) ? '---' : '---:'));
  return [line(head), line(rule), ...lines.map(line)];
}

function cellsOf({ name, unit, floor, floorIs, parley, samples, ratio, goals }: Row): string[] {
  const show = (summary: Summary | null): string => (summary ? spread(summary) : '-');
  // A floor of fewer rounds than what stands beside it says so.
  const rounds = floor && parley && floor.n !== parley.n ? `${String(floor.n)} / ${String(parley.n)}` : String(parley?.n ?? 0);
  const n = samples === null ? rounds : `${rounds} x ${samples.toLocaleString('en')}`;
  const bounds = goals.filter(({ fails }) => !fails).map(boundOf);
  return [name, unit, show(floor), show(parley), n, ratio === null ? '-' : ratio.toFixed(2), bounds.join(', '), floor ? floorIs : ''];
}

/** The median with the least and the greatest. */
export function spread({ median, min, max }: Summary): string {
  return `${number(median)} (${number(min)}, ${number(max)})`;
}

/** Columns of texts to the left, the others to the right. */
export function aligned(lines: readonly (readonly string[])[], texts: readonly number[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => (texts.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
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
