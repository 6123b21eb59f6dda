import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Router } from 'express';
import type { RequestHandler } from 'express';
import { PROTOCOL_VERSION, ParleyError } from '#protocol';
import type { ServerConfig } from '../config.js';
import type { Metrics } from '../metrics.js';
import type { Storage } from '../storage/storage.js';

/** The version of the package this server belongs to. */
export const PACKAGE_VERSION = readVersion();

export interface OperationParts {
  config: Pick<ServerConfig, 'metricsToken'>;
  storage: Storage;
  metrics: Metrics;
  isDraining: () => boolean;
  /** Nothing but a new start helps. */
  hasFailed: () => boolean;
}

/** What operators and their tools ask. None of it says anything about a user. */
export function operation({ config, storage, metrics, isDraining, hasFailed }: OperationParts): Router {
  const router = Router();
  /** The process lives and need not be started again. */
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store');
    if (hasFailed()) throw new ParleyError('UNAVAILABLE', 'The store is lost; the server must start again');
    response.json({ status: 'ok' });
  });
  /** It can serve: the store answers and no shutdown is under way. */
  router.get('/readyz', async (_request, response) => {
    response.set('Cache-Control', 'no-store');
    if (isDraining()) throw new ParleyError('UNAVAILABLE', 'The server is shutting down');
    await storage.ping();
    response.json({ status: 'ready' });
  });
  router.get('/metrics', requireToken(config.metricsToken), async (_request, response) => {
    response.set({ 'Content-Type': metrics.registry.contentType, 'Cache-Control': 'no-store' }).send(await metrics.registry.metrics());
  });
  router.get('/version', (_request, response) => void response.json({ version: PACKAGE_VERSION, protocol: PROTOCOL_VERSION }));
  return router;
}

/** Nothing is required when no token is configured. */
function requireToken(token: string | undefined): RequestHandler {
  if (token === undefined) return (_request, _response, next) => next();
  const expected = digest(`Bearer ${token}`);
  return (request, response, next) => {
    // Of equal length, so that the time to compare them says nothing about the token.
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return next();
    response.set('WWW-Authenticate', 'Bearer');
    next(new ParleyError('UNAUTHENTICATED', 'The metrics need PARLEY_METRICS_TOKEN as a bearer token'));
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0';
}
