import type {
  DigestPublication,
  EntryPublication,
  HearingPublication,
  HiddenPublication,
  Publication,
  StatePublication,
} from '../cluster/publication.js';
import type { PresenceService, TypingService } from '../commands/context.js';
import type { EntryOrder } from './entry-order.js';
import { Latest } from './latest.js';
import type { RevocationWatch } from './revocation-watch.js';
import type { RoomKeeper } from './room-keeper.js';
import { conversationRoom, presenceRoom, userRoom } from './rooms.js';
import type { ParleyIo } from './socket-types.js';
import type { TypingTracker } from './typing.js';

export interface FanoutParts {
  io: ParleyIo;
  rooms: RoomKeeper;
  watch: Pick<RevocationWatch, 'fresh' | 'confirm'>;
  /** Undefined where one node commits everything. */
  order: () => EntryOrder | undefined;
  typing: Pick<TypingTracker, 'arrived'> & Pick<TypingService, 'gone'>;
  presence: Pick<PresenceService, 'choose' | 'settingsChanged'>;
  /** Anything is told to this tenant's users at all (E1). */
  hears: (tenant: string) => boolean;
  revised: (tenant: string, user: string, revision: number) => void;
  /** Puts the connections and the presence of a user where the store says. */
  restore: (tenant: string, user: string) => void;
  /** Something could not be told. */
  missed: () => void;
}

/** The other end of fan-out: what any node committed becomes events and rooms of the connections of this one. */
export class Fanout {
  readonly #parts: FanoutParts;
  /** What this node committed itself and may not tell before it has looked who was revoked. */
  #held: [Publication, boolean][] = [];
  readonly #hearings = new Latest();
  readonly #settings = new Latest();

  constructor(parts: FanoutParts) {
    this.#parts = parts;
  }

