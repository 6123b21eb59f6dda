import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from './cluster.js';
import type { RedisLink } from './redis-link.js';

/** A question that took so long was not answered: it is given up after 250 ms (redis-link.ts). In milliseconds. */
const NOT_ANSWERED = 200;

/** Counts over all nodes, and on this node alone while Redis is away: nobody's command waits for it. */
export class RedisLimiter extends RateLimiterRedis {
  readonly #link: RedisLink;
  readonly #alone: RateLimiterMemory;

  constructor(link: RedisLink, prefix: string, { name, points, duration }: RateLimit) {
    const alone = new RateLimiterMemory({ keyPrefix: name, points, duration });
    super({
      storeClient: link.commands,
      keyPrefix: `${prefix}:limit:${name}`,
      points,
      duration,
      rejectIfRedisNotReady: true,
      insuranceLimiter: alone,
    });
    this.#link = link;
    this.#alone = alone;
  }

  override async consume(key: string | number, points = 1): Promise<RateLimiterRes> {
    if (!this.#link.up) return this.#alone.consume(key, points);
    const asked = performance.now();
    try {
      return await super.consume(key, points);
    } finally {
      if (performance.now() - asked > NOT_ANSWERED) this.#link.suspect();
    }
  }
}
