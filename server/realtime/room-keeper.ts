import { LIMITS } from '#protocol';
import type { Head } from '#protocol';
import type { Logger } from '../logger.js';
import type { Storage } from '../storage/storage.js';
import type { EntryOrder } from './entry-order.js';
import { conversationRoom, userKey } from './rooms.js';
import type { Session } from './session.js';
import type { ParleyIo, ParleySocket } from './socket-types.js';

export interface RoomKeeperParts {
  io: ParleyIo;
  storage: Pick<Storage, 'activeConversations' | 'heads' | 'members'>;
  sessionsOf: (tenant: string, user: string) => Iterable<Session>;
  /** Undefined where one node commits everything: what it tells is in order. */
  order: () => EntryOrder | undefined;
  logger: Logger;
}

/** The conversations that somebody is in and hears of. */
interface Belonging {
  conversations: readonly string[];
  heads: readonly Head[];
}

/** A look into the store, and whether somebody was told of a change of it meanwhile. */
interface Alignment {
  stale: boolean;
  done: Promise<void>;
}

/** Keeps the connections in the rooms of the conversations that their users are in, also where a hint about it was lost. */
export class RoomKeeper {
  readonly #parts: RoomKeeperParts;
  readonly #aligning = new Map<string, Alignment>();

  constructor(parts: RoomKeeperParts) {
    this.#parts = parts;
  }

  /** The user's connections here were put into the room. */
  joined(tenant: string, user: string, conversation: string): void {
    this.#changed(tenant, user);
    for (const session of this.#parts.sessionsOf(tenant, user)) session.leftMeanwhile?.delete(conversation);
  }

  left(tenant: string, user: string, conversation: string): void {
    this.#changed(tenant, user);
    for (const session of this.#parts.sessionsOf(tenant, user)) session.leftMeanwhile?.add(conversation);
  }

  /**
   * A new connection comes into its rooms; false when it is gone already. What is committed meanwhile arrives twice rather than never
   * (SPEC D6). `known` is where the user belongs if nothing that was told since can have changed it: then they are in at once.
   */
  async enter(socket: ParleySocket, session: Session, known?: Belonging): Promise<boolean> {
    const { tenant, user } = session;
    const { conversations, heads } = known ?? (await this.#read(tenant, user));
    if (!socket.connected) return false;
    const left = session.leftMeanwhile;
    session.leftMeanwhile = undefined;
    await this.#join(
      socket,
      tenant,
      conversations.filter((id) => !left?.has(id)),
      heads,
    );
    return true;
  }

  /** Some hint about the user was lost, or came late: their connections are where the store says. */
  async align(tenant: string, user: string): Promise<void> {
    const key = userKey(tenant, user);
    const running = this.#aligning.get(key);
    if (running) {
      running.stale = true;
      return running.done;
    }
    const alignment: Alignment = { stale: false, done: Promise.resolve() };
    this.#aligning.set(key, alignment);
    alignment.done = this.#align(tenant, user, alignment)
      .catch((error: unknown) => this.#parts.logger.warn({ err: error }, 'the rooms of a user could not be read'))
      .finally(() => this.#aligning.delete(key));
    return alignment.done;
  }

  /** Nobody stays in the room of a conversation who is not a member. */
  async settle(tenant: string, conversation: string): Promise<void> {
    const members = await this.#parts.storage.members(tenant, conversation);
    const active = new Set(members.filter((member) => member.active).map(({ user }) => user));
    for (const socket of this.#socketsIn(conversationRoom(tenant, conversation)))
      if (!active.has(socket.data.session.user)) void socket.leave(conversationRoom(tenant, conversation));
  }

  /** A connection of the user is in the room. */
  holds(tenant: string, user: string, conversation: string): boolean {
    const room = this.#parts.io.sockets.adapter.rooms.get(conversationRoom(tenant, conversation));
    return room !== undefined && [...this.#parts.sessionsOf(tenant, user)].some(({ socketId }) => room.has(socketId));
  }

  async #align(tenant: string, user: string, alignment: Alignment): Promise<void> {
    const started = (): ParleySocket[] =>
      [...this.#parts.sessionsOf(tenant, user)]
        // One that is starting reads its rooms itself.
        .filter((session) => session.leftMeanwhile === undefined)
        .flatMap(({ socketId }) => this.#parts.io.sockets.sockets.get(socketId) ?? []);
    while (started().length > 0) {
      alignment.stale = false;
      const { conversations, heads } = await this.#read(tenant, user);
      if (alignment.stale) continue;
      const rooms = new Set(conversations.map((id) => conversationRoom(tenant, id)));
      const prefix = conversationRoom(tenant, '');
      for (const socket of started()) {
        for (const room of socket.rooms) if (room.startsWith(prefix) && !rooms.has(room)) void socket.leave(room);
        const missing = conversations.filter((id) => !socket.rooms.has(conversationRoom(tenant, id)));
        void this.#join(socket, tenant, missing, heads);
        const moved = heads.filter(({ conversation }) => missing.includes(conversation));
        if (moved.length === 0) continue;
        if (socket.data.session.held) socket.data.session.passedOver = true;
        else socket.emit('heads:digest', { revision: socket.data.session.revision, heads: moved });
      }
      return;
    }
  }

  /** The heads after the memberships: who is in now came with one of the entries up to the head. */
  async #read(tenant: string, user: string): Promise<Belonging> {
    const conversations = await this.#parts.storage.activeConversations(tenant, user);
    if (!this.#parts.order() || conversations.length === 0) return { conversations, heads: [] };
    return { conversations, heads: (await this.#parts.storage.heads(tenant, user, LIMITS.listPage)).heads };
  }

  async #join(socket: ParleySocket, tenant: string, conversations: readonly string[], heads: readonly Head[]): Promise<void> {
    const order = this.#parts.order();
    const { rooms } = this.#parts.io.sockets.adapter;
    const known = order ? new Map(heads.map(({ conversation, head }) => [conversation, head])) : undefined;
    for (const id of known ? conversations : []) {
      const room = conversationRoom(tenant, id);
      const head = known?.get(id);
      if (head !== undefined) order?.entered(room, socket.id, head, !rooms.has(room));
    }
    await socket.join(conversations.map((id) => conversationRoom(tenant, id)));
  }

  #changed(tenant: string, user: string): void {
    const alignment = this.#aligning.size === 0 ? undefined : this.#aligning.get(userKey(tenant, user));
    if (alignment) alignment.stale = true;
  }

  *#socketsIn(room: string): Generator<ParleySocket> {
    const { adapter, sockets } = this.#parts.io.sockets;
    for (const id of [...(adapter.rooms.get(room) ?? [])]) {
      const socket = sockets.get(id);
      if (socket) yield socket;
    }
  }
}
