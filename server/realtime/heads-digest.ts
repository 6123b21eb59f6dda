import type { Head } from '#protocol';
import type { Logger } from '../logger.js';
import type { Changes, Storage } from '../storage/storage.js';
import { conversationRoom, userRoom } from './rooms.js';
import type { Session } from './session.js';
import type { ParleyIo, ParleySocket } from './socket-types.js';

/**
 * Says every so often which conversations moved, so that a lost hint is noticed on a connection that stays up (SPEC H1).
 * One question to the store a tick, however many are connected.
 *
 * Where nodes find in the store what others commit, it ticks more often than H1 asks. What this node told itself is not said again then, or
 * every message would cost each member two frames; it is said with the digests that H1 asks for.
 */
export class HeadsDigest {
  readonly #io: ParleyIo;
  readonly #storage: Storage;
  readonly #logger: Logger;
  readonly #hears: (tenant: string) => boolean;
  readonly #revised: (tenant: string, user: string, revision: number) => void;
  readonly #moved: (tenant: string, conversation: string) => void;
  readonly #confirm: () => Promise<void> | undefined;
  readonly #isTold: (tenant: string, conversation: string, head: number) => boolean;
  readonly #isKnown: (tenant: string, user: string, revision: number) => boolean;
  readonly #interval: number;
  /** What was told already and is said again with the next whole digest, by room. */
  readonly #heads = new Map<string, Changes['heads'][number]>();
  readonly #users = new Map<string, Changes['users'][number]>();
  #every = 0;
  /** When the next whole digest is due, as performance.now(). */
  #wholeAt = 0;
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
    /** All who are here were told of the conversation up to there, or began with it. */
    isTold: (tenant: string, conversation: string, head: number) => boolean;
    /** The connections of the user that are here have that revision. */
    isKnown: (tenant: string, user: string, revision: number) => boolean;
    /** ms between two digests that say everything (H1). */
    interval: number;
  }) {
    this.#io = parts.io;
    this.#storage = parts.storage;
    this.#logger = parts.logger;
    this.#hears = parts.hears;
    this.#revised = parts.revised;
    this.#moved = parts.moved;
    this.#confirm = parts.confirm;
    this.#isTold = parts.isTold;
    this.#isKnown = parts.isKnown;
    this.#interval = parts.interval;
  }

  /** Takes the position from which the first digest tells; before any client connects, or a change could fall between. */
  async start(every: number): Promise<void> {
    this.#cursor = (await this.#storage.changesSince(null)).cursor;
    this.#wholeAt = performance.now() + this.#interval;
    this.pace(every);
  }

  /** From now on so often, in milliseconds. */
  pace(every: number): void {
    clearInterval(this.#timer);
    this.#every = every;
    this.#timer = setInterval(() => void this.#start(), every);
    this.#timer.unref();
  }

  /** Tells now all that changed, instead of at the next tick: some of it could not be told by events. */
  async hurry(): Promise<void> {
    await this.#running;
    this.#wholeAt = 0;
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
      for (const { tenant, conversation } of changes.heads) this.#moved(tenant, conversation);
      const { heads, users } = this.#due(changes);
      for (const { tenant, user, revision } of changes.users) this.#revised(tenant, user, revision);
      for (const { tenant, conversation, head } of heads) {
        for (const socket of this.#socketsIn(conversationRoom(tenant, conversation))) {
          const its = digests.get(socket);
          if (its) its.push({ conversation, head });
          else digests.set(socket, [{ conversation, head }]);
        }
      }
      for (const { tenant, user } of users)
        for (const socket of this.#socketsIn(userRoom(tenant, user))) if (!digests.has(socket)) digests.set(socket, []);
      for (const [socket, its] of digests) socket.emit('heads:digest', { revision: socket.data.session.revision, heads: its });
    } catch (error) {
      // The cursor stays, so the next tick tells what this one could not.
      this.#logger.warn({ err: error }, 'heads digest failed');
    }
  }

  /** What is to be said now; what was told already is put off, at the latest until the interval is over. */
  #due({ heads, users }: Changes): Pick<Changes, 'heads' | 'users'> {
    for (const head of heads) this.#heads.set(conversationRoom(head.tenant, head.conversation), head);
    for (const user of users) this.#users.set(userRoom(user.tenant, user.user), user);
    const now = performance.now();
    const isWhole = now + this.#every > this.#wholeAt;
    if (isWhole) this.#wholeAt = now + this.#interval;
    return {
      heads: takeFrom(this.#heads, ({ tenant, conversation, head }) => isWhole || !this.#isTold(tenant, conversation, head)),
      users: takeFrom(this.#users, ({ tenant, user, revision }) => isWhole || !this.#isKnown(tenant, user, revision)),
    };
  }

  *#socketsIn(room: string): Generator<ParleySocket> {
    const { adapter, sockets } = this.#io.sockets;
    for (const id of adapter.rooms.get(room) ?? []) {
      const socket = sockets.get(id);
      const session: Session | undefined = socket?.data.session;
      // Before `session:started` the client has nothing that the digest could be compared with: what it starts with is read again.
      if (session?.held) session.passedOver = true;
      else if (socket && session && this.#hears(session.tenant)) yield socket;
    }
  }
}

function takeFrom<T>(kept: Map<string, T>, isDue: (value: T) => boolean): T[] {
  const due = [...kept].filter(([, value]) => isDue(value));
  for (const [key] of due) kept.delete(key);
  return due.map(([, value]) => value);
}
