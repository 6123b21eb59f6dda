import type { EntryPublication } from '../cluster/publication.js';
import type { Logger } from '../logger.js';
import { conversationRoom } from './rooms.js';

export interface EntryOrderParts {
  /** Anybody here hears of the conversation. */
  hasRoom(room: string): boolean;
  /** Somebody who is connected here joins with it. */
  concerns(publication: EntryPublication): boolean;
  /** Tells those in the room, except these connections, and changes who is in it. */
  deliver(publication: EntryPublication, except: readonly string[]): void;
  /** Not told: its number has passed, or who may hear it was not certain. */
  drop(publication: EntryPublication): void;
  /** Makes those in the room the members of now, by the store. */
  settle(tenant: string, conversation: string): Promise<void>;
  /** Tells those in the room that there is more, for them to fetch. */
  tellHead(tenant: string, conversation: string, head: number): void;
  /** How long an entry waits for the one before it, in milliseconds. */
  wait(): number;
  logger: Logger;
}

/** Entries of one conversation that cannot be told yet. */
interface Pending {
  readonly waiting: Map<number, EntryPublication>;
  timer: NodeJS.Timeout | undefined;
  settling: boolean;
}

/**
 * Brings the entries that several nodes commit to one conversation into their order, on each node. Whoever left with one entry must not
 * hear the next, and that may come from another node and arrive first: who is in the room is what the entries so far make of it, so an
 * entry is told when all before it were (G12). Where one is missing, the store says who is in now, and those fetch what they miss.
 */
export class EntryOrder {
  readonly #parts: EntryOrderParts;
  /** The last entry that the room's connections were chosen by. */
  readonly #reached = new Map<string, number>();
  readonly #pending = new Map<string, Pending>();
  /** Connections that began at a later entry than the room: what is before it is not for them. */
  readonly #ahead = new Map<string, Map<string, number>>();

  constructor(parts: EntryOrderParts) {
    this.#parts = parts;
  }

  add(publication: EntryPublication): void {
    const { tenant, entry } = publication;
    const room = conversationRoom(tenant, entry.conversation);
    const pending = this.#pending.get(room);
    if (!pending && !this.#parts.hasRoom(room) && !this.#parts.concerns(publication)) return this.#parts.drop(publication);
    const reached = this.#reached.get(room) ?? (entry.seq === 1 ? 0 : undefined);
    if (reached !== undefined && entry.seq <= reached) return this.#parts.drop(publication);
    if (!pending && reached === entry.seq - 1) return this.#deliver(room, publication);
    const waiting = pending ?? { waiting: new Map<number, EntryPublication>(), timer: undefined, settling: false };
    this.#pending.set(room, waiting);
    waiting.waiting.set(entry.seq, publication);
    this.#advance(room, waiting);
  }

  /** A connection came into the room knowing everything up to `head`; `first` when nobody else was in it. */
  entered(room: string, socket: string, head: number, first: boolean): void {
    if (first) this.opened(room, head);
    const reached = this.#reached.get(room);
    if (reached === undefined || reached < head) {
      const ahead = this.#ahead.get(room) ?? new Map<string, number>();
      this.#ahead.set(room, ahead.set(socket, head));
    }
  }

  /** All who are in the room were told of what is up to `head`, or knew it when they came. */
  hasReached(room: string, head: number): boolean {
    return (this.#reached.get(room) ?? -1) >= head;
  }

  /** The room is new, and its connections hear what comes after `head`. */
  opened(room: string, head: number): void {
    if (!this.#reached.has(room) && !this.#pending.has(room)) this.#reached.set(room, head);
  }

  /** Nobody here hears of the conversation any more. */
  emptied(room: string): void {
    this.#ahead.delete(room);
    if (!this.#pending.has(room)) this.#reached.delete(room);
  }

  close(): void {
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }

  #deliver(room: string, publication: EntryPublication): void {
    const { seq } = publication.entry;
    this.#reached.set(room, seq);
    const ahead = this.#ahead.get(room);
    this.#parts.deliver(publication, ahead ? [...ahead].filter(([, head]) => head >= seq).map(([socket]) => socket) : []);
    if (ahead) {
      for (const [socket, head] of ahead) if (head <= seq) ahead.delete(socket);
      if (ahead.size === 0) this.#ahead.delete(room);
    }
    if (!this.#parts.hasRoom(room)) this.#reached.delete(room);
  }

  /** Tells what follows without a hole, and waits for the rest. */
  #advance(room: string, pending: Pending): void {
    if (pending.settling) return;
    for (;;) {
      const reached = this.#reached.get(room);
      const next = reached === undefined ? undefined : pending.waiting.get(reached + 1);
      if (!next) break;
      pending.waiting.delete(next.entry.seq);
      this.#deliver(room, next);
    }
    if (pending.waiting.size === 0) {
      clearTimeout(pending.timer);
      this.#pending.delete(room);
      return;
    }
    pending.timer ??= setTimeout(() => void this.#settle(room, pending), this.#reached.has(room) ? this.#parts.wait() : 0);
  }

  /** The store knows at least what arrived here: it was committed before it was told. */
  async #settle(room: string, pending: Pending): Promise<void> {
    const arrived = [...pending.waiting.values()];
    const [first] = arrived;
    pending.timer = undefined;
    if (!first) return;
    const { tenant, entry } = first;
    const head = Math.max(...pending.waiting.keys());
    pending.settling = true;
    try {
      await this.#parts.settle(tenant, entry.conversation);
      // Everybody may have gone meanwhile: who comes later begins at the head of then.
      if (this.#parts.hasRoom(room)) this.#reached.set(room, head);
      else this.#reached.delete(room);
    } catch (error) {
      // Whom to tell is not known: nobody is, and the digest finds it. The next entry asks again.
      this.#reached.delete(room);
      this.#parts.logger.warn({ err: error }, 'who hears of a conversation could not be asked');
    }
    pending.settling = false;
    for (const publication of arrived) {
      pending.waiting.delete(publication.entry.seq);
      this.#parts.drop(publication);
    }
    if (this.#reached.has(room)) this.#parts.tellHead(tenant, entry.conversation, head);
    this.#advance(room, pending);
  }
}
