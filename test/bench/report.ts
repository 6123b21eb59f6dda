import type { SubjectName } from './subjects.js';
import type { Summary } from './statistics.js';

/** One row of the table: a figure of both subjects and how Parley's stands to the floor's. */
export interface Row {
  name: string;
  unit: string;
  relay: Summary | null;
  parley: Summary | null;
  /** Parley's median to the relay's. */
  ratio: number | null;
}

/** The goal, and what fails the run. */
export interface Verdict {
  name: string;
  held: boolean;
  /** A goal that is missed is said; only a check that does not hold ends the run with an error. */
  fails: boolean;
  detail: string;
}

export function row(name: string, unit: string, values: Record<SubjectName, Summary | null>): Row {
  const { relay, parley } = values;
  return { name, unit, relay, parley, ratio: relay && parley ? parley.median / relay.median : null };
}

export function printTable(rows: readonly Row[]): void {
  const cells = [['', 'relay: median (min, max)', 'Parley: median (min, max)', 'ratio'], ...rows.map(cellsOf)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  for (const line of cells) {
    console.log(
      line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
    );
  }
}

function cellsOf({ name, unit, relay, parley, ratio }: Row): string[] {
  const show = (summary: Summary | null) => (summary ? `${number(summary.median)} (${number(summary.min)}, ${number(summary.max)})` : '-');
  return [`${name}, ${unit}`, show(relay), show(parley), ratio === null ? '-' : ratio.toFixed(2)];
}

function number(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
