import { ParleyError } from '#protocol';
import type { CommandClass } from '../commands/index.js';

/** Tokens that come back steadily: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  perSecond: number;
  burst: number;
}
export type Rates = Record<CommandClass, Rate>;

/**
 * What one user has left, over all connections of theirs to this node. It is counted here and not with the promise of a
 * library, because it stands on the path of every frame; what is counted per address uses rate-limiter-flexible.
 */
export class UserBudget {
  /** Connections that take from it. */
  holders = 0;
  #touched: number;
  readonly #left: Record<CommandClass, number>;

  constructor(rates: Rates, now: number) {
    this.#touched = now;
    this.#left = { messages: rates.messages.burst, searches: rates.searches.burst, reads: rates.reads.burst, signals: rates.signals.burst };
  }

  /** @throws ParleyError RATE_LIMITED with the time until one more is there. */
  take(kind: CommandClass, rates: Rates, now: number): void {
    const rate = rates[kind];
    if (rate.perSecond === 0) return;
    this.#refill(rates, now);
    if (this.#left[kind] < 1) throw new ParleyError('RATE_LIMITED', undefined, Math.ceil(((1 - this.#left[kind]) * 1000) / rate.perSecond));
    this.#left[kind] -= 1;
  }

  isFull(rates: Rates, now: number): boolean {
    this.#refill(rates, now);
    return (Object.keys(this.#left) as CommandClass[]).every((kind) => this.#left[kind] >= rates[kind].burst);
  }

  #refill(rates: Rates, now: number): void {
    const seconds = (now - this.#touched) / 1000;
    if (seconds <= 0) return;
    this.#touched = now;
    const left = this.#left;
    left.messages = Math.min(rates.messages.burst, left.messages + seconds * rates.messages.perSecond);
    left.searches = Math.min(rates.searches.burst, left.searches + seconds * rates.searches.perSecond);
    left.reads = Math.min(rates.reads.burst, left.reads + seconds * rates.reads.perSecond);
    left.signals = Math.min(rates.signals.burst, left.signals + seconds * rates.signals.perSecond);
  }
}

/** The budgets of the users of this node. One outlives its connections until it is full again, so that to reconnect gains nothing. */
export class RateLimits {
  readonly rates: Rates;
  readonly #budgets = new Map<string, UserBudget>();

  constructor(rates: Rates) {
    this.rates = rates;
  }

  of(tenant: string, user: string, now: number): UserBudget {
    const key = `${tenant}:${user}`;
    let budget = this.#budgets.get(key);
    if (!budget) this.#budgets.set(key, (budget = new UserBudget(this.rates, now)));
    return budget;
  }

  /** Forgets who is gone and owes nothing. */
  prune(now: number): void {
    for (const [key, budget] of this.#budgets) if (budget.holders === 0 && budget.isFull(this.rates, now)) this.#budgets.delete(key);
  }
}
