import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GrowthRow } from './growth/growth.js';
import { growthMarkdown, growthSummary } from './growth/table.js';
import type { MachineFacts } from './machine-facts.js';
import { PEERS } from './peers.js';
import { LEGEND, markdown, number } from './report.js';
import type { Row } from './report.js';
import type { Failure } from './runner.js';
import { verdictLine } from './verdicts.js';
import type { Verdict } from './verdicts.js';

/** All that a run found. */
export interface Outcome {
  rows: Row[];
  growth: GrowthRow[];
  verdicts: Verdict[];
  failures: Failure[];
  /** In what the run did less than a whole one of the full tier. */
  notes: string[];
  /** Of the machine, over the minute before the run: what others did on it is in the figures. */
  loadBefore: number;
  /** Over its last minute: mostly of the run itself. */
  loadAfter: number;
  /** Of 4 kB. */
  flushMs: number;
  seconds: number;
  machine: MachineFacts;
}

/** Load above which somebody else was at work: what is measured by the clock is less worth then. */
const QUIET = 0.5;

/** Beside the sources, whatever is compiled to where. */
const FILE = join(import.meta.dirname, '../../../test/bench/BENCHMARKS.md');

export function writeRecord(outcome: Outcome, now = new Date()): void {
  writeFileSync(FILE, record(outcome, now));
}

/** The text of BENCHMARKS.md. */
export function record(outcome: Outcome, now: Date): string {
  const { rows, growth, verdicts, failures, notes, seconds, machine } = outcome;
  const facts = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  const minutes = (seconds / 60).toFixed(0);
  return [
    '# Benchmarks',
    '',
    `Written by \`npm run bench -- --write\` on ${now.toISOString().slice(0, 10)}, in ${minutes} minutes. Do not edit.`,
    '',
    `${facts.join('; ')}; ${circumstances(outcome)}.`,
    'Every server and every load is a process of its own, on the same machine, over loopback. A floor does less than Parley: the last column',
    'says what it is and what it leaves out. Trust the ratios: both were measured in turn in the same minutes.',
    'Stores were written or read just before they are measured: their files are in the memory of the system.',
    ...notes,
    '',
    ...peers(rows),
    '## Figures',
    '',
    LEGEND,
    '',
    ...markdown(rows),
    '',
    '## Goals',
    '',
    ...verdicts.map((verdict) => `- ${verdictLine(verdict)}`),
    ...failures.map(({ what, why }) => `- not measured: ${what}: ${withoutPaths(why)}`),
    '',
    '## Growth',
    '',
    'What each figure costs on SQLite at 1x, 10x and 100x of what is stored, of the members of conversations, and of open connections. The',
    'exponent is the slope of the costs over the sizes, both logarithmic: 0 is no growth, 1 is growth in proportion. Where n is 1, neighbours on',
    'the machine move what is measured by the clock; processor time tells more.',
    '',
    ...growthMarkdown(growth),
    '',
    growthSummary(growth),
    '',
    'Search is no hot path: nobody waits for it to send, to receive or to open, and the rate of each user is limited. It grows because its',
    "index has all words of the store in one: to look a word up costs more the more there is, and there is one look for each stretch of the viewer's",
    'conversations, of which a larger store has more.',
    '',
  ].join('\n');
}

export function circumstances({ loadBefore, loadAfter, flushMs }: Pick<Outcome, 'loadBefore' | 'loadAfter' | 'flushMs'>): string {
  const before = loadBefore > QUIET ? `${loadBefore.toFixed(2)} (not quiet: others worked on it)` : loadBefore.toFixed(2);
  return `load of the machine before the run ${before}, after it ${loadAfter.toFixed(2)}; a flush of 4 kB takes ${flushMs.toFixed(2)} ms`;
}

/** The first line, without what lies where on this machine. */
function withoutPaths(why: string): string {
  return (why.split('\n')[0] ?? '').replace(/(file:\/\/)?(?<![\w.])\/[^\s:)]+/g, '(a file)');
}

/** Beside the peers' figures, which are not of this run. */
function peers(rows: readonly Row[]): string[] {
  const valueOf = (unit: string, begins: string): string => {
    const found = rows.find((one) => one.unit === unit && one.name.startsWith(begins));
    return found?.parley ? number(found.parley.median) : '-';
  };
  const own = [valueOf('/s', '1:1 messages'), valueOf('/s', 'copies delivered'), valueOf('ms', 'sign-in to ready')];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    'The peers were measured by us on the same kind of machine (two shared cores, loopback, message archive on), not in this run:',
    '',
    line(['', 'accepted and delivered, /s', 'copies in a room of 100, /s', 'sign-in to ready with 50 entries, p50, ms']),
    line(['---', '---:', '---:', '---:']),
    line(['Parley, SQLite (this run)', ...own]),
    ...PEERS.map(({ name, perSecond, copies, signIn }) => line([name, ...[perSecond, copies, signIn].map(number)])),
    '',
  ];
}
