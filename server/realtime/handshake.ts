import { LIMITS, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION, ParleyError, handshake } from '#protocol';
import type { Handshake, Person } from '#protocol';
import { comparableRevision } from '../commands/session.js';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import type { PersonRecord } from '../storage/directory-storage.js';
import type { Storage } from '../storage/storage.js';
import type { Admission } from './admission.js';
import type { Arrivals } from './arrivals.js';
import { TokenRefused } from './identity.js';
import type { Identity, IdentityVerifier } from './identity.js';
import { Session } from './session.js';
import type { Entry, SessionHost } from './session.js';
import type { PolicyBook } from './policy-book.js';
import { RecentMap } from './recent-map.js';
import { userKey } from './rooms.js';
import type { ParleySocket } from './socket-types.js';

/** Whose claims are remembered: a reconnect that says the same again does not take back what the host changed since. */
const REMEMBERED_PEOPLE = 20_000;

/** When to try again with too many connections, in milliseconds: by then the heartbeat has noticed those that are dead. */
const RETRY_CONNECTIONS = 20_000;

export interface HandshakeParts {
  identities: IdentityVerifier;
  admission: Admission;
  storage: Storage;
  metrics: Metrics;
  logger: Logger;
  host: SessionHost;
  policies: PolicyBook;
  arrivals: Arrivals;
  /** Connections of one user at most; 0: no limit. */
  userConnections: number;
  connectionsOf(tenant: string, user: string): number;
}

/** The Socket.IO middleware that lets a connection in, or says with a code why not: `err.data` is a WireError. */
export class HandshakeGate {
  readonly #parts: HandshakeParts;
  readonly #people = new RecentMap<string, string>(REMEMBERED_PEOPLE);
  /** Connections that are let in just now, by user. */
  readonly #entering = new Map<string, Set<ParleySocket>>();

  constructor(parts: HandshakeParts) {
    this.#parts = parts;
  }

