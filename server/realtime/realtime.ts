import { createSecretKey } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { ParleyError } from '#protocol';
import type { Cluster } from '../cluster/cluster.js';
import type { HistoryService, Publisher } from '../commands/context.js';
import type { ServerConfig } from '../config.js';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import type { Revocations } from '../storage/revocation-storage.js';
import type { Storage } from '../storage/storage.js';
import type { Admission } from './admission.js';
import { Arrivals } from './arrivals.js';
import { CommandWrapper } from './command-wrapper.js';
import { serveConnections } from './connection.js';
import { watchExpiry } from './expiry.js';
import { HandshakeGate } from './handshake.js';
import { watchChanges } from './changes.js';
import { TokenRefused } from './identity.js';
import type { IdentityVerifier } from './identity.js';
import { followNodes } from './nodes.js';
import type { PolicyBook } from './policy-book.js';
import { PresenceTracker } from './presence.js';
import { RoomPublisher } from './publisher.js';
import { RateLimits } from './rate-limits.js';
import type { Rates } from './rate-limits.js';
import { RevocationWatch } from './revocation-watch.js';
import { revoker } from './revocations.js';
import { auditorRoom, userRoom } from './rooms.js';
import type { Session } from './session.js';
import { cutSlowConsumers } from './slow-consumers.js';
import { createIo } from './socket-server.js';
import type { ParleyIo } from './socket-types.js';
import { TypingTracker } from './typing.js';

export interface RealtimeParts {
  http: HttpServer | HttpsServer;
  config: ServerConfig;
  storage: Storage;
  cluster: Cluster;
  identities: IdentityVerifier;
  admission: Admission;
  policies: PolicyBook;
  metrics: Metrics;
  logger: Logger;
  now: () => number;
  histories: HistoryService;
}

/** Everything behind the socket, wired together. */
export interface Realtime {
  readonly io: ParleyIo;
  readonly publisher: Publisher;
  /** To be awaited before the first client may connect. */
  start(): Promise<void>;
  /** Refuses what is new, answers what was accepted, tells everybody, closes. */
  close(): Promise<void>;
}

