import type { Result } from './runner.js';

/** Zero failures among n faults bound the rate of failures below 3/n at 95 %. */
export function bound(faults: number): string {
  return faults === 0 ? '' : `< ${(3 / faults).toPrecision(2)}`;
}

export function print(result: Result): void {
  const { guarantee, engine, nodes, injected, operations, acknowledged, violations, examples, seconds, note, skipped } = result;
  const where = engine === 'sqlite' ? 'SQLite, 1 node' : `PostgreSQL and Redis, ${String(nodes)} node${nodes === 1 ? '' : 's'}`;
  if (skipped !== undefined) {
    console.log(`${guarantee} ${where}: skipped, ${skipped}`);
    return;
  }
  for (const example of examples) console.log(`  ${example}`);
  if (violations > examples.length) console.log(`  and ${String(violations - examples.length)} more`);
  const rate = violations === 0 && result.faults > 0 ? `, ${bound(result.faults)} a fault (95 %)` : '';
  console.log(
    `${guarantee} ${where}: ${violations === 0 ? 'held' : `BROKEN ${String(violations)} times`}; ${String(operations)} operations, ${String(acknowledged)} acknowledged, ${injected || 'no fault'}${rate}; ${String(seconds)} s`,
  );
  if (note !== undefined) console.log(`  ${note}`);
}
