import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubjectOptions } from '../subjects/subject.js';
import { Tally } from './nemesis.js';

/** A share of the hints that each node of a subject loses on the way to its clients. */
export class LostHints {
  readonly #folder: string;
  readonly #share: number;
  readonly #seed: number;

  /** `share` of 1; the nodes report into a folder of their own below `folder`. */
  constructor(folder: string, share: number, seed: number) {
    this.#folder = join(folder, 'lost-hints');
    this.#share = share;
    this.#seed = seed;
    mkdirSync(this.#folder);
  }

  /** What a subject must be started with. */
  get options(): Required<Pick<SubjectOptions, 'nodeArguments' | 'env'>> {
    return {
      nodeArguments: ['--import', new URL('./patches/lost-hints.js', import.meta.url).href],
      env: { FAULTS_LOSS: String(this.#share), FAULTS_SEED: String(this.#seed), FAULTS_LOST: this.#folder },
    };
  }

  /** What the nodes say that they have really dropped, by its event: the intention proves nothing. */
  get dropped(): Tally {
    const tally = new Tally();
    for (const node of readdirSync(this.#folder))
      for (const event of readFileSync(join(this.#folder, node), 'utf8').split('\n').filter(Boolean)) tally.add(`${event} dropped`);
    return tally;
  }
}
