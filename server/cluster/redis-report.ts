import { Redis } from 'ioredis';

/** What a Redis says of itself, for `parley doctor`. @throws Error when it does not answer in time. */
export async function redisReport(url: string, patience: number): Promise<{ version: string; milliseconds: number }> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patience,
    commandTimeout: patience,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Its reason is worth more than that of the command that waited for the connection.
  let reason: Error | undefined;
  redis.on('error', (error: Error) => (reason = error));
  try {
    await redis.connect();
    const [, version = 'of unknown version'] = /^redis_version:(\S+)/m.exec(await redis.info('server')) ?? [];
    const before = performance.now();
    await redis.ping();
    return { version, milliseconds: performance.now() - before };
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}
