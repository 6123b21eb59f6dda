import { Misused, type Wanted } from './command-line.js';
import { ELSEWHERE, saysWhere } from './elsewhere.js';
import type { Result } from './runner.js';
import { SCENARIOS } from './scenarios/index.js';
import type { Scenario } from './scenarios/scenario.js';
import { type Engine, ENGINES } from './subjects/subject.js';
import type { Row } from './worker.js';

/**
 * What is to be run.
 *
 * @throws Misused when a guarantee that was named would not be tried at all: "no violation" of no row is no claim.
 */
export function planRows(wanted: Pick<Wanted, 'only' | 'tier' | 'engine' | 'nodes' | 'plant'>): Row[] {
  const { only, tier, engine } = wanted;
  for (const name of only) complainOf(name, engine);
  const scenarios = SCENARIOS.filter(({ guarantee, everyday }) =>
    only.length > 0 ? only.includes(guarantee) : tier !== 'everyday' || everyday === true,
  );
  const engines = engine === null ? ENGINES : [engine];
  return scenarios.flatMap((scenario) =>
    engines
      .filter((one) => scenario.engines.includes(one))
      .flatMap((one) => nodesOf(scenario, one, wanted).map((nodes): Row => ({ guarantee: scenario.guarantee, engine: one, nodes }))),
  );
}

/** Why this run may not be called passed, in words; empty when it may. */
export function objections(
  rows: readonly Row[],
  results: readonly Pick<Result, 'guarantee' | 'engine' | 'nodes' | 'violations' | 'skipped'>[],
  { tier, maySkip }: Pick<Wanted, 'tier' | 'maySkip'>,
): string[] {
  const said: string[] = [];
  const name = ({ guarantee, engine, nodes }: Row): string =>
    `${guarantee} on ${engine} with ${String(nodes)} node${nodes === 1 ? '' : 's'}`;
  const broken = results.filter(({ violations }) => violations > 0);
  if (broken.length > 0) said.push(`broken: ${broken.map(name).join(', ')}`);
  const skipped = results.filter((result) => result.skipped !== undefined);
  // A developer's machine may lack what CI has to have.
  const unexcused = tier === 'everyday' ? [] : skipped.filter(({ guarantee }) => !maySkip.includes(guarantee));
  if (unexcused.length > 0)
    said.push(`skipped: ${unexcused.map((one) => `${name(one)}, ${one.skipped ?? ''}`).join('; ')} (--may-skip allows it)`);
  if (results.length < rows.length) said.push(`${String(rows.length - results.length)} of ${String(rows.length)} rows came to no result`);
  if (skipped.length === results.length) said.push('nothing was tried');
  return said;
}

function complainOf(guarantee: string, engine: Engine | null): void {
  const scenario = SCENARIOS.find((one) => one.guarantee === guarantee);
  if (!scenario) {
    const places = ELSEWHERE.filter((one) => one.guarantee === guarantee);
    if (places.length > 0) throw new Misused(places.map(saysWhere).join('\n'));
    throw new Misused(`--only: there is no ${guarantee}; some of ${SCENARIOS.map((one) => one.guarantee).join(',')}`);
  }
  if (engine !== null && !scenario.engines.includes(engine))
    throw new Misused(`--only ${guarantee} --engine ${engine}: no row, it is tried on ${scenario.engines.join(' and ')} only`);
}

/** SQLite is one server's own; with one node behind it PostgreSQL is tried where that is another thing than three. */
function nodesOf(
  { nodes = [3] }: Scenario,
  engine: Engine,
  { nodes: wanted, tier, plant }: Pick<Wanted, 'nodes' | 'tier' | 'plant'>,
): readonly number[] {
  if (engine === 'sqlite') return [1];
  if (wanted !== null) return [wanted];
  return tier === 'everyday' || plant !== null ? nodes.slice(-1) : nodes;
}
