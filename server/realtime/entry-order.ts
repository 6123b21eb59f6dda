import type { EntryPublication, HearingPublication } from '../cluster/publication.js';
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
  /** Takes a member out of the room who wants not to be disturbed, or lets them in again. */
  hear(publication: HearingPublication, own: boolean): void;
  /** Makes those in the room the members of now, by the store. */
  settle(tenant: string, conversation: string): Promise<void>;
  /** Tells those in the room that there is more, for them to fetch. */
  tellHead(tenant: string, conversation: string, head: number): void;
  /** How long an entry waits for the one before it, in milliseconds. */
  wait(): number;
  /** How long a member who wants not to be disturbed waits for the last entry before that, in milliseconds. */
  hearingWait: number;
  logger: Logger;
}

/** What of one conversation cannot be told yet. */
interface Pending {
  readonly tenant: string;
  readonly conversation: string;
  readonly waiting: Map<number, EntryPublication>;
  /** Who hears no more, or again, from behind an entry that is not told yet; in the order in which they said so. */
  readonly hearings: [publication: HearingPublication, own: boolean][];
  timer: NodeJS.Timeout | undefined;
  settling: boolean;
  /** It is looked at again before this turn is over. */
  following: boolean;
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
    const waiting = this.#pendingOf(tenant, entry.conversation);
    waiting.waiting.set(entry.seq, publication);
    this.#follow(room, waiting);
  }

  /**
   * PostgreSQL lets the one who waited for a lock go before it answers the one who had it: the wish not to be disturbed may be known before
   * the entry that was committed before it, and that is still for them.
   */
  hear(publication: HearingPublication, own: boolean): void {
    const { tenant, conversation } = publication;
    const room = conversationRoom(tenant, conversation);
    const pending = this.#pending.get(room);
    const earlier = pending !== undefined && (pending.settling || pending.hearings.length > 0);
    if (!earlier && this.#isDue(room, publication)) return this.#parts.hear(publication, own);
    const waiting = this.#pendingOf(tenant, conversation);
    waiting.hearings.push([publication, own]);
    this.#follow(room, waiting);
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

  #pendingOf(tenant: string, conversation: string): Pending {
    const room = conversationRoom(tenant, conversation);
    const known = this.#pending.get(room);
    if (known) return known;
    const pending: Pending = {
      tenant,
      conversation,
      waiting: new Map(),
      hearings: [],
      timer: undefined,
      settling: false,
      following: false,
    };
    this.#pending.set(room, pending);
    return pending;
  }

  #isDue(room: string, { head }: HearingPublication): boolean {
    return (this.#reached.get(room) ?? Infinity) >= head;
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

  /**
   * Advances when all of what another node told at once is here: who wants not to be disturbed from behind the entry that was missing hears
   * nothing of those that waited for it.
   */
  #follow(room: string, pending: Pending): void {
    if (pending.following) return;
    pending.following = true;
    queueMicrotask(() => {
      pending.following = false;
      if (this.#pending.get(room) === pending) this.#advance(room, pending);
    });
  }

  /** Tells what follows without a hole, and waits for the rest. */
  #advance(room: string, pending: Pending): void {
    if (pending.settling) return;
    for (;;) {
      for (let [first] = pending.hearings; first && this.#isDue(room, first[0]); [first] = pending.hearings) {
        pending.hearings.shift();
        this.#parts.hear(...first);
      }
      const reached = this.#reached.get(room);
      const next = reached === undefined ? undefined : pending.waiting.get(reached + 1);
      if (!next) break;
      pending.waiting.delete(next.entry.seq);
      this.#deliver(room, next);
    }
    if (pending.waiting.size === 0 && pending.hearings.length === 0) {
      clearTimeout(pending.timer);
      this.#pending.delete(room);
      if (!this.#parts.hasRoom(room)) this.#reached.delete(room);
      return;
    }
    pending.timer ??= setTimeout(() => void this.#settle(room, pending), this.#patience(room, pending));
  }

  #patience(room: string, { hearings }: Pending): number {
    if (!this.#reached.has(room)) return 0;
    return hearings.length > 0 ? this.#parts.hearingWait : this.#parts.wait();
  }

  /** The store knows at least what arrived here: it was committed before it was told. */
  async #settle(room: string, pending: Pending): Promise<void> {
    const { tenant, conversation, hearings } = pending;
    const arrived = [...pending.waiting.values()];
    const waited = hearings.length;
    pending.timer = undefined;
    if (arrived.length + waited === 0) return;
    const head = Math.max(...pending.waiting.keys(), ...hearings.map(([publication]) => publication.head));
    pending.settling = true;
    try {
      await this.#parts.settle(tenant, conversation);
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
    if (this.#reached.has(room)) {
      for (const [publication, own] of hearings.splice(0, waited)) {
        // While they are still in: of nothing behind it.
        if (publication.held) this.#parts.tellHead(tenant, conversation, publication.head);
        this.#parts.hear(publication, own);
      }
      this.#parts.tellHead(tenant, conversation, head);
    }
    this.#advance(room, pending);
  }
}
