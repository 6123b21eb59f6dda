import { LIMITS, ParleyError } from '#protocol';
import type { Person, Policies, SessionInfo } from '#protocol';
import type { Caller } from '../commands/context.js';
import type { Identity } from './identity.js';
import { presenceRoom } from './rooms.js';
import type { ParleySocket } from './socket-types.js';

/** What a session asks of the server around it. */
export interface SessionHost {
  /** @throws TokenRefused, or RATE_LIMITED after many refusals of the address. */
  verify(token: string, address: string): Promise<Identity>;
  /** Keeps in the directory what a token says of its user. */
  remember(tenant: string, person: Person): Promise<void>;
  signedOut(session: Session): void;
  /** A token of somebody else was shown: for the audit. */
  foreignToken(session: Session): void;
  now(): number;
}

/** One signed-in connection. There is one for every socket, so it holds no more than it must. */
export class Session implements Caller {
  readonly tenant: string;
  readonly user: string;
  readonly device: string;
  readonly policies: Policies;
  person: Person;
  /** When the token ends, ms UTC. */
  expiresAt: number;
  /** `session:expiring` was sent for this token. */
  noticed = false;
  /** The newest revision of the user's state that this node knows. */
  revision = 0;
  /** The epoch and revision that the client came with; forgotten once `session:started` is sent. */
  held: { epoch: string | undefined; revision: number | undefined } | undefined;
  /** Conversations that the user left while the rooms of this connection were being read; they must not be joined after all. */
  leftMeanwhile: Set<string> | undefined = new Set();
  /** Counted among the devices of its user. */
  present = false;
  signedOff = false;
  /** Admission of the last command that is not admitted yet: the next one waits for it, so that commands keep their order (SPEC D7). */
  admitting: Promise<void> | undefined;

  readonly #host: SessionHost;
  readonly #socket: ParleySocket;
  readonly #address: string;
  #watched = 0;

  constructor(
    host: SessionHost,
    socket: ParleySocket,
    identity: Identity,
    given: { device: string; address: string; storedLabels: boolean; epoch: string | undefined; revision: number | undefined },
  ) {
    this.#host = host;
    this.#socket = socket;
    this.#address = given.address;
    this.tenant = identity.tenant;
    this.user = identity.person.id;
    this.person = identity.person;
    this.expiresAt = identity.expiresAt;
    this.device = given.device;
    this.policies = {
      enabled: true,
      initiate: identity.initiate,
      join: 'direct',
      dnd: 'hold',
      presence: 'open',
      visibleDays: null,
      export: { allowed: true, mail: false, domains: [] },
      previewText: false,
      admin: false,
      storedLabels: given.storedLabels,
    };
    this.held = { epoch: given.epoch, revision: given.revision };
  }

  get socketId(): string {
    return this.#socket.id;
  }

  get info(): SessionInfo {
    return {
      user: this.person,
      tenant: this.tenant,
      expiresAt: this.expiresAt,
      now: this.#host.now(),
      policies: this.policies,
      predefined: [],
    };
  }

  async refresh(token: string): Promise<SessionInfo> {
    const identity = await this.#host.verify(token, this.#address);
    if (identity.tenant !== this.tenant || identity.person.id !== this.user) {
      this.#host.foreignToken(this);
      // After the answer is on its way.
      setImmediate(() => this.end('refused'));
      throw new ParleyError('WRONG_USER');
    }
    await this.#host.remember(this.tenant, identity.person);
    this.person = identity.person;
    this.policies.initiate = identity.initiate;
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
    if (this.#watched + rooms.length > LIMITS.presenceWatches)
      throw new ParleyError('INVALID', `More than ${LIMITS.presenceWatches} people watched`);
    this.#watched += rooms.length;
    void this.#socket.join(rooms);
  }

  unwatch(users: readonly string[]): void {
    for (const user of users) {
      const room = presenceRoom(this.tenant, user);
      if (!this.#socket.rooms.has(room)) continue;
      this.#watched -= 1;
      void this.#socket.leave(room);
    }
  }

  expiring(): void {
    this.noticed = true;
    this.#socket.emit('session:expiring', { expiresAt: this.expiresAt });
  }

  /** Tells the client why, then closes. */
  end(reason: 'expired' | 'revoked' | 'replaced' | 'shutdown' | 'refused'): void {
    this.#socket.emit('session:ended', { reason });
    this.#socket.disconnect(true);
  }
}
