import type { Head } from '#protocol';
import type { Logger } from '../logger.js';
import type { Storage } from '../storage/storage.js';
import { conversationRoom, userRoom } from './rooms.js';
import type { Session } from './session.js';
import type { ParleyIo, ParleySocket } from './socket-types.js';

/**
 * Says every so often which conversations moved, so that a lost hint is noticed on a connection that stays up (SPEC H1).
 * One question to the store a tick, however many are connected.
 */
export class HeadsDigest {
  readonly #io: ParleyIo;
  readonly #storage: Storage;
  readonly #logger: Logger;
  readonly #hears: (tenant: string) => boolean;
  readonly #revised: (tenant: string, user: string, revision: number) => void;
  readonly #moved: (tenant: string, conversation: string) => void;
  readonly #confirm: () => Promise<void> | undefined;
  #cursor: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: {
    io: ParleyIo;
    storage: Storage;
    logger: Logger;
    hears: (tenant: string) => boolean;
    revised: (tenant: string, user: string, revision: number) => void;
    moved: (tenant: string, conversation: string) => void;
    /** Waits until it is known who was revoked. */
    confirm: () => Promise<void> | undefined;
  }) {
    this.#io = parts.io;
    this.#storage = parts.storage;
    this.#logger = parts.logger;
    this.#hears = parts.hears;
    this.#revised = parts.revised;
    this.#moved = parts.moved;
    this.#confirm = parts.confirm;
  }

  /** Takes the position from which the first digest tells; before any client connects, or a change could fall between. */
  async start(every: number): Promise<void> {
    this.#cursor = (await this.#storage.changesSince(null)).cursor;
    this.pace(every);
  }

  /** From now on so often, in milliseconds. */
  pace(every: number): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.#start(), every);
    this.#timer.unref();
  }

  /** Tells now what changed, instead of at the next tick. */
  async hurry(): Promise<void> {
    await this.#running;
    await this.#start();
  }

  #start(): Promise<void> {
    return (this.#running ??= this.tick().finally(() => (this.#running = undefined)));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async tick(): Promise<void> {
    try {
      const changes = await this.#storage.changesSince(this.#cursor);
      await this.#confirm();
      this.#cursor = changes.cursor;
      const digests = new Map<ParleySocket, Head[]>();
      for (const { tenant, conversation, head } of changes.heads) {
        this.#moved(tenant, conversation);
        for (const socket of this.#socketsIn(conversationRoom(tenant, conversation))) {
          const heads = digests.get(socket);
          if (heads) heads.push({ conversation, head });
          else digests.set(socket, [{ conversation, head }]);
        }
      }
      for (const { tenant, user, revision } of changes.users) {
        this.#revised(tenant, user, revision);
        for (const socket of this.#socketsIn(userRoom(tenant, user))) if (!digests.has(socket)) digests.set(socket, []);
      }
      for (const [socket, heads] of digests) socket.emit('heads:digest', { revision: socket.data.session.revision, heads });
    } catch (error) {
      // The cursor stays, so the next tick tells what this one could not.
      this.#logger.warn({ err: error }, 'heads digest failed');
    }
  }

  *#socketsIn(room: string): Generator<ParleySocket> {
    const { adapter, sockets } = this.#io.sockets;
    for (const id of adapter.rooms.get(room) ?? []) {
      const socket = sockets.get(id);
      const session: Session | undefined = socket?.data.session;
      // Before `session:started` the client has nothing that the digest could be compared with.
      if (socket && session && !session.held && this.#hears(session.tenant)) yield socket;
    }
  }
}
