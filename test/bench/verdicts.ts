import { FASTEST_PEER } from './peers.js';
import { goalText, number } from './report.js';
import type { Row } from './report.js';
import type { Failure } from './runner.js';

/** What a run says of a goal, or of something that must hold. */
export interface Verdict {
  name: string;
  held: boolean;
  /** A goal that is missed is said; only a check that does not hold ends the run with an error. */
  fails: boolean;
  detail: string;
}

/**
 * Below this share of what the relay accepts the run fails. It lies well under the goal because two neighbours on two cores shift a single
 * run by a third; what falls below it is no noise but a lost property, such as a commit for each message instead of one for all that
 * arrived together.
 */
const LEAST_DURABLE = 0.35;

export function verdictsOf(rows: readonly Row[], missing: number): Verdict[] {
  const delivered: Verdict = {
    name: 'delivered',
    held: missing === 0,
    fails: true,
    detail: `${String(missing)} messages refused, missing, doubled or out of order`,
  };
  const durable = rows.filter(({ name, unit }) => unit === '/s' && name.startsWith('1:1 messages accepted') && name.includes('SQLite'));
  return [
    delivered,
    ...rows.flatMap((one) => goalVerdict(one) ?? []),
    ...durable.flatMap((one) => [...peerVerdict(one), ...leastVerdict(one)]),
  ];
}

/** Null for a row without a goal, or without what the goal is about. */
export function goalVerdict({ name, unit, parley, ratio, goal }: Row): Verdict | null {
  const value = goal?.of === 'ratio' ? ratio : (parley?.median ?? null);
  if (!goal || value === null) return null;
  const { most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY } = goal;
  const held = value <= most && value >= least;
  const bound = value > most ? most : least;
  const far = held ? '' : `, ${Math.abs((value / bound - 1) * 100).toFixed(0)} % ${value > most ? 'over' : 'under'} it`;
  const said = goal.of === 'ratio' ? `${value.toFixed(2)} x` : `${number(value)} ${unit}`;
  return { name: `${name}: ${goalText(goal, unit)}`, held, fails: false, detail: `${said}${far}` };
}

function peerVerdict({ unit, parley }: Row): Verdict[] {
  if (!parley) return [];
  const detail = `${number(parley.median)} ${unit}; the fastest of them took ${number(FASTEST_PEER)} ${unit} on such a machine`;
  return [
    { name: 'durable messages: ahead of ejabberd and Prosody with archive', held: parley.median > FASTEST_PEER, fails: false, detail },
  ];
}

function leastVerdict({ name, ratio }: Row): Verdict[] {
  if (ratio === null) return [];
  const detail = `${ratio.toFixed(2)} of the relay, every message on disk`;
  return [{ name: `${name}: no run below ${String(LEAST_DURABLE)}`, held: ratio >= LEAST_DURABLE, fails: true, detail }];
}

export function verdictLine({ name, held, fails, detail }: Verdict): string {
  return `${held ? 'met' : fails ? 'FAILED' : 'missed'}: ${name} (${detail})`;
}

/** A run in which something could not be measured is no record of it, whatever the rest says. */
export function passed({ verdicts, failures }: { verdicts: readonly Verdict[]; failures: readonly Failure[] }): boolean {
  return failures.length === 0 && verdicts.every(({ held, fails }) => held || !fails);
}
