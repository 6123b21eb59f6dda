import type { Timings } from '../config.js';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import type { Cluster } from './cluster.js';
import { MemoryCluster } from './memory-cluster.js';

export interface ClusterSettings {
  databaseUrl?: string | undefined;
  redisUrl?: string | undefined;
  timings: Pick<Timings, 'clusterBeat' | 'clusterExpiry' | 'clusterPatience'>;
}

/** The nodes that the settings name: this one alone, or all who hear each other through Redis, whose driver is loaded only then. */
export async function openCluster(
  { databaseUrl, redisUrl: url, timings }: ClusterSettings,
  secret: Uint8Array,
  { logger }: { logger: Logger },
): Promise<Cluster> {
  // A database may have other nodes, a file has one.
  if (url === undefined) return new MemoryCluster({ shared: databaseUrl !== undefined });
  const { RedisCluster } = await import('./redis-cluster.js');
  return new RedisCluster({
    url,
    secret,
    beat: timings.clusterBeat,
    expiry: timings.clusterExpiry,
    patience: timings.clusterPatience,
    failed: (error) => logger.warn({ err: error }, 'what another node told was not understood'),
  });
}

/** Says when the others are not heard any more, and when they are again. A node alone goes on, so this is no matter of readiness. */
export function watchCluster(cluster: Cluster, { logger, metrics }: { logger: Logger; metrics: Metrics }): void {
  metrics.clusterUp.set(cluster.up ? 1 : 0);
  cluster.onUp((up) => {
    metrics.clusterUp.set(up ? 1 : 0);
    if (up) logger.info('the other nodes are heard');
    else logger.warn('the other nodes are not heard: what they commit is found in the store');
  });
}
