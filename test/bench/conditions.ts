import { FULL, SHORT } from './bench.js';
import type { Bench } from './bench.js';
import type { Options } from './options.js';

/** What a run was, in words: it is named where it has no figure for a goal. */
export function tierOf({ short, only }: Pick<Options, 'short' | 'only'>): string {
  const tier = short ? 'the short tier' : 'the full tier';
  return only === undefined ? tier : `--only ${only} of ${tier}`;
}

/** In what a run does less than the full tier, sentence by sentence; empty for a whole one. */
export function shortcomings({ short, only, growth }: Options, { sizes, connections }: Pick<Bench, 'sizes' | 'connections'>): string[] {
  const said: string[] = [];
  if (only !== undefined) said.push(`A part of a run: --only ${only}.`);
  if (short) {
    const smaller = [
      `${number(sizes.archive)} stored entries instead of ${number(FULL.archive)}`,
      `a storm of ${number(sizes.storm)} instead of ${number(FULL.storm)}`,
      'fewer and shorter rounds, a shorter log and a shorter idle time in the browser (the rows say how long)',
    ];
    said.push(`The short tier: ${smaller.join(', ')}.`);
    said.push(
      growth
        ? 'Growth is shortened: 1x, 10x and 100x end at a tenth of the entries and at fewer connections than in the full tier.'
        : 'Growth is not measured in the short tier; the full tier and --only growth measure it.',
    );
  }
  const wanted = (short ? SHORT : FULL).connections;
  if (connections < FULL.connections)
    said.push(
      `${number(connections)} idle connections instead of ${number(FULL.connections)}${connections < wanted ? ': this process may open no more files' : ''}.`,
    );
  return said;
}

function number(count: number): string {
  return count.toLocaleString('en');
}
