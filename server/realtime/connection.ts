import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import { readSynced } from '../commands/session.js';
import type { Storage } from '../storage/storage.js';
import type { CommandWrapper } from './command-wrapper.js';
import type { PresenceTracker } from './presence.js';
import { conversationRoom, userRoom } from './rooms.js';
import type { Session } from './session.js';
import type { ParleyIo, ParleySocket } from './socket-types.js';
import type { TypingTracker } from './typing.js';

export interface ConnectionParts {
  storage: Storage;
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
async function startSession(socket: ParleySocket, session: Session, { storage, presence }: ConnectionParts): Promise<void> {
  const { tenant, user } = session;
  await socket.join(userRoom(tenant, user));
  const conversations = await storage.activeConversations(tenant, user);
  if (!socket.connected) return;
  const left = session.leftMeanwhile;
  session.leftMeanwhile = undefined;
  await socket.join(conversations.filter((id) => !left?.has(id)).map((id) => conversationRoom(tenant, id)));

  // They may have been deactivated since their token was checked, before this connection could be found by its room.
  const [record] = await storage.personRecords(tenant, [user]);
  if (!record?.active) return session.end('revoked');
  session.know(record);
  const synced = await readSynced(storage, session, session.held ?? {});
  let settings = synced.state?.settings;
  let settingsAt = synced.revision;
  // The choice of somebody of whom nothing is known here; once more when it changed meanwhile, or someone invisible would be seen.
  while (presence.needsSettings(tenant, user) && (!settings || settingsAt < session.revision)) {
    ({ settings, revision: settingsAt } = await storage.userState(tenant, user, 1));
  }
  if (!socket.connected || session.signedOff) return;
  session.revision = Math.max(session.revision, synced.revision);
  session.held = undefined;
  socket.emit('session:started', { session: session.info, synced });
  presence.connected(session, settings);
}
