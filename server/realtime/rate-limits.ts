import { BurstyRateLimiter, RateLimiterRes } from 'rate-limiter-flexible';
import { ParleyError } from '#protocol';
import type { Cluster, RateLimit } from '../cluster/cluster.js';
import type { CommandClass } from '../commands/index.js';

/** How often a user may do something: steadily, and how much more at once now and then. `points` 0: no limit. */
export interface Rate {
  steady: Omit<RateLimit, 'name'>;
  burst?: Omit<RateLimit, 'name'>;
}
export type Rates = Record<CommandClass, Rate>;

interface Limiter {
  consume(key: string): Promise<unknown>;
}

/**
 * What one user may do, over all connections of theirs and all nodes of the cluster. A user who is gone is forgotten when their
 * window ends, not when they disconnect, so that to reconnect gains nothing.
 *
 * The library answers with a promise, as it must for limits that nodes share: measured in memory, 0.3 microseconds of the 100 that a
 * message costs the server.
 */
export class RateLimits {
  readonly #limiters = new Map<CommandClass, Limiter>();

  constructor(cluster: Cluster, rates: Rates) {
    for (const [kind, { steady, burst }] of Object.entries(rates) as [CommandClass, Rate][]) {
      if (steady.points === 0) continue;
      const limiter = cluster.rateLimiter({ name: kind, ...steady });
      this.#limiters.set(kind, burst ? new BurstyRateLimiter(limiter, cluster.rateLimiter({ name: `${kind}-burst`, ...burst })) : limiter);
    }
  }

  /** Undefined when there is no limit. Rejects with RATE_LIMITED and the time until the next one. */
  consume(tenant: string, user: string, kind: CommandClass): Promise<unknown> | undefined {
    return this.#limiters.get(kind)?.consume(`${tenant}:${user}`).catch(explain);
  }
}

function explain(rejection: unknown): never {
  if (rejection instanceof RateLimiterRes) throw new ParleyError('RATE_LIMITED', undefined, Math.max(1, Math.ceil(rejection.msBeforeNext)));
  throw rejection;
}