  receive(publication: Publication, own: boolean): void {
    if (this.#held.length === 0 && this.#parts.watch.fresh) return this.#apply(publication, own);
    this.#held.push([publication, own]);
    if (this.#held.length > 1) return;
    const release = (tell: boolean) => () => {
      const held = this.#held;
      this.#held = [];
      if (!tell) this.#parts.missed();
      else for (const [waiting, its] of held) this.#apply(waiting, its);
    };
    // What cannot be told is found with the next digest.
    (this.#parts.watch.confirm() ?? Promise.resolve()).then(release(true), release(false));
  }

  /** In the order that the entries have. */
  deliver({ tenant, entry, joined = [], left = [], removed = [], held = [] }: EntryPublication, except: readonly string[] = []): void {
    const { io, rooms, typing } = this.#parts;
    const { conversation } = entry;
    const room = conversationRoom(tenant, conversation);
    const hears = this.#parts.hears(tenant);
    for (const user of joined) {
      io.local.in(userRoom(tenant, user)).socketsJoin(room);
      rooms.joined(tenant, user, conversation);
    }
    for (const user of removed) this.#takeOut(tenant, user, conversation);
    if (hears) (except.length === 0 ? io.local.to(room) : io.local.to(room).except([...except])).emit('entry:added', { entry });
    typing.arrived(tenant, conversation, entry.author);
    for (const user of left) this.#takeOut(tenant, user, conversation);
    for (const user of held) if (hears) io.local.to(room).emit('member:held', { conversation, user, held: true });
  }

  /** Not told. Whom it lets in or puts out is what the store says by now. */
  drop({ tenant, entry, joined = [], left = [], removed = [] }: EntryPublication): void {
    this.#parts.typing.arrived(tenant, entry.conversation, entry.author);
    for (const user of [...joined, ...left, ...removed]) void this.#parts.rooms.align(tenant, user);
  }

  /** When all up to its head was told. */
  hear({ tenant, conversation, user, head, held }: HearingPublication, own: boolean): void {
    const { io, rooms, typing } = this.#parts;
    const room = conversationRoom(tenant, conversation);
    if (held) {
      this.#takeOut(tenant, user, conversation);
      if (!own) typing.gone(tenant, user);
    }
    if (this.#parts.hears(tenant)) io.local.to(room).except(userRoom(tenant, user)).emit('member:held', { conversation, user, held });
    if (held || !io.sockets.adapter.rooms.has(userRoom(tenant, user))) return;
    const order = this.#parts.order();
    // The others were told already of what came behind: where they stand now, the store says.
    if (order?.hasReached(room, head + 1)) return void rooms.align(tenant, user);
    if (!io.sockets.adapter.rooms.has(room)) order?.opened(room, head);
    io.local.in(userRoom(tenant, user)).socketsJoin(room);
    rooms.joined(tenant, user, conversation);
  }

  tellHead(tenant: string, conversation: string, head: number): void {
    const { io, hears } = this.#parts;
    if (!hears(tenant)) return;
    for (const id of io.sockets.adapter.rooms.get(conversationRoom(tenant, conversation)) ?? []) {
      const socket = io.sockets.sockets.get(id);
      if (socket?.data.session.held) socket.data.session.passedOver = true;
      else if (socket) socket.emit('heads:digest', { revision: socket.data.session.revision, heads: [{ conversation, head }] });
    }
  }

  #apply(publication: Publication, own: boolean): void {
    switch (publication.type) {
      case 'entry': {
        const order = this.#parts.order();
        if (order) order.add(publication);
        else this.deliver(publication);
        break;
      }
      case 'hearing':
        this.#changeHearing(publication, own);
        break;
      case 'digest':
        this.#tellDigest(publication);
        break;
      case 'state':
        this.#tellState(publication, own);
        break;
      case 'hidden':
        this.#hide(publication);
        break;
    }
  }

  #changeHearing(publication: HearingPublication, own: boolean): void {
    const { tenant, user, revision } = publication;
    if (this.#hearings.isLate(tenant, user, revision)) return this.#parts.restore(tenant, user);
    const order = this.#parts.order();
    if (order) order.hear(publication, own);
    else this.hear(publication, own);
  }

  #takeOut(tenant: string, user: string, conversation: string): void {
    this.#parts.io.local.in(userRoom(tenant, user)).socketsLeave(conversationRoom(tenant, conversation));
    this.#parts.rooms.left(tenant, user, conversation);
  }

  #tellDigest({ tenant, user, revision, heads }: DigestPublication): void {
    const { io, hears } = this.#parts;
    if (hears(tenant)) io.local.to(userRoom(tenant, user)).emit('heads:digest', { revision, heads: [...heads] });
  }

  #tellState({ tenant, user, revision, change, except }: StatePublication, own: boolean): void {
    const { io, hears, revised, presence, rooms } = this.#parts;
    revised(tenant, user, revision);
    const room = io.local.to(userRoom(tenant, user));
    if (hears(tenant)) (except === undefined ? room : room.except(except)).emit('state:changed', { revision, change });
    const isLate = change.type === 'settings' && this.#settings.isLate(tenant, user, revision);
    // Where it is its own, the command has chosen already what somebody has chosen otherwise since.
    if (isLate) return this.#parts.restore(tenant, user);
    if (own) return;
    if (change.type === 'settings') {
      const { availability, statusMessages } = change.settings;
      presence.settingsChanged(tenant, user, change.settings);
      presence.choose(tenant, user, availability, statusMessages[availability]);
    }
    // The entry that let them in may have been lost, and this was not.
    const here = io.sockets.adapter.rooms.has(userRoom(tenant, user));
    if (here && change.type === 'conversation' && change.conversation.active && !rooms.holds(tenant, user, change.conversation.id))
      void rooms.align(tenant, user);
  }

  #hide({ tenant, viewer, user }: HiddenPublication): void {
    this.#parts.io.local.in(userRoom(tenant, viewer)).socketsLeave(presenceRoom(tenant, user));
  }
}
