import { readFile, writeFile } from 'node:fs/promises';
import { ELSEWHERE, type Elsewhere } from './elsewhere.js';
import { bound } from './report.js';
import type { Result } from './runner.js';
import { SCENARIOS } from './scenarios/index.js';

/** Beside the sources, wherever the compiled program runs. */
const FILE = new URL('../../../test/faults/RESULTS.md', import.meta.url);

const INTRODUCTION = `# What the fault harness found

Written by \`npm run faults -- --results\`; each row is the last run of its guarantee, tier, engine and number of nodes. The driver outside
the server owns the truth: operations, faults and what every client was shown. A violation is a finding of any checker. Without one among
n faults, the rate of failures lies below the bound 3/n, at 95 %. Any row can be repeated:
\`npm run faults -- --tier T --only G --engine E --nodes N --seed S\`. A tier is cut short with \`--minutes\`: n says how far it came.
`;

const COLUMNS = [
  'Guarantee',
  'Tier',
  'Engine',
  'Nodes',
  'Faults injected',
  'n',
  'Operations',
  'Violations',
  'Bound',
  'Seed',
  'Date',
  'Seconds',
  'Note',
];
const PROMISES = '## The promises\n';
const PROVED_ELSEWHERE = `## Proved elsewhere

What needs a browser, or no fault, is proved by other programs of the suite.
`;
const PLACES = ['Guarantee', 'Promise', 'Tests', 'Run', 'Run longer'];
/** Guarantee, tier, engine and nodes: there is one row of each. */
const KEY = 4;

/** Puts these rows in the place of earlier ones of the same guarantee, tier, engine and number of nodes. */
export async function mergeResults(results: readonly Result[], today = new Date()): Promise<void> {
  const before = await readFile(FILE, 'utf8').catch(() => '');
  await writeFile(FILE, merged(before, results, today));
}

export function merged(before: string, results: readonly Result[], today: Date): string {
  const rows = new Map<string, string[]>();
  for (const line of before.split('\n').filter((one) => /^\| G\d+/.test(one))) {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells.length === COLUMNS.length) rows.set(cells.slice(0, KEY).join(' '), cells);
  }
  for (const result of results) {
    // What could not be tried here takes nothing away from where it could.
    if (result.skipped !== undefined) continue;
    const cells = cellsOf(result, today);
    rows.set(cells.slice(0, KEY).join(' '), cells);
  }
  const sorted = [...rows].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true })).map(([, cells]) => cells);
  const promises = tableOf(
    ['Guarantee', 'Promise'],
    SCENARIOS.map(({ guarantee, promise }) => [guarantee, promise]),
  );
  return `${INTRODUCTION}\n${tableOf(COLUMNS, sorted)}\n\n${PROMISES}\n${promises}\n\n${PROVED_ELSEWHERE}\n${tableOf(PLACES, ELSEWHERE.map(placeOf))}\n`;
}

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function placeOf({ guarantee, promise, files, run, longer }: Elsewhere): string[] {
  const code = (text: string): string => `\`${text}\``;
  return [guarantee, promise, files.join(', '), code(run), longer === undefined ? '' : code(longer)];
}

function cellsOf(result: Result, today: Date): string[] {
  const { guarantee, tier, engine, nodes, injected, faults, operations, violations, seed, seconds, note = '' } = result;
  const cells = [guarantee, tier, engine, nodes, injected, faults, operations, violations, violations === 0 ? bound(faults) : '', seed];
  return [...cells, today.toISOString().slice(0, 10), Math.round(seconds), note].map((cell) => String(cell).replaceAll('|', '/'));
}