  /** Gives the socket its session. The token is not kept anywhere. */
  async admit(socket: ParleySocket, address: string): Promise<void> {
    const auth: unknown = socket.handshake.auth;
    socket.handshake.auth = {};
    socket.handshake.headers = {};
    try {
      await this.#parts.admission.checkRefusals(address);
      const given = parseHandshake(auth);
      const identity = await this.#parts.identities.verify(given.token);
      if (given.as !== undefined && given.as !== identity.person.id) throw new ParleyError('WRONG_USER');
      const { policies } = await this.#parts.policies.read(identity.tenant);
      const entry = await this.#enter(socket, identity, comparableRevision(this.#parts.storage.epoch, policies, identity, given));
      socket.data.session = new Session(this.#parts.host, socket, identity, entry, {
        device: given.device,
        address,
        epoch: given.epoch,
        revision: given.revision,
      });
    } catch (error) {
      throw this.#refused(error, address);
    }
  }

  async #enter(socket: ParleySocket, identity: Identity, held: number | undefined): Promise<Entry> {
    const { arrivals } = this.#parts;
    const leave = this.#takePlace(socket, identity);
    const arrival = arrivals.begin();
    try {
      return { arrival, ...(await this.#read(identity, held)) };
    } finally {
      // Nothing else is waited for on the way in, so the connection is in its rooms before this turn of the event loop is over.
      setImmediate(() => {
        arrivals.end(arrival);
        leave();
      });
    }
  }

  /** What the store says of them, once it says what their token says. */
  async #read(identity: Identity, held: number | undefined): Promise<Omit<Entry, 'arrival'>> {
    const { tenant, person, auditor } = identity;
    const ask = () => this.#parts.storage.signIn(tenant, person.id, { limit: LIMITS.listPage, held });
    let read = await ask();
    if (this.#isNews(identity, read.person, read.tokensSince)) {
      await this.#keep(identity);
      read = await ask();
    }
    if (auditor) return { read, record: { person, initiate: false, active: true } };
    if (!read.person?.active) throw new ParleyError('DEACTIVATED');
    return { read, record: read.person };
  }

  /**
   * A valid token is no licence to fill the memory: each connection holds rooms and buffers. Those on the way in count, or as many as begin
   * at once would all find room. Gives what to call when it is in its rooms, or is not let in.
   */
  #takePlace(socket: ParleySocket, { tenant, person }: Identity): () => void {
    const { userConnections } = this.#parts;
    const key = userKey(tenant, person.id);
    const entering = this.#entering.get(key) ?? new Set<ParleySocket>();
    // Those that are in their rooms already and were not told to leave here are counted there.
    const others = [...entering].filter(({ connected }) => !connected).length;
    if (userConnections > 0 && this.#parts.connectionsOf(tenant, person.id) + others >= userConnections)
      throw new ParleyError('RATE_LIMITED', `More than ${userConnections} connections of one user`, RETRY_CONNECTIONS);
    this.#entering.set(key, entering.add(socket));
    return () => {
      entering.delete(socket);
      if (entering.size === 0) this.#entering.delete(key);
    };
  }

  /**
   * The directory is filled from the claims at sign-in (design 4). A claim that a token leaves out says nothing about the person, and a
   * token that is refused says nothing at all. An auditor leaves no trace there: nobody finds them, or adds them to anything.
   */
  async remember(identity: Identity): Promise<PersonRecord> {
    const { storage } = this.#parts;
    const { tenant, person, auditor } = identity;
    const [[known = null], since] = await Promise.all([storage.personRecords(tenant, [person.id]), storage.tokensSince(tenant, person.id)]);
    const isNews = this.#isNews(identity, known, since);
    if (auditor) return { person, initiate: false, active: true };
    if (known && !isNews) return known;
    await this.#keep(identity);
    const [record] = await storage.personRecords(tenant, [person.id]);
    if (!record?.active) throw new ParleyError('DEACTIVATED');
    return record;
  }

  /** Whether the directory must learn something of a token; one that it refuses is thrown out. */
  #isNews({ tenant, person, issuedAt, auditor }: Identity, known: PersonRecord | null, since: number): boolean {
    if (known && !known.active) throw new ParleyError('DEACTIVATED');
    if (issuedAt <= since) throw new TokenRefused('revoked');
    if (auditor || (known && this.#people.get(userKey(tenant, person.id)) === JSON.stringify(person))) return false;
    if (!known || !says(known.person, person)) return true;
    this.#remember(tenant, person);
    return false;
  }

  async #keep({ tenant, person }: Identity): Promise<void> {
    await this.#parts.storage.putPeople(tenant, [person], 'kept');
    this.#remember(tenant, person);
  }

  #remember(tenant: string, person: Person): void {
    this.#people.set(userKey(tenant, person.id), JSON.stringify(person));
  }

  #refused(error: unknown, address: string): ParleyError {
    const coded = error instanceof ParleyError ? error : new ParleyError('INTERNAL');
    if (coded !== error) this.#parts.logger.error({ err: error }, 'handshake failed');
    this.#parts.metrics.authenticationFailures.inc({ reason: error instanceof TokenRefused ? error.fault : coded.code.toLowerCase() });
    if (coded.code === 'UNAUTHENTICATED' || coded.code === 'WRONG_USER') this.#parts.admission.countRefusal(address);
    return coded;
  }
}

/** Whether the directory says all that a token claims. */
function says(known: Person, claimed: Person): boolean {
  return (Object.keys(claimed) as (keyof Person)[]).every((field) => claimed[field] === known[field]);
}

/** The version first: a newer client may well have another shape of handshake. */
function parseHandshake(auth: unknown): Handshake {
  const protocol = typeof auth === 'object' && auth !== null && 'protocol' in auth ? auth.protocol : undefined;
  if (typeof protocol === 'number' && protocol < OLDEST_PROTOCOL_VERSION) throw new ParleyError('CLIENT_TOO_OLD');
  if (typeof protocol === 'number' && protocol > PROTOCOL_VERSION) throw new ParleyError('SERVER_TOO_OLD');
  const parsed = handshake.safeParse(auth);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0]?.path[0];
  throw first === undefined || first === 'token'
    ? new TokenRefused('malformed')
    : new ParleyError('INVALID', `The handshake's ${String(first)} has the wrong shape`);
}
