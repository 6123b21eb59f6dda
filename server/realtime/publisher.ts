import type { Entry, Marks, StateChange } from '#protocol';
import type { Cluster } from '../cluster/cluster.js';
import type { DigestPublication, EntryPublication, HearingPublication } from '../cluster/publication.js';
import type { AudienceChange, Publisher } from '../commands/context.js';
import type { Disturbance } from '../storage/storage.js';
import type { Metrics } from '../metrics.js';
import type { Session } from './session.js';
import { conversationRoom, userRoom } from './rooms.js';
import type { ParleyIo } from './socket-types.js';

/** A change of state on its way, which may have to be read first. */
interface StateToTell {
  tenant: string;
  user: string;
  revision: number;
  change: StateChange | (() => Promise<StateChange>);
  except: string | undefined;
}

/** What the publisher asks of what this node knows. */
export interface PublisherParts {
  io: ParleyIo;
  cluster: Pick<Cluster, 'publish'>;
  metrics: Pick<Metrics, 'published'>;
  /** Anything is told to this tenant's users at all (E1). */
  hears(tenant: string): boolean;
  /** Anybody would hear what is told to this user, on any node; here before `session:started` too. */
  reaches(tenant: string, user: string): boolean;
  revised(tenant: string, user: string, revision: number): void;
}

/**
 * Fan-out, from the commit to the cluster. Entries wait until the turn is over: the acknowledgements of the same commit go out first,
 * and the entries of a conversation go out by their number whatever way they took through the handlers.
 */
export class RoomPublisher implements Publisher {
  readonly #parts: PublisherParts;
  #waiting: (EntryPublication | HearingPublication)[] = [];
  #digests: DigestPublication[] = [];
  #states: StateToTell[] = [];
  /** Users to whom a change is told that is still being read: what comes after it waits. */
  readonly #telling = new Map<string, Promise<void>>();

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  entryAdded(tenant: string, entry: Entry, audience: AudienceChange = {}): void {
    this.#await({ type: 'entry', tenant, entry, ...audience });
  }

  disturbanceChanged(tenant: string, user: string, revision: number, { held, conversations, behind }: Disturbance): void {
    for (const { conversation, head } of conversations) this.#await({ type: 'hearing', tenant, user, revision, conversation, head, held });
    if (!held && conversations.length > 0) this.#digests.push({ type: 'digest', tenant, user, revision, heads: behind });
  }

  stateChanged(tenant: string, user: string, revision: number, change: StateChange | (() => Promise<StateChange>), except?: Session): void {
    this.#parts.revised(tenant, user, revision);
    this.#states.push({ tenant, user, revision, change, except: except?.socketId });
    if (this.#states.length === 1) process.nextTick(this.#flushStates);
  }

  receiptMoved(tenant: string, conversation: string, user: string, marks: Marks): void {
    if (!this.#parts.hears(tenant)) return;
    this.#othersIn(tenant, conversation, user).emit('receipt:moved', { conversation, user, marks });
    this.#parts.metrics.published('receipt');
  }

  typingChanged(tenant: string, conversation: string, user: string, active: boolean): void {
    if (!this.#parts.hears(tenant)) return;
    this.#othersIn(tenant, conversation, user).emit('typing:changed', { conversation, user, active });
    this.#parts.metrics.published('typing');
  }

  presenceHidden(tenant: string, viewer: string, user: string): void {
    this.#parts.cluster.publish([{ type: 'hidden', tenant, viewer, user }]);
  }

  /** On every node. */
  #othersIn(tenant: string, conversation: string, user: string) {
    return this.#parts.io.to(conversationRoom(tenant, conversation)).except(userRoom(tenant, user));
  }

  #await(publication: EntryPublication | HearingPublication): void {
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
    this.#parts.cluster.publish(digests.length === 0 ? batch : [...batch, ...digests]);
    for (const { type } of batch) if (type === 'entry') this.#parts.metrics.published('entry');
  };

  /** Of one user by revision: within a turn by sorting, over turns by waiting for what is still being read. */
  readonly #flushStates = (): void => {
    const batch = this.#states;
    this.#states = [];
    if (batch.length > 1) batch.sort((a, b) => a.revision - b.revision);
    for (const publication of batch) {
      const { tenant, user, change } = publication;
      if (!this.#parts.reaches(tenant, user)) continue;
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

  #tell({ tenant, user, revision, except }: StateToTell, change: StateChange): void {
    if (!this.#parts.hears(tenant)) return;
    this.#parts.cluster.publish([{ type: 'state', tenant, user, revision, change, ...(except === undefined ? {} : { except }) }]);
    this.#parts.metrics.published('state');
  }
}

/** Of one conversation by the number of the entry, and what begins behind an entry after it. */
function placeOf(publication: EntryPublication | HearingPublication): number {
  return publication.type === 'entry' ? publication.entry.seq : publication.head + 0.5;
}
