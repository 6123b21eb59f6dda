import type { Random } from '../../support/random.js';
import type { Finding } from '../checkers/finding.js';
import type { Floors } from '../floors.js';
import type { Engine, Subject, SubjectOptions } from '../subjects/subject.js';

/** `everyday` is what the suite runs; the others are those of the specification, at the size of the machine at hand. */
export const TIERS = ['everyday', 'commit', 'nightly', 'release'] as const;
export type Tier = (typeof TIERS)[number];

/** What a scenario is given. */
export interface Stage {
  readonly engine: Engine;
  /** How many nodes a subject has here when the scenario does not say. */
  readonly nodes: number;
  readonly tier: Tier;
  readonly random: Random;
  /** Of its own, removed afterwards. */
  readonly folder: string;
  /** A number for each tier; `everyday` is that of `commit` unless it is named. */
  size(sizes: { everyday?: number; commit: number; nightly: number; release: number }): number;
  /** False once the minutes that were given, or this share of them, are over: the scenario ends with what it has. */
  timeLeft(share?: number): boolean;
  /** Starts servers; they are stopped when the scenario is over. */
  subject(options?: Partial<SubjectOptions>): Promise<Subject>;
  say(line: string): void;
}

export interface Outcome {
  /** What was done to it, in words: `12 kills`. */
  injected: string;
  /** How many faults that is: the n of every claim. */
  faults: number;
  /** Acts whose outcome was checked. */
  operations: number;
  /** Acts that the server accepted, as the driver saw it. */
  acknowledged: number;
  findings: readonly Finding[];
  /** What a reader of the figure must know. */
  note?: string;
}

/** A scenario that cannot run here says why instead. */
export class NotHere extends Error {}

export interface Scenario {
  /** `G6` */
  guarantee: string;
  /** What would be broken if it failed. */
  promise: string;
  engines: readonly Engine[];
  /** How many nodes it is tried with on PostgreSQL; 3 unless it says so. */
  nodes?: readonly number[];
  /** Part of the everyday suite. */
  everyday?: boolean;
  /** Below these nothing is proved: one fault and one acknowledgement unless it says more. */
  floors?: Partial<Floors>;
  run(stage: Stage): Promise<Outcome>;
}
