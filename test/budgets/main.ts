import { judge, type Figure } from './budget.js';
import { engineFigures } from './engine-figures.js';
import { allocationFigures, systemCallFigures } from './process-figures.js';
import { stateFigures } from './wire-figures.js';

/*
 * npm run budgets [-- --json] [-- --all]: what is counted and never timed, each figure beside its budget. Without `--all` only what is over
 * its budget or far below it is listed. `--json` adds one JSON object as the last line. The exit code is 1 when a budget is exceeded.
 */
const figures: Figure[] = [
  ...(await engineFigures('sqlite')),
  ...(await engineFigures('postgres')),
  ...(await stateFigures()),
  ...(await allocationFigures()),
  ...(await systemCallFigures()),
];
const { passed, over, loose } = judge(figures);
if (process.argv.includes('--all')) for (const { what, measured, most } of figures) console.log(`${what.padEnd(70)}${measured} of ${most}`);
for (const line of loose) console.log(`could be lowered: ${line}`);
for (const line of over) console.log(`OVER BUDGET: ${line}`);
console.log(`${figures.length} figures, ${over.length} over budget`);
if (process.argv.includes('--json')) console.log(JSON.stringify({ figures, passed }));
process.exit(passed ? 0 : 1);
