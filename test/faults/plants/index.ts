import type { Check } from '../checkers/finding.js';
import type { Engine } from '../subjects/subject.js';

/** A bug that is planted into what is tested, and the scenario that has to catch it. */
export interface Plant {
  name: string;
  /** What is wrong with it. */
  bug: string;
  guarantee: string;
  engine: Engine;
  /** Any of these is a catch; anything else means that the run broke for another reason. */
  caughtBy: readonly Check[];
  /** The server's processes, or the driver's own, where the SDK runs. */
  into: 'server' | 'client';
}

export const PLANTS = [
  { name: 'ack-before-commit', bug: 'acknowledges before the commit', guarantee: 'G1', engine: 'sqlite', caughtBy: ['lost', 'false-ack'], into: 'server' },
] as const satisfies readonly Plant[];

export type PlantName = (typeof PLANTS)[number]['name'];

/** Arguments for Node that load it. */
export function plantArguments(name: PlantName): string[] {
  return ['--import', new URL(`./${name}.js`, import.meta.url).href];
}
