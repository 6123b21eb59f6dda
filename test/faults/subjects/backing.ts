import { type PostgresServer, startPostgres } from '../../support/postgres.js';
import { type RedisServer, startRedis } from '../../support/redis.js';

/** What several nodes lean on; started once for a run, and brought back after each scenario that took it down. */
export class Backing {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;

  private constructor(postgres: PostgresServer, redis: RedisServer) {
    this.postgres = postgres;
    this.redis = redis;
  }

  static async start(): Promise<Backing> {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    return new Backing(postgres, redis);
  }

  /** Whatever a nemesis left: both run and answer. */
  async mend(): Promise<void> {
    for (const { machine } of [this.postgres, this.redis]) {
      machine.resume();
      await machine.start();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.postgres.close(), this.redis.close()]);
  }
}
