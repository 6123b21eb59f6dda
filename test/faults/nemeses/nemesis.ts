import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../support/random.js';

/** Something that goes wrong, and comes right again. */
export interface Nemesis {
  /** In words, as `SIGKILL of a node`. */
  name: string;
  /** Ms between `hit` and `heal` at most; chance takes the length. 0: at once. */
  lasts: number;
  hit(): Promise<void> | void;
  heal(): Promise<void> | void;
}

/** Does it, lets it last, and makes it good again. */
export async function strike(nemesis: Nemesis, random: Random): Promise<void> {
  await nemesis.hit();
  if (nemesis.lasts > 0) await wait(random.below(nemesis.lasts));
  await nemesis.heal();
}

/** Two at once. What was hit last is healed first, as the first may lean on it. */
export function both(first: Nemesis, second: Nemesis): Nemesis {
  return {
    name: `${first.name} with ${second.name}`,
    lasts: Math.max(first.lasts, second.lasts),
    async hit() {
      await Promise.all([first.hit(), second.hit()]);
    },
    async heal() {
      await second.heal();
      await first.heal();
    },
  };
}

/** How often each one struck, in words. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  toString(): string {
    return [...this.#counts].map(([name, count]) => `${String(count)} x ${name}`).join(', ');
  }
}
