import { judge, type Figure } from './budget.js';
import { domFigures } from './dom-figures.js';
import { engineFigures } from './engine-figures.js';
import { allocationFigures, systemCallFigures } from './process-figures.js';
import { table } from './table.js';
import { stateFigures } from './wire-figures.js';

/*
 * npm run budgets [-- sqlite postgres wire process browser] [-- --json]: what is counted and never timed, each figure beside its budget.
 * `--json` adds one JSON object as the last line. The exit code is 1 when a budget is exceeded.
 */
const SUBJECTS: Readonly<Record<string, () => Promise<Figure[]>>> = {
  sqlite: () => engineFigures('sqlite'),
  postgres: () => engineFigures('postgres'),
  wire: stateFigures,
  process: async () => [...(await allocationFigures()), ...(await systemCallFigures())],
  browser: domFigures,
};

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const figures: Figure[] = [];
for (const [subject, count] of Object.entries(SUBJECTS)) {
  if (wanted.length === 0 || wanted.includes(subject)) figures.push(...(await count()));
}
const { passed, over, loose } = judge(figures);
for (const line of table(figures)) console.log(line);
for (const line of loose) console.log(`could be lowered: ${line}`);
for (const line of over) console.log(`OVER BUDGET: ${line}`);
console.log(`${figures.length} figures, ${over.length} over budget`);
if (process.argv.includes('--json')) console.log(JSON.stringify({ figures, passed }));
// What was counted goes on by itself: pools and browsers have timers of their own.
process.exit(passed ? 0 : 1);
