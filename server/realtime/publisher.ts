import type { Entry, Head, Marks, StateChange } from '#protocol';
import type { AudienceChange, Publisher } from '../commands/context.js';
import type { Disturbance } from '../storage/storage.js';
import type { Metrics } from '../metrics.js';
import type { Session } from './session.js';
import { conversationRoom, presenceRoom, userRoom } from './rooms.js';
import type { ParleyIo } from './socket-types.js';

interface Publication {
  tenant: string;
  entry: Entry;
  audience: AudienceChange | undefined;
}

/** From behind the entry `head` on, the user hears of the conversation no more, or again. */
interface HearingPublication extends Head {
  tenant: string;
  user: string;
  held: boolean;
}

interface DigestPublication {
  tenant: string;
  user: string;
  revision: number;
  heads: Head[];
}

interface StatePublication {
  tenant: string;
  user: string;
  revision: number;
  change: StateChange | (() => Promise<StateChange>);
  except: string | undefined;
}

/** Hears what is published, for what connections and typing know besides their rooms. */
export interface PublicationListener {
  /** Anything is told to this tenant's users at all (E1). */
  hears(tenant: string): boolean;
  /** Anybody would hear what is told to this user; before `session:started` too. */
  reaches(tenant: string, user: string): boolean;
  left(tenant: string, user: string, conversation: string): void;
  joined(tenant: string, user: string, conversation: string): void;
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
  #waiting: (Publication | HearingPublication)[] = [];
  #digests: DigestPublication[] = [];
  #states: StatePublication[] = [];
  /** Users to whom a change is told that is still being read: what comes after it waits. */
  readonly #telling = new Map<string, Promise<void>>();

  constructor(io: ParleyIo, listener: PublicationListener, metrics: Pick<Metrics, 'published'>) {
    this.#io = io;
    this.#listener = listener;
    this.#metrics = metrics;
  }

  entryAdded(tenant: string, entry: Entry, audience?: AudienceChange): void {
    this.#await({ tenant, entry, audience });
  }

  disturbanceChanged(tenant: string, user: string, revision: number, { held, conversations, behind }: Disturbance): void {
    for (const head of conversations) this.#await({ ...head, tenant, user, held });
    if (!held && conversations.length > 0) this.#digests.push({ tenant, user, revision, heads: behind });
  }

  stateChanged(tenant: string, user: string, revision: number, change: StateChange | (() => Promise<StateChange>), except?: Session): void {
    this.#listener.revised(tenant, user, revision);
    this.#states.push({ tenant, user, revision, change, except: except?.socketId });
    if (this.#states.length === 1) process.nextTick(this.#flushStates);
  }

  receiptMoved(tenant: string, conversation: string, user: string, marks: Marks): void {
    if (!this.#listener.hears(tenant)) return;
    this.#io.to(conversationRoom(tenant, conversation)).except(userRoom(tenant, user)).emit('receipt:moved', { conversation, user, marks });
    this.#metrics.published('receipt');
  }

  typingChanged(tenant: string, conversation: string, user: string, active: boolean): void {
    if (!this.#listener.hears(tenant)) return;
    this.#io
      .to(conversationRoom(tenant, conversation))
      .except(userRoom(tenant, user))
      .emit('typing:changed', { conversation, user, active });
    this.#metrics.published('typing');
  }

  presenceHidden(tenant: string, viewer: string, user: string): void {
    this.#io.in(userRoom(tenant, viewer)).socketsLeave(presenceRoom(tenant, user));
  }

  #await(publication: Publication | HearingPublication): void {
    this.#waiting.push(publication);
    // nextTick runs after every promise callback of this turn, among them the acknowledgements.
    if (this.#waiting.length === 1) process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    const batch = this.#waiting;
    this.#waiting = [];
    const digests = this.#digests;
    this.#digests = [];
    if (batch.length > 1) batch.sort((a, b) => placeOf(a) - placeOf(b));
    for (const publication of batch) {
      if ('entry' in publication) this.#announce(publication);
      else this.#changeHearing(publication);
    }
    for (const { tenant, user, revision, heads } of digests)
      if (this.#listener.hears(tenant)) this.#io.to(userRoom(tenant, user)).emit('heads:digest', { revision, heads });
  };

  #announce({ tenant, entry, audience }: Publication): void {
    const { conversation } = entry;
    const room = conversationRoom(tenant, conversation);
    const hears = this.#listener.hears(tenant);
    for (const user of audience?.joined ?? []) {
      this.#io.in(userRoom(tenant, user)).socketsJoin(room);
      this.#listener.joined(tenant, user, conversation);
    }
    for (const user of audience?.removed ?? []) {
      this.#io.in(userRoom(tenant, user)).socketsLeave(room);
      this.#listener.left(tenant, user, conversation);
    }
    if (hears) this.#io.to(room).emit('entry:added', { entry });
    this.#listener.arrived(tenant, entry);
    for (const user of audience?.left ?? []) {
      this.#io.in(userRoom(tenant, user)).socketsLeave(room);
      this.#listener.left(tenant, user, conversation);
    }
    for (const user of audience?.held ?? []) if (hears) this.#io.to(room).emit('member:held', { conversation, user, held: true });
    this.#metrics.published('entry');
  }

  #changeHearing({ tenant, conversation, user, held }: HearingPublication): void {
    const room = conversationRoom(tenant, conversation);
    const devices = this.#io.in(userRoom(tenant, user));
    if (held) {
      devices.socketsLeave(room);
      this.#listener.left(tenant, user, conversation);
    }
    if (this.#listener.hears(tenant)) this.#io.to(room).except(userRoom(tenant, user)).emit('member:held', { conversation, user, held });
    if (held) return;
    devices.socketsJoin(room);
    this.#listener.joined(tenant, user, conversation);
  }

  /** Of one user by revision: within a turn by sorting, over turns by waiting for what is still being read. */
  readonly #flushStates = (): void => {
    const batch = this.#states;
    this.#states = [];
    if (batch.length > 1) batch.sort((a, b) => a.revision - b.revision);
    for (const publication of batch) {
      const { tenant, user, change } = publication;
      if (!this.#listener.reaches(tenant, user)) continue;
      const key = userRoom(tenant, user);
      const before = this.#telling.get(key);
      if (!before && typeof change !== 'function') {
        this.#tell(publication, change);
        continue;
      }
      const read = typeof change === 'function' ? change() : Promise.resolve(change);
      const told = Promise.all([read, before])
        .then(([known]) => this.#tell(publication, known))
        // A summary that cannot be read is missing from the row of revisions: that is what the client asks `session:sync` about.
        .catch(() => before)
        .then(() => {
          if (this.#telling.get(key) === told) this.#telling.delete(key);
        });
      this.#telling.set(key, told);
    }
  };

  #tell({ tenant, user, revision, except }: StatePublication, change: StateChange): void {
    if (!this.#listener.hears(tenant)) return;
    const room = this.#io.to(userRoom(tenant, user));
    (except === undefined ? room : room.except(except)).emit('state:changed', { revision, change });
    this.#metrics.published('state');
  }
}

/** Of one conversation by the number of the entry, and what begins behind an entry after it. */
function placeOf(publication: Publication | HearingPublication): number {
  return 'entry' in publication ? publication.entry.seq : publication.head + 0.5;
}
