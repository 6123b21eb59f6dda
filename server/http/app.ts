import express from 'express';
import type { Express } from 'express';
import type { Cluster } from '../cluster/cluster.js';
import type { ServerConfig } from '../config.js';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import type { Admission } from '../realtime/admission.js';
import type { IdentityVerifier } from '../realtime/identity.js';
import type { PolicyBook } from '../realtime/policy-book.js';
import type { Storage } from '../storage/storage.js';
import { bundles } from './bundles.js';
import { answerErrors, notFound } from './errors.js';
import { allowOrigins, guardResponses } from './headers.js';
import { hostApi } from './host-api.js';
import { HostKeys } from './host-keys.js';
import { Health } from '../admin/health.js';
import { adminPage } from './admin-page.js';
import type { KeptBundles } from './kept-bundles.js';
import { operation } from './operation.js';

export interface AppParts {
  config: ServerConfig;
  storage: Storage;
  cluster: Cluster;
  policies: PolicyBook;
  /** Null where a server has its own bundle only. */
  kept: KeptBundles | null;
  identities: IdentityVerifier;
  admission: Admission;
  metrics: Metrics;
  logger: Logger;
  now: () => number;
  isDraining: () => boolean;
  hasFailed: () => boolean;
}

/** What is served over plain HTTP: health, metrics, the bundles for hosts' pages, and the API of hosts' back ends. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(guardResponses, allowOrigins(parts.config.origins));
  app.use(operation(parts));
  app.use('/parley', bundles(parts.kept));
  const health = parts.config.adminPage ? new Health(parts) : null;
  if (health) app.use('/admin', adminPage());
  app.use('/v1', hostApi({ ...parts, health }, { ...parts, hostKeys: new HostKeys(parts.config.hostKeys) }));
  app.use(notFound, answerErrors(parts.logger));
  return app;
}
