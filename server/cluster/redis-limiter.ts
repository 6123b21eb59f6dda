import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiter, RateLimit } from './cluster.js';
import { MemoryLimiter } from './memory-limiter.js';
import type { RedisLink } from './redis-link.js';

/** A question that took so long was not answered: it is given up after 250 ms (redis-link.ts). In milliseconds. */
const NOT_ANSWERED = 200;

/** Counts over all nodes, and on this node alone while Redis is away: nobody's command waits for it. */
export class RedisLimiter implements Limiter {
  readonly #link: RedisLink;
  readonly #together: RateLimiterRedis;
  readonly #alone: MemoryLimiter;

  constructor(link: RedisLink, prefix: string, limit: RateLimit) {
    const { name, points, duration } = limit;
    this.#link = link;
    this.#alone = new MemoryLimiter(limit);
    this.#together = new RateLimiterRedis({
      storeClient: link.commands,
      keyPrefix: `${prefix}:limit:${name}`,
      points,
      duration,
      rejectIfRedisNotReady: true,
    });
  }

  take(key: string): number | Promise<number> {
    return this.#link.up ? this.#takeTogether(key) : this.#alone.take(key);
  }

  async #takeTogether(key: string): Promise<number> {
    const asked = performance.now();
    try {
      await this.#together.consume(key);
      return 0;
    } catch (refusal) {
      // Anything else is Redis that could not be asked.
      return refusal instanceof RateLimiterRes ? Math.max(1, refusal.msBeforeNext) : this.#alone.take(key);
    } finally {
      if (performance.now() - asked > NOT_ANSWERED) this.#link.suspect();
    }
  }
}
