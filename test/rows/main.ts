import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { attackTable, testsOfAttacks, withAttackTable } from './attacks.js';
import { coverageOf } from './coverage.js';
import { ROWS } from './rows.js';
import { ROOT, titlesOfTests } from './tree.js';

/*
 * npm run rows [-- --json] [-- --write]: which tests cover which row of the table of features, by the ids at the beginning of their titles.
 * `--json` adds one JSON object as the last line, `--write` writes into SECURITY.md which tests try which attack. The exit code is 1 when a
 * row has no test, or a test names a row that does not exist.
 */
const titles = titlesOfTests();
const { rows, missing, unknown } = coverageOf(ROWS, titles);

for (const { id, name, tests } of rows) {
  console.log(`${id.padEnd(5)}${name}${tests.length === 0 ? '  NO TEST' : ''}`);
  for (const { file, line, text } of tests) console.log(`       ${file}:${line}  ${text}`);
}
console.log(`\n${rows.length - missing.length} of ${rows.length} rows have a test.`);
if (missing.length > 0) console.log(`Without one: ${missing.join(', ')}`);
for (const { id, title } of unknown) console.log(`There is no row ${id}: ${title.file}:${title.line}  ${title.text}`);

if (process.argv.includes('--write')) {
  const file = path.join(ROOT, 'SECURITY.md');
  writeFileSync(file, withAttackTable(readFileSync(file, 'utf8'), attackTable(testsOfAttacks(titles))));
}
if (process.argv.includes('--json')) console.log(JSON.stringify({ total: rows.length, covered: rows.length - missing.length, missing }));
process.exitCode = missing.length === 0 && unknown.length === 0 ? 0 : 1;
