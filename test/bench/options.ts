import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios/index.js';

const NAMES = Object.keys(SCENARIOS);

export const HELP = `npm run bench -- [options]

Every figure stands beside a floor that is measured in the same run, mostly a bare Socket.IO relay without storage; each is the median of
several rounds with the least and the greatest.

  --short         within three minutes: smaller, with fewer rounds, and without growth (\`--only growth --short\`: a tenth of the sizes);
                  else within twenty
  --rounds N      at most so many rounds (default 5; 2 with --short)
  --only PART     server, browser, growth, or one scenario of the server:
                  ${NAMES.join(', ')}
  --json          one JSON object as the last line
  --write         keep the table in test/bench/BENCHMARKS.md
  --profile NAMES only say where the processor's time goes in these scenarios (NAME,NAME): the main thread and the threads of the store;
                  with --write it is kept in test/bench/PROFILES.md
  --uniform N     only attack 38: N calls of each command to what is not the caller's and to what does not exist (default 10000)

A goal that is missed is said, and so is one that was not measured; the exit code is 1 when messages are missing, a property is lost, or
something could not be measured.`;

export interface Options {
  short: boolean;
  only: string | undefined;
  rounds: number;
  server: readonly string[];
  browser: boolean;
  growth: boolean;
  json: boolean;
  write: boolean;
  profile: readonly string[] | undefined;
  uniform: number | undefined;
  help: boolean;
}

/** Null when it was asked wrongly. */
export function readOptions(args: readonly string[]): Options | null {
  const values = parse(args);
  if (!values) return null;
  const { short, only, json, write, help } = values;
  const profile = values.profile?.split(',');
  const rounds = Number(values.rounds ?? (short ? 2 : 5));
  const server = only === undefined || only === 'server' ? NAMES : NAMES.filter((name) => name === only);
  const browser = only === undefined || only === 'browser';
  const growth = (only === undefined && !short) || only === 'growth';
  if (!Number.isInteger(rounds) || rounds < 1 || profile?.some((name) => !NAMES.includes(name))) return null;
  if (server.length === 0 && !browser && !growth) return null;
  // A table with parts missing is no record.
  if (write && (short || only !== undefined)) return null;
  const uniform = values.uniform === undefined ? undefined : Number(values.uniform) || 10_000;
  return { short, only, rounds, server, browser, growth, json, write, profile, uniform, help };
}

function parse(args: readonly string[]) {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const text = { type: 'string' } as const;
    const options = { short: flag, json: flag, write: flag, help: flag, rounds: text, only: text, profile: text, uniform: text };
    return parseArgs({ args: [...args], options }).values;
  } catch {
    return null;
  }
}
