import type { Cluster } from '../cluster/cluster.js';
import type { Timings } from '../config.js';
import type { Logger } from '../logger.js';
import type { Storage } from '../storage/storage.js';
import type { Arrivals } from './arrivals.js';
import { EntryOrder } from './entry-order.js';
import { Fanout } from './fanout.js';
import { HeadsDigest } from './heads-digest.js';
import { LostHints } from './lost-hints.js';
import type { PolicyBook } from './policy-book.js';
import type { PresenceTracker } from './presence.js';
import type { RevocationWatch } from './revocation-watch.js';
import { RoomKeeper } from './room-keeper.js';
import { conversationRoom, userRoom } from './rooms.js';
import type { Session } from './session.js';
import type { ParleyIo } from './socket-types.js';
import type { TypingTracker } from './typing.js';

export interface NodesParts {
  io: ParleyIo;
  cluster: Cluster;
  storage: Storage;
  arrivals: Arrivals;
  watch: RevocationWatch;
  timings: Timings;
  typing: TypingTracker;
  presence: PresenceTracker;
  policies: PolicyBook;
  logger: Logger;
  sessionsOf: (tenant: string, user: string) => Iterable<Session>;
  hears: (tenant: string) => boolean;
  revised: (tenant: string, user: string, revision: number) => void;
}

/** What makes the connections of this node follow what all nodes commit: hints while they arrive, and the digest where they do not. */
export interface Nodes {
  readonly rooms: RoomKeeper;
  readonly digest: HeadsDigest;
  /** It is known who was revoked: what could not be told until now is found in the store. */
  known(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function followNodes(parts: NodesParts): Nodes {
  const { io, cluster, storage, arrivals, watch, timings, typing, presence, policies, logger, sessionsOf, hears, revised } = parts;
  let missed = false;
  const rooms: RoomKeeper = new RoomKeeper({ io, storage, sessionsOf, order: () => order, logger });
  const fanout = new Fanout({
    io,
    rooms,
    watch,
    order: () => order,
    typing,
    presence,
    hears,
    revised,
    restore: (tenant, user) => lost.restore(tenant, user),
    missed: () => (missed = true),
  });
  const lost = new LostHints({ io, storage, rooms, presence, policies, sessionsOf, logger });
  const order = cluster.shared
    ? new EntryOrder({
        hasRoom: (room) => io.sockets.adapter.rooms.has(room),
        concerns: ({ tenant, joined = [] }) => joined.some((user) => io.sockets.adapter.rooms.has(userRoom(tenant, user))),
        deliver: (publication, except) => fanout.deliver(publication, except),
        drop: (publication) => fanout.drop(publication),
        hear: (publication, own) => fanout.hear(publication, own),
        settle: (tenant, conversation) => rooms.settle(tenant, conversation),
        tellHead: (tenant, conversation, head) => fanout.tellHead(tenant, conversation, head),
        // What nobody brings is not waited for.
        wait: () => (cluster.up ? timings.entryWait : 0),
        hearingWait: timings.entryWait,
        logger,
      })
    : undefined;
  const digest = new HeadsDigest({
    io,
    storage,
    logger,
    hears,
    revised: (tenant, user, revision) => {
      if (order) lost.look(tenant, user, revision);
      revised(tenant, user, revision);
    },
    moved: (tenant, conversation) => arrivals.note({ type: 'moved', tenant, conversation }),
    confirm: () => watch.confirm(),
    isTold: (tenant, conversation, head) => order?.hasReached(conversationRoom(tenant, conversation), head) === true,
    isKnown: (tenant, user, revision) => {
      const sessions = [...sessionsOf(tenant, user)];
      return sessions.length > 0 && sessions.every((session) => session.revision >= revision);
    },
    interval: timings.headsDigest,
  });
  const pace = () => (cluster.up ? timings.headsDigest : timings.headsDigestAlone);
  io.sockets.adapter.on('delete-room', (room: string) => order?.emptied(room));
  cluster.onPublication((publication, own) => {
    arrivals.note(publication);
    fanout.receive(publication, own);
  });
  cluster.hearOthersWhile(() => {
    missed ||= !watch.fresh;
    return watch.fresh;
  });
  cluster.onUp(() => {
    digest.pace(pace());
    void digest.hurry();
  });
  return {
    rooms,
    digest,
    known() {
      if (!missed) return;
      missed = false;
      void digest.hurry();
    },
    async start() {
      await digest.start(pace());
      await cluster.start();
    },
    async stop() {
      await digest.stop();
      order?.close();
    },
  };
}
