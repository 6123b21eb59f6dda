import { FASTEST_PEER } from './peers.js';

/** What a figure shall be, or shall not exceed: its ratio to the floor, or the figure itself in its unit. */
export interface Goal {
  /** Of what: it is named also by a run that has no figure for it. */
  name: string;
  most?: number;
  least?: number;
  of: 'ratio' | 'value';
  /** Of the value. */
  unit?: string;
  /** A goal that is missed is said; only where this is set the run ends with an error. */
  fails?: true;
}

const OPENING = 'opening a conversation of 100,000 entries, against one of 100';
const START = 'start to ready on a store of a million entries';

/** All that there is: what a run does not measure it says of each. */
export const GOALS = {
  durable: { name: 'durable messages accepted 1:1, SQLite, against the relay', least: 0.8, of: 'ratio' },
  peers: {
    name: 'durable messages accepted 1:1, SQLite, ahead of ejabberd and Prosody with archive',
    least: FASTEST_PEER,
    of: 'value',
    unit: '/s',
  },
  /**
   * Well under the goal because two neighbours on two cores shift a single run by a third; what falls below it is no noise but a lost
   * property, such as a commit for each message instead of one for all that arrived together.
   */
  leastDurable: { name: 'durable messages accepted 1:1, SQLite, whatever the machine does', least: 0.35, of: 'ratio', fails: true },
  latency: { name: '1:1 latency at 200 messages/s, p99', most: 1.5, of: 'ratio' },
  fanOut: { name: 'copies delivered in a room of 100', least: 0.9, of: 'ratio' },
  memory: { name: 'memory per idle connection, with state', most: 2, of: 'ratio' },
  signIn: { name: 'sign-in to ready, p50', most: 3, of: 'ratio' },
  opening: { name: `${OPENING}, on the server`, most: 1.3, of: 'ratio' },
  startUp: { name: START, most: 1, of: 'value', unit: 's' },
  startAfterCrash: { name: `${START} after kill -9`, most: 1, of: 'value', unit: 's' },
  openingShown: { name: `${OPENING}, in the browser`, most: 1.3, of: 'ratio' },
  openingTime: { name: 'opening a conversation of 100,000 entries, in the browser', most: 100, of: 'value', unit: 'ms' },
  rows: { name: 'rows in the list, whatever the length', most: 40, of: 'value', unit: '' },
  nodes: { name: 'DOM nodes of an open panel, whatever the length', most: 3_000, of: 'value', unit: '' },
  atLoad: { name: 'gzip of SDK, badge and launcher', most: 35 * 1_024, of: 'value', unit: 'B' },
  everything: { name: 'gzip of everything but emoji data', most: 60 * 1_024, of: 'value', unit: 'B' },
  walkingBack: { name: 'walking back to older messages', least: 2_000, of: 'value', unit: 'messages/s' },
  jump: { name: 'jump of what one reads when older messages come', most: 0, of: 'value', unit: 'px' },
  burstAtOnce: { name: 'longest block, 100 messages in one task', most: 50, of: 'value', unit: 'ms CPU' },
  burst: { name: 'longest block, 100 messages in 100 tasks', most: 16, of: 'value', unit: 'ms CPU' },
  leftBehind: { name: 'nodes left behind by mounting and removing', most: 0, of: 'value', unit: '' },
} as const satisfies Record<string, Goal>;

export function boundOf({ most, least, of, unit = '' }: Goal): string {
  const bound = most === undefined ? `at least ${least?.toLocaleString('en') ?? ''}` : `at most ${most.toLocaleString('en')}`;
  return `${bound} ${of === 'ratio' ? 'x' : unit}`.trim();
}
