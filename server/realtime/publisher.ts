import type { Entry, Marks, StateChange } from '#protocol';
import type { AudienceChange, Publisher } from '../commands/context.js';
import type { Metrics } from '../metrics.js';
import type { Session } from './session.js';
import { conversationRoom, userRoom } from './rooms.js';
import type { ParleyIo } from './socket-types.js';

interface Publication {
  tenant: string;
  entry: Entry;
  audience: AudienceChange | undefined;
}

/** Hears what is published, for what connections and typing know besides their rooms. */
export interface PublicationListener {
  left(tenant: string, user: string, conversation: string): void;
  revised(tenant: string, user: string, revision: number): void;
  arrived(tenant: string, entry: Entry): void;
}

/**
 * Fan-out. Entries wait until the turn is over: the acknowledgements of the same commit go out first, and the entries
 * of a conversation go out by their number whatever way they took through the handlers.
 */
export class RoomPublisher implements Publisher {
  readonly #io: ParleyIo;
  readonly #listener: PublicationListener;
  readonly #metrics: Pick<Metrics, 'published'>;
  #waiting: Publication[] = [];

  constructor(io: ParleyIo, listener: PublicationListener, metrics: Pick<Metrics, 'published'>) {
    this.#io = io;
    this.#listener = listener;
    this.#metrics = metrics;
  }

  entryAdded(tenant: string, entry: Entry, audience?: AudienceChange): void {
    this.#waiting.push({ tenant, entry, audience });
    // nextTick runs after every promise callback of this turn, among them the acknowledgements.
    if (this.#waiting.length === 1) process.nextTick(this.#flush);
  }

  stateChanged(tenant: string, user: string, revision: number, change: StateChange, except?: Session): void {
    this.#listener.revised(tenant, user, revision);
    process.nextTick(() => {
      const room = this.#io.to(userRoom(tenant, user));
      (except ? room.except(except.socketId) : room).emit('state:changed', { revision, change });
      this.#metrics.published('state');
    });
  }

  receiptMoved(tenant: string, conversation: string, user: string, marks: Marks): void {
    this.#io.to(conversationRoom(tenant, conversation)).except(userRoom(tenant, user)).emit('receipt:moved', { conversation, user, marks });
    this.#metrics.published('receipt');
  }

  typingChanged(tenant: string, conversation: string, user: string, active: boolean): void {
    this.#io
      .to(conversationRoom(tenant, conversation))
      .except(userRoom(tenant, user))
      .emit('typing:changed', { conversation, user, active });
    this.#metrics.published('typing');
  }

  readonly #flush = (): void => {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length > 1) batch.sort((a, b) => a.entry.seq - b.entry.seq);
    for (const { tenant, entry, audience } of batch) {
      const room = conversationRoom(tenant, entry.conversation);
      for (const user of audience?.joined ?? []) this.#io.in(userRoom(tenant, user)).socketsJoin(room);
      this.#io.to(room).emit('entry:added', { entry });
      this.#listener.arrived(tenant, entry);
      for (const user of audience?.left ?? []) {
        this.#io.in(userRoom(tenant, user)).socketsLeave(room);
        this.#listener.left(tenant, user, entry.conversation);
      }
      this.#metrics.published('entry');
    }
  };
}
