import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import { readSynced } from '../commands/session.js';
import type { Storage } from '../storage/storage.js';
import type { CommandWrapper } from './command-wrapper.js';
import { outboxKey } from './outbox-key.js';
import type { PresenceTracker } from './presence.js';
import type { RevocationWatch } from './revocation-watch.js';
import type { RoomKeeper } from './room-keeper.js';
import { auditorRoom, userRoom } from './rooms.js';
import type { Session } from './session.js';
import type { ParleyIo, ParleySocket } from './socket-types.js';
import type { TypingTracker } from './typing.js';

export interface ConnectionParts {
  storage: Storage;
  rooms: RoomKeeper;
  watch: Pick<RevocationWatch, 'confirm'>;
  wrapper: CommandWrapper;
  presence: PresenceTracker;
  typing: TypingTracker;
  metrics: Metrics;
  logger: Logger;
}

/** A connection from its admission to its end. */
export function serveConnections(io: ParleyIo, parts: ConnectionParts): void {
  const { wrapper, presence, typing, metrics, logger } = parts;
  io.on('connection', (socket) => {
    const { session } = socket.data;
    metrics.connections.inc();
    // One listener for every event: a listener for each command costs memory on every idle connection.
    socket.onAny((event: unknown, ...args: unknown[]) => wrapper.receive(session, event, args));
    socket.on('disconnect', () => {
      metrics.connections.dec();
      presence.disconnected(session);
      // The rooms of this socket are left already.
      if (!io.sockets.adapter.rooms.has(userRoom(session.tenant, session.user))) typing.gone(session.tenant, session.user);
    });
    startSession(socket, session, parts).catch((error: unknown) => {
      logger.warn({ err: error, tenant: session.tenant, user: session.user }, 'session could not be started');
      // Without a word: to the client this is a lost connection, and it comes back with its back-off.
      socket.conn.close();
    });
  });
}

/** Rooms first, then the state: what is committed in between arrives twice rather than never (SPEC D6). */
async function startSession(socket: ParleySocket, session: Session, { storage, presence, rooms, watch }: ConnectionParts): Promise<void> {
  const { tenant, user } = session;
  // An auditor is in nothing and nowhere: no room but their own, and no presence.
  await socket.join((session.auditor ? auditorRoom : userRoom)(tenant, user));
  if (!session.auditor && !(await rooms.enter(socket, session))) return;

  // They may have been deactivated or revoked since their token was checked, before this connection could be found by its room.
  const [[record], since] = await Promise.all([storage.personRecords(tenant, [user]), storage.tokensSince(tenant, user)]);
  if (!(record?.active ?? session.auditor) || session.issuedAt <= since) return session.end('revoked');
  if (record) session.know(record);
  const synced = await readSynced(storage, session, session.held ?? {});
  let settings = synced.state?.settings;
  let settingsAt = synced.revision;
  // The choice of somebody of whom nothing is known here; once more when it changed meanwhile, or someone invisible would be seen.
  while (!session.auditor && presence.needsSettings(tenant, user) && (!settings || settingsAt < session.revision)) {
    ({ settings, revision: settingsAt } = await storage.userState(tenant, user, 1));
  }
  await watch.confirm();
  if (!socket.connected || session.signedOff) return;
  session.revision = Math.max(session.revision, synced.revision);
  session.held = undefined;
  socket.emit('session:started', { session: session.info, synced, outboxKey: outboxKey(storage.secret, tenant, user) });
  if (!session.auditor) presence.connected(session, settings);
}
