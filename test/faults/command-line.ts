import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { PLANTS, type PlantName } from './plants/index.js';
import { type Tier, TIERS } from './scenarios/scenario.js';
import { type Engine, ENGINES } from './subjects/subject.js';

export interface Wanted {
  tier: Tier;
  /** Guarantees; empty for all of the tier. */
  only: readonly string[];
  /** Null for both, PostgreSQL where it can be started. */
  engine: Engine | null;
  nodes: number | null;
  seed: number;
  /** Minutes for each scenario at most; null without a bound. */
  minutes: number | null;
  /** Guarantees that need not be tried where this machine lacks what they need. */
  maySkip: readonly string[];
  plant: PlantName | null;
  selfTest: boolean;
  results: boolean;
  json: boolean;
  help: boolean;
}

export const HELP = `npm run faults -- [options]

  --tier NAME      ${TIERS.join(', ')} (default commit)
  --only G6,G12    these guarantees only
  --engine NAME    ${ENGINES.join(', ')} (default both; PostgreSQL with Redis where they can be started)
  --nodes N        how many nodes on PostgreSQL (default 3)
  --seed N         repeat the moments, texts and victims of an earlier run
  --minutes N      end each scenario after so many minutes with what it has; the figures say how much that was
  --may-skip G2,G19  these may be skipped where strace or root is missing; in every tier but everyday a skipped row fails
  --results        write what was found into RESULTS.md
  --self-test      plant bug after bug into the server: each must be caught
  --plant NAME     with this bug: ${PLANTS.map(({ name }) => name).join(', ')}
  --json           one JSON object as the last line
  --help`;

/** What was asked wrongly, in words for whoever asked. */
export class Misused extends Error {}

export function readCommandLine(args: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tier: { type: 'string', default: 'commit' },
      only: { type: 'string', default: '' },
      engine: { type: 'string' },
      nodes: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      'may-skip': { type: 'string', default: '' },
      plant: { type: 'string' },
      'self-test': { type: 'boolean', default: false },
      results: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    tier: oneOf('tier', values.tier, TIERS),
    only: values.only.split(',').filter(Boolean),
    engine: values.engine === undefined ? null : oneOf('engine', values.engine, ENGINES),
    nodes: whole('nodes', values.nodes, 1),
    seed: whole('seed', values.seed, 0) ?? randomInt(2 ** 31),
    minutes: whole('minutes', values.minutes, 1),
    maySkip: values['may-skip'].split(',').filter(Boolean),
    plant:
      values.plant === undefined
        ? null
        : oneOf(
            'plant',
            values.plant,
            PLANTS.map(({ name }) => name),
          ),
    selfTest: values['self-test'],
    results: values.results,
    json: values.json,
    help: values.help,
  };
}

function whole(name: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  if (!/^\d+$/.test(text) || Number(text) < least) throw new Misused(`--${name}: a whole number from ${String(least)} on is needed`);
  return Number(text);
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Misused(`--${name}: one of ${known.join(', ')}`);
  return found;
}
