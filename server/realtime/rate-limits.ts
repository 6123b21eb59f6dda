import { ParleyError } from '#protocol';
import type { Cluster, Limiter, RateLimit } from '../cluster/cluster.js';
import type { CommandClass } from '../commands/index.js';

/** How often a user may do something: steadily, and how much more at once now and then. `points` 0: no limit. */
export interface Rate {
  steady: Omit<RateLimit, 'name'>;
  burst?: Omit<RateLimit, 'name'>;
}
export type Rates = Record<CommandClass, Rate>;

/**
 * What one user may do, over all connections of theirs and all nodes of the cluster. A user who is gone is forgotten when their
 * window ends, not when they disconnect, so that to reconnect gains nothing.
 */
export class RateLimits {
  readonly #limiters = new Map<CommandClass, Limiter>();

  constructor(cluster: Pick<Cluster, 'rateLimiter'>, rates: Rates) {
    for (const [kind, { steady, burst }] of Object.entries(rates) as [CommandClass, Rate][]) {
      if (steady.points === 0) continue;
      const limiter = cluster.rateLimiter({ name: kind, ...steady });
      this.#limiters.set(kind, burst ? new WithBurst(limiter, cluster.rateLimiter({ name: `${kind}-burst`, ...burst })) : limiter);
    }
  }

  /**
   * Undefined when it may be done now; a promise where other nodes have to be asked.
   *
   * @throws ParleyError RATE_LIMITED with the time until the next one, or the promise rejects with it.
   */
  consume(tenant: string, user: string, kind: CommandClass): Promise<void> | undefined {
    const wait = this.#limiters.get(kind)?.take(`${tenant}:${user}`) ?? 0;
    if (typeof wait !== 'number') return wait.then(requireNone);
    requireNone(wait);
    return undefined;
  }
}

/** What is too much for the steady rate is taken from the burst. */
class WithBurst implements Limiter {
  readonly #steady: Limiter;
  readonly #burst: Limiter;

  constructor(steady: Limiter, burst: Limiter) {
    this.#steady = steady;
    this.#burst = burst;
  }

  take(key: string): number | Promise<number> {
    const wait = this.#steady.take(key);
    return typeof wait === 'number' ? this.#orBurst(key, wait) : wait.then((asked) => this.#orBurst(key, asked));
  }

  #orBurst(key: string, wait: number): number | Promise<number> {
    if (wait === 0) return 0;
    const more = this.#burst.take(key);
    return typeof more === 'number' ? Math.min(wait, more) : more.then((asked) => Math.min(wait, asked));
  }
}

function requireNone(wait: number): void {
  if (wait > 0) throw new ParleyError('RATE_LIMITED', undefined, Math.max(1, Math.ceil(wait)));
}
