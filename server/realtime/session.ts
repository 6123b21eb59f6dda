import { LIMITS, ParleyError } from '#protocol';
import type { Person, Policies, PredefinedMessage, SessionInfo } from '#protocol';
import type { Caller } from '../commands/context.js';
import type { Rights } from '../domain/policies.js';
import type { PersonRecord } from '../storage/directory-storage.js';
import type { SignInRecord } from '../storage/storage.js';
import type { Arrival } from './arrivals.js';
import type { Identity } from './identity.js';
import { presenceRoom } from './rooms.js';
import type { ParleySocket } from './socket-types.js';

/** What a session asks of the server around it. */
export interface SessionHost {
  /** @throws TokenRefused, or RATE_LIMITED after many refusals of the address. */
  verify(token: string, address: string): Promise<Identity>;
  /** Keeps in the directory what a token says of its user, and gives what the directory says. @throws DEACTIVATED, or TokenRefused for a token of before they were revoked. */
  remember(identity: Identity): Promise<PersonRecord>;
  policiesOf(tenant: string, rights: Rights): Policies;
  predefinedOf(tenant: string): readonly PredefinedMessage[];
  signedOut(session: Session): void;
  /** A token of somebody else was shown: for the audit. */
  foreignToken(session: Session): void;
  now(): number;
}

/** What was read to let a connection in. */
export interface Entry {
  arrival: Arrival;
  read: SignInRecord;
  /** What the directory says of the user. */
  record: PersonRecord;
}

/** One signed-in connection. There is one for every socket, so it holds no more than it must. */
export class Session implements Caller {
  readonly tenant: string;
  readonly user: string;
  readonly device: string;
  readonly auditor: boolean;
  person: Person;
  /** When the token was made, ms UTC: a revocation that is later ends this connection. */
  issuedAt: number;
  /** When the token ends, ms UTC. */
  expiresAt: number;
  /** `session:expiring` was sent for this token. */
  noticed = false;
  /** The newest revision of the user's state that this node knows. */
  revision = 0;
  /** The epoch and revision that the client came with; forgotten once `session:started` is sent. */
  held: { epoch: string | undefined; revision: number | undefined } | undefined;
  /** Forgotten once the connection is in. */
  entry: Entry | undefined;
  /** Conversations that the user left while the rooms of this connection were being read; they must not be joined after all. */
  leftMeanwhile: Set<string> | undefined = new Set();
  /** Counted among the devices of its user. */
  present = false;
  signedOff = false;
  /** It was ended for what its user may not any more: what still waits to be done for it is not done. */
  over = false;
  /** A digest came before `session:started` and will not come again (SPEC H1): what was read until then may be older than what it said. */
  passedOver = false;
  /** Admission of the last command that is not admitted yet: the next one waits for it, so that commands keep their order (SPEC D7). */
  admitting: Promise<void> | undefined;

  readonly #host: SessionHost;
  readonly #socket: ParleySocket;
  readonly #address: string;
  #rights: Rights;

  constructor(
    host: SessionHost,
    socket: ParleySocket,
    identity: Identity,
    entry: Entry,
    given: { device: string; address: string; epoch: string | undefined; revision: number | undefined },
  ) {
    this.#host = host;
    this.#socket = socket;
    this.#address = given.address;
    this.tenant = identity.tenant;
    this.user = identity.person.id;
    this.auditor = identity.auditor;
    this.entry = entry;
    this.person = entry.record.person;
    this.#rights = { claim: identity.initiate, directory: entry.record.initiate, admin: identity.admin, auditor: identity.auditor };
    this.issuedAt = identity.issuedAt;
    this.expiresAt = identity.expiresAt;
    this.device = given.device;
    this.held = { epoch: given.epoch, revision: given.revision };
  }

  get socketId(): string {
    return this.#socket.id;
  }

  /** What holds for this user now; the same object until it changes. */
  get policies(): Policies {
    return this.#host.policiesOf(this.tenant, this.#rights);
  }

  get info(): SessionInfo {
    return {
      user: this.person,
      tenant: this.tenant,
      expiresAt: this.expiresAt,
      now: this.#host.now(),
      policies: this.policies,
      predefined: [...this.#host.predefinedOf(this.tenant)],
    };
  }

  async refresh(token: string): Promise<SessionInfo> {
    const identity = await this.#host.verify(token, this.#address);
    // As an auditor the same person is another one: they hear and may other things.
    if (identity.tenant !== this.tenant || identity.person.id !== this.user || identity.auditor !== this.auditor) {
      this.#host.foreignToken(this);
      // After the answer is on its way.
      setImmediate(() => this.end('refused'));
      throw new ParleyError('WRONG_USER');
    }
    const record = await this.#host.remember(identity);
    this.person = record.person;
    this.#rights = { claim: identity.initiate, directory: record.initiate, admin: identity.admin, auditor: identity.auditor };
    this.issuedAt = identity.issuedAt;
    this.expiresAt = identity.expiresAt;
    this.noticed = false;
    return this.info;
  }

  signOut(): void {
    if (this.signedOff) return;
    this.signedOff = true;
    this.#host.signedOut(this);
    setImmediate(() => this.#socket.disconnect(true));
  }

  watch(users: readonly string[]): void {
    // A room that is joined after the disconnect would keep the connection for ever.
    if (!this.#socket.connected) return;
    const rooms = [...new Set(users)].map((user) => presenceRoom(this.tenant, user)).filter((room) => !this.#socket.rooms.has(room));
    if (this.#watched().length + rooms.length > LIMITS.presenceWatches)
      throw new ParleyError('INVALID', `More than ${LIMITS.presenceWatches} people watched`);
    void this.#socket.join(rooms);
  }

  unwatch(users: readonly string[]): void {
    for (const user of users) void this.#socket.leave(presenceRoom(this.tenant, user));
  }

  unwatchAll(): void {
    for (const room of this.#watched()) void this.#socket.leave(room);
  }

  /** What the directory says of this user from now on; true when it is something else than before. */
  know(record: PersonRecord): boolean {
    const before = JSON.stringify([this.person, this.#rights.directory]);
    this.person = record.person;
    this.#rights = { ...this.#rights, directory: record.initiate };
    return JSON.stringify([this.person, this.#rights.directory]) !== before;
  }

  /** Tells the client what holds from now on; one that has not been told anything yet hears it with `session:started`. */
  changed(): void {
    if (!this.held) this.#socket.emit('session:changed', { session: this.info });
  }

  expiring(): void {
    this.noticed = true;
    this.#socket.emit('session:expiring', { expiresAt: this.expiresAt });
  }

  /** From the rooms, which the server may leave on its own: a count beside them would not follow. */
  #watched(): string[] {
    const prefix = presenceRoom(this.tenant, '');
    return [...this.#socket.rooms].filter((room) => room.startsWith(prefix));
  }

  /** Tells the client why, then closes. */
  end(reason: 'expired' | 'revoked' | 'replaced' | 'shutdown' | 'refused'): void {
    this.over ||= reason !== 'shutdown';
    this.#socket.emit('session:ended', { reason });
    this.#socket.disconnect(true);
  }
}
