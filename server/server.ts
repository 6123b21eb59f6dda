import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server as HttpsServer } from 'node:https';
import { anchorKey } from './archive/anchor-key.js';
import { anchorPlace } from './archive/anchor-place.js';
import { Anchorer } from './archive/anchorer.js';
import { Verification } from './archive/verification.js';
import type { Cluster } from './cluster/cluster.js';
import { openCluster, watchCluster } from './cluster/open-cluster.js';
import { ConfigError, parseConfig } from './config.js';
import type { ServerConfig, ServerOptions } from './config.js';
import { DEFAULT_POLICIES } from './domain/policies.js';
import type { TenantPolicies } from './domain/policies.js';
import { MailQueue, withoutMail } from './gateways/mail/mail-queue.js';
import type { MailQueueParts } from './gateways/mail/mail-queue.js';
import { smtpTransport } from './gateways/mail/smtp.js';
import { createApp } from './http/app.js';
import { KeptBundles } from './http/kept-bundles.js';
import { createLogger } from './logger.js';
import type { Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { Admission } from './realtime/admission.js';
import { IdentityVerifier } from './realtime/identity.js';
import { PolicyBook } from './realtime/policy-book.js';
import { createRealtime } from './realtime/realtime.js';
import { openStorage } from './storage/open-storage.js';
import type { Storage } from './storage/storage.js';

export interface ParleyServer {
  /** Starts to listen. Rejects with ConfigError when the port is taken. */
  listen(): Promise<{ url: string; port: number }>;
  /** Answers what was accepted, says goodbye to every connection, commits and closes the store. Idempotent; at most 5 seconds. */
  close(): Promise<void>;
  readonly storage: Storage;
}

/** Parts that an embedding program or a test brings itself. What is brought is closed with the server. */
export interface ServerParts {
  storage?: Storage;
  cluster?: Cluster;
  logger?: Logger;
  /** `/metrics` says how the process is, too: memory, processor time, lag of the event loop. For a process that is nothing but the server. */
  processMetrics?: boolean;
  /** The clock, ms UTC. Tokens and entries keep to the real one. */
  now?: () => number;
  /**
   * The server's own store is lost for good, once at most: every command is answered UNAVAILABLE and `/healthz` fails (SPEC X6). What
   * was acknowledged is on disk. Close this server and create a new one, or end the process for its supervisor.
   */
  onFailure?: (error: Error) => void;
}

/**
 * A Parley server, not listening yet. It keeps its hands off the process: no signal, no `uncaughtException`, no global.
 *
 * @throws ConfigError naming every option that is wrong.
 */
export async function createServer(options: ServerOptions, parts: ServerParts = {}): Promise<ParleyServer> {
  const config = parseConfig(options);
  const kept = config.bundles === undefined ? null : new KeptBundles(config.bundles);
  const { now = Date.now, logger = createLogger(config.logLevel) } = parts;
  const metrics = new Metrics();
  if (parts.processMetrics === true) metrics.watchProcess();
  const admission = new Admission(config);
  const identities = IdentityVerifier.of(config);
  let failed = false;
  const storage =
    parts.storage ??
    (await openStorage(config, {
      onCommit: (writes, milliseconds) => metrics.committed(writes, milliseconds),
      onLost(reason) {
        failed = true;
        logger.fatal({ reason }, 'the store is lost');
        parts.onFailure?.(new Error(`The store is lost (${reason}). What was acknowledged is on disk; the server must start again.`));
      },
      log: (event, facts) => (event === 'store opened' ? logger.info(facts, event) : logger.warn(facts, event)),
    }));

  const cluster = parts.cluster ?? (await openCluster(config, storage.secret, { logger }));
  watchCluster(cluster, { logger, metrics });

  const { initiate, storedLabels } = config;
  const defaults: TenantPolicies = { ...DEFAULT_POLICIES, initiate, storedLabels };
  const policies = new PolicyBook({
    storage,
    cluster,
    defaults,
    mail: config.smtpUrl !== undefined,
    retry: { first: config.timings.policyRetry, longest: config.timings.policyRetryLongest },
    logger,
  });
  let draining = false;
  const app = createApp({
    config,
    storage,
    cluster,
    policies,
    kept,
    identities,
    admission,
    metrics,
    logger,
    now,
    isDraining: () => draining,
    hasFailed: () => failed,
  });
  let http: HttpServer | HttpsServer;
  let anchorer: Anchorer | null;
  try {
    http = openHttp(config, app);
    anchorer = openAnchorer(config, { storage, logger, metrics, now });
  } catch (error) {
    // Its threads and its lock would outlive the attempt.
    await Promise.all([storage.close(), cluster.close()]);
    throw error;
  }
  const mails = openMails(config, {
    storage,
    policies: async (tenant) => ({ ...defaults, ...(await storage.tenant(tenant)).policies }),
    logger,
    now,
  });
  const histories = mails ?? withoutMail(logger);
  const realtime = createRealtime({ http, config, storage, cluster, identities, admission, policies, metrics, logger, now, histories });

  const verification = openVerification(config, { storage, logger, metrics, now });
  let closing: Promise<void> | undefined;
  const close = async () => {
    draining = true;
    logger.info('shutting down');
    try {
      await realtime.close();
      await mails?.close(config.timings.drain);
      policies.close();
      http.closeAllConnections();
      verification?.close();
      await anchorer?.close();
      await cluster.close();
    } finally {
      await storage.close();
    }
    logger.info('stopped');
  };

  return {
    storage,
    async listen() {
      await realtime.start();
      mails?.start(realtime.publisher);
      anchorer?.start();
      verification?.start();
      http.listen(config.port, config.host);
      await once(http, 'listening').catch((error: unknown) => {
        throw explainListen(error, config);
      });
      const address = http.address();
      const port = typeof address === 'object' && address ? address.port : config.port;
      const url = `${config.tlsCert === undefined ? 'http' : 'https'}://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
      logger.info({ url }, 'listening');
      return { url, port };
    },
    close: () => (closing ??= close()),
  };
}

type ArchiveParts = { storage: Storage; logger: Logger; metrics: Metrics; now: () => number };

/** Null where the heads stay on this machine. */
function openAnchorer({ anchors, timings, ...config }: ServerConfig, parts: ArchiveParts): Anchorer | null {
  if (anchors === undefined) return null;
  const anchorer = new Anchorer({ ...parts, key: anchorKey(config), place: anchorPlace(anchors), interval: timings.anchors });
  parts.logger.info({ publicKey: anchorer.publicKey }, 'heads of all logs are signed');
  return anchorer;
}

function openVerification({ verifyInterval, timings }: ServerConfig, parts: ArchiveParts): Verification | null {
  if (verifyInterval === 0) return null;
  return new Verification({ ...parts, first: timings.verifyFirst, rest: timings.verifyRest, interval: verifyInterval * 3_600_000 });
}

function openMails(config: ServerConfig, parts: Pick<MailQueueParts, 'storage' | 'policies' | 'logger' | 'now'>): MailQueue | null {
  const { smtpUrl, mailFrom, timings } = config;
  if (smtpUrl === undefined || mailFrom === undefined) return null;
  const { mailRetry: first, mailRetryLongest: longest, mailGiveUp: giveUp, mailLease: lease, mailStep } = timings;
  return new MailQueue({ ...parts, from: mailFrom, transport: smtpTransport(smtpUrl, mailStep), times: { first, longest, giveUp, lease } });
}

function openHttp(config: ServerConfig, app: ReturnType<typeof createApp>): HttpServer | HttpsServer {
  const options = {
    maxHeaderSize: 16_384,
    headersTimeout: config.timings.request,
    requestTimeout: config.timings.request,
    keepAliveTimeout: 5_000,
    // Node looks for slow requests every 30 s unless it is told otherwise: too late for a limit of 10 s (attack 17).
    connectionsCheckingInterval: Math.max(100, config.timings.request / 5),
  };
  if (config.tlsCert === undefined || config.tlsKey === undefined) return createHttpServer(options, app);
  const pem = { cert: readPem('PARLEY_TLS_CERT', config.tlsCert), key: readPem('PARLEY_TLS_KEY', config.tlsKey) };
  try {
    return createHttpsServer({ ...options, ...pem }, app);
  } catch {
    throw new ConfigError(['PARLEY_TLS_CERT, PARLEY_TLS_KEY: these are no certificate and its key in PEM']);
  }
}

function readPem(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new ConfigError([`${setting}: the file cannot be read`]);
  }
}

function explainListen(error: unknown, config: ServerConfig): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new ConfigError([`PARLEY_PORT: port ${config.port} on ${config.host} is taken; choose another or stop what uses it`]);
  if (code === 'EACCES') return new ConfigError([`PARLEY_PORT: port ${config.port} needs more rights than this process has`]);
  if (code === 'EADDRNOTAVAIL') return new ConfigError([`PARLEY_HOST: this machine has no address ${config.host}`]);
  return error;
}
