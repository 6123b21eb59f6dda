import type { KeyObject } from 'node:crypto';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import { LIMITS } from '#protocol';
import { jsonWith } from '../commands/json-with.js';
import { comparableRevision, syncedAtSignIn } from '../commands/session.js';
import type { SignInRecord, Storage } from '../storage/storage.js';
import type { Arrivals } from './arrivals.js';
import type { CommandWrapper } from './command-wrapper.js';
import { outboxKey } from './outbox-key.js';
import type { PresenceTracker } from './presence.js';
import type { RevocationWatch } from './revocation-watch.js';
import type { RoomKeeper } from './room-keeper.js';
import { auditorRoom, userRoom } from './rooms.js';
import type { Session } from './session.js';
import type { ParleyIo, ParleySocket } from './socket-types.js';
import type { TypingTracker } from './typing.js';

/** How a packet of Socket.IO begins that is an event of the main namespace. */
const EVENT = 2;

export interface ConnectionParts {
  storage: Storage;
  /** The store's, as a key: of bytes one would be made at each sign-in. */
  secret: KeyObject;
  arrivals: Arrivals;
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

/** What begins a session, once the connection is in its rooms. */
async function startSession(socket: ParleySocket, session: Session, parts: ConnectionParts): Promise<void> {
  const { storage, secret, presence, watch } = parts;
  const { tenant, user } = session;
  let read = await enter(socket, session, parts);
  // Someone invisible would be seen by a choice that has changed meanwhile, if nobody of theirs is here yet.
  while (read && !session.auditor && read.revision < session.revision && presence.needsSettings(tenant, user))
    read = await readAgain(storage, session);
  if (!read) return;
  for (;;) {
    // They may have been deactivated or revoked since their token was checked, before this connection could be found by its room.
    if (!(read.person?.active ?? session.auditor) || session.issuedAt <= read.tokensSince) return session.end('revoked');
    if (read.person) session.know(read.person);
    await watch.confirm();
    if (!session.passedOver) break;
    session.passedOver = false;
    read = await readAgain(storage, session);
  }
  if (!socket.connected || session.signedOff) return;
  session.revision = Math.max(session.revision, read.revision);
  session.held = undefined;
  const mine = { session: session.info, outboxKey: outboxKey(secret, tenant, user) };
  tellStarted(socket, jsonWith(mine, { synced: syncedAtSignIn(storage.epoch, session, read) }));
  if (!session.auditor) presence.connected(session, read.settings);
}

/** As `socket.emit` would, which takes objects only: those of a whole state cost more than all else of a sign-in. */
function tellStarted(socket: ParleySocket, started: string): void {
  socket.conn.write(`${EVENT}["session:started",${started}]`);
}

/**
 * Into the rooms, with what the store says of the user: either of before, when nothing was told meanwhile that they missed, or read again
 * once they are in. So what is committed in between arrives twice rather than never (SPEC D6). Undefined when the connection is gone.
 */
async function enter(socket: ParleySocket, session: Session, parts: ConnectionParts): Promise<SignInRecord | undefined> {
  const { storage, arrivals, rooms, watch } = parts;
  const { tenant, user, auditor, entry } = session;
  session.entry = undefined;
  await socket.join((auditor ? auditorRoom : userRoom)(tenant, user));
  // What other nodes tell while this one has to ask is not heard, and a digest that comes then passes over who has not begun: read after it.
  await watch.confirm();
  // From here to the rooms nothing may be waited for.
  const known = entry && !arrivals.missed(entry.arrival, session, entry.read.active) ? entry.read : undefined;
  // An auditor is in nothing and nowhere: no room but their own, and no presence.
  const isIn = auditor || (await rooms.enter(socket, session, known && { conversations: known.active, heads: known.heads }));
  return isIn ? (known ?? readAgain(storage, session)) : undefined;
}

/** Once more when a policy changed meanwhile: it may have given the state another look under the same revision. */
async function readAgain(storage: Storage, session: Session): Promise<SignInRecord> {
  for (;;) {
    const { policies } = session;
    const held = comparableRevision(storage.epoch, policies, session, session.held);
    const read = await storage.signIn(session.tenant, session.user, { limit: LIMITS.listPage, held });
    if (policies === session.policies) return read;
  }
}
