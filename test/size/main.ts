import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BUDGETS, CHUNKS } from './budgets.js';
import { filesOf, filesWith, languagesOf, measure, type Manifest } from './measure.js';

/*
 * npm run size [-- --json]: what each published bundle weighs, and whether that is within its budget.
 * `--json` adds one JSON object as the last line. The exit code is 1 when a budget is exceeded.
 */
const folder = path.join(import.meta.dirname, '../../browser');
const bytes = (count: number): string => count.toLocaleString('en').padStart(9);

const manifest = JSON.parse(readFileSync(path.join(folder, 'parley.manifest.json'), 'utf8')) as Manifest;

const rows = BUDGETS.flatMap((budget) => {
  const { entry } = budget;
  const chunks = CHUNKS[budget.of];
  const weighed: [of: string, files: string[]][] =
    budget.of === 'language'
      ? [...languagesOf(manifest)].map(([code, file]) => [`in ${code}`, [file]])
      : [[budget.of, chunks ? filesWith(manifest, entry, chunks) : filesOf(manifest, entry, budget.of === 'everything')]];
  return weighed.map(([of, files]) => {
    const size = measure(folder, files);
    return { entry, of, ...size, budget: budget.gzip, passed: size.gzip <= budget.gzip, why: budget.why };
  });
});

console.log(`${'bundle'.padEnd(34)}files      raw   brotli     gzip   budget`);
for (const row of rows) {
  const name = `${row.entry} ${row.of}`.padEnd(34);
  console.log(
    `${name}${String(row.files).padStart(5)}${bytes(row.raw)}${bytes(row.brotli)}${bytes(row.gzip)}${bytes(row.budget)}  ${row.passed ? 'ok' : 'OVER BUDGET'}`,
  );
}
for (const row of rows.filter(({ passed }) => !passed))
  console.log(`${row.entry} ${row.of}: ${row.gzip - row.budget} bytes over. ${row.why}`);

const passed = rows.every((row) => row.passed);
if (process.argv.includes('--json')) console.log(JSON.stringify({ bundles: rows, passed }));
process.exitCode = passed ? 0 : 1;