export function createRealtime({
  http,
  config,
  storage,
  cluster,
  identities,
  admission,
  policies,
  metrics,
  logger,
  now,
  histories,
}: RealtimeParts): Realtime {
  const { timings } = config;
  const limits = new RateLimits(cluster, ratesOf(config));
  const arrivals = new Arrivals();
  cluster.onNotice(() => arrivals.noteAll());
  policies.onChange(() => arrivals.noteAll());
  // `io` asks the gate, and the gate's sessions speak through `io`: the gate is made first and gets its sockets later.
  const gate: HandshakeGate = new HandshakeGate({
    identities,
    admission,
    storage,
    metrics,
    logger,
    policies,
    arrivals,
    userConnections: config.userConnections,
    connectionsOf: (tenant, user) =>
      [userRoom, auditorRoom].reduce(
        (sum, room) => sum + (io.sockets.adapter.rooms.get(room(tenant, user))?.size ?? 0),
        presence.elsewhere(tenant, user),
      ),
    host: {
      verify: (token, address) =>
        admission
          .check(address, () => identities.verify(token))
          .catch((error: unknown) => {
            metrics.authenticationFailures.inc({
              reason: error instanceof TokenRefused ? error.fault : error instanceof ParleyError ? error.code.toLowerCase() : 'internal',
            });
            throw error;
          }),
      remember: (identity) => gate.remember(identity),
      policiesOf: (tenant, rights) => policies.policiesOf(tenant, rights),
      predefinedOf: (tenant) => policies.of(tenant).predefined,
      signedOut: (session) => presence.disconnected(session),
      foreignToken: ({ tenant, user, device }) => {
        metrics.authenticationFailures.inc({ reason: 'foreign_refresh' });
        logger.warn({ audit: 'foreign-refresh', tenant, user, device }, 'a token of somebody else was shown on a connection');
        // The connection is closed whether or not this can be written.
        storage
          .audit(tenant, { act: AUDIT_ACTS.foreignRefresh, by: { kind: 'user', id: user } })
          .catch((error: unknown) => logger.error({ err: error, tenant, user }, 'a refusal could not be written down'));
      },
      now,
    },
  });
  const io = createIo(http, {
    admission,
    metrics,
    origins: config.origins,
    timings,
    admit: (socket, address) => gate.admit(socket, address),
  });

  if (cluster.adapter) io.adapter(cluster.adapter);
  const local = () => io.sockets.adapter;

  const sessionsIn = function* (room: string): Generator<Session> {
    for (const id of local().rooms.get(room) ?? []) {
      const session = io.sockets.sockets.get(id)?.data.session;
      if (session) yield session;
    }
  };
  const sessionsOf = (tenant: string, user: string) => sessionsIn(userRoom(tenant, user));
  const hears = (tenant: string) => policies.hears(tenant);
  const revised = (tenant: string, user: string, revision: number) => {
    arrivals.note({ type: 'revised', tenant, user });
    for (const session of sessionsOf(tenant, user)) session.revision = Math.max(session.revision, revision);
  };
  const reaches = (tenant: string, user: string) => local().rooms.has(userRoom(tenant, user)) || presence.isOnline(tenant, user);
  const publisher = new RoomPublisher({ io, cluster, metrics, hears, reaches, revised });
  const typing = new TypingTracker(publisher, timings.typing, now);
  const presence = new PresenceTracker({ io, cluster, storage, now, hears, grace: timings.presenceGrace, phoneSweep: timings.phoneSweep });
  const watch: RevocationWatch = new RevocationWatch({
    storage,
    times: { every: timings.revocationCheck, fresh: timings.revocationFresh, longest: timings.revocationLongest },
    async act(revocations) {
      if (isAnything(revocations)) arrivals.noteAll();
      await revoke(revocations);
      nodes.known();
    },
    logger,
  });
  const nodes = followNodes({
    io,
    cluster,
    storage,
    arrivals,
    watch,
    timings,
    typing,
    presence,
    logger,
    policies,
    sessionsOf,
    hears,
    revised,
  });
  const { rooms, digest } = nodes;
  const wrapper = new CommandWrapper({ context: { storage, publisher, presence, typing, histories }, limits, watch, metrics, logger });
  const tellPeople = watchChanges({ io, cluster, storage, policies, digest, sessionsOf, logger, watch });
  const revoke = revoker({
    policies,
    rooms,
    everySessionOf: (tenant, user) => [...sessionsOf(tenant, user), ...sessionsIn(auditorRoom(tenant, user))],
    tellPeople,
  });
  const secret = createSecretKey(storage.secret);
  serveConnections(io, { storage, secret, arrivals, rooms, watch, wrapper, presence, typing, metrics, logger });
  const stopExpiry = watchExpiry(io, { notice: timings.expiryNotice, grace: timings.expiryGrace, sweep: timings.expirySweep }, now);

  const stopCutting = cutSlowConsumers(io, config.waitingFrames, timings.slowSweep, () => metrics.slowConnections.inc());

  return {
    io,
    publisher,
    async start() {
      await watch.start();
      await nodes.start();
    },
    async close() {
      admission.close();
      stopExpiry();
      stopCutting();
      io.local.emit('session:ended', { reason: 'shutdown' });
      // What a full disk or a lost database holds up is not waited for: its sender repeats it.
      await Promise.race([wrapper.drain(), new Promise((resolve) => setTimeout(resolve, timings.drain).unref())]);
      watch.stop();
      await nodes.stop();
      typing.close();
      presence.close();
      // The answers are still in the buffers of the transports; a turn lets them out before the close.
      await new Promise((resolve) => setImmediate(resolve));
      io.local.disconnectSockets(true);
      await io.close();
    },
  };
}

function isAnything({ users, members, people, tenants }: Revocations): boolean {
  return users.length + members.length + people.length + tenants.length > 0;
}

function ratesOf(config: ServerConfig): Rates {
  // Twice the rate at once, and a tenth more in the long run: nobody's typing or catching up is as even as a window.
  const perSecond = (points: number) => ({ steady: { points, duration: 1 }, burst: { points, duration: 10 } });
  return {
    messages: perSecond(config.rateMessages),
    // A minute's searches may be made at once: people type and correct themselves.
    searches: { steady: { points: config.rateSearches, duration: 60 } },
    histories: { steady: { points: config.rateHistories, duration: 60 } },
    reads: perSecond(config.rateReads),
    signals: perSecond(config.rateSignals),
  };
}
