import { BehaviorSubject, distinctUntilChanged } from 'rxjs';
import type { Observable } from 'rxjs';
import { ParleyError } from '#protocol';
import type { Parley, ParleyOptions, Session, TokenProvider } from './api.js';
import { environment } from './environment.js';
import type { Environment, OtherTabs } from './environment.js';
import type { HostItems } from './host/host-context.js';
import { HostRegistry } from './host/host-items.js';
import { LiveSession } from './session.js';
import { following } from './stores/following.js';
import { ServerState } from './stores/server-state.js';
import { REASONS } from './transport/reasons.js';
import type { Connection, ConnectionReason } from './transport/reasons.js';
import { ServerConnection } from './transport/server-connection.js';

/** Makes the client of one page. It does not connect by itself: `connect()` does. Throws `INVALID` for a `server` that is no address. */
export function createParley(options: ParleyOptions): Parley {
  return new Client(options);
}

/** What lives and dies with one user. */
interface Live {
  connection: ServerConnection;
  session: LiveSession;
  ready: Promise<Session>;
}

class Client implements Parley {
  readonly server: string;
  readonly session$: Observable<Session | null>;
  readonly connection$: Observable<Connection>;

  readonly #options: ParleyOptions;
  readonly #environment: Environment;
  readonly #host: HostRegistry;
  readonly #session = new BehaviorSubject<Session | null>(null);
  readonly #connection = new BehaviorSubject<Connection>({ state: 'idle', reason: 'start' });
  #token: TokenProvider;
  #live: Live | null = null;
  /** What is left of the session while it is locked. */
  #locked: LiveSession | null = null;
  /** Whose session it is, and their other tabs: what is ended or locked in one is in all (reliability 6.1). */
  #who = '';
  #tabs: OtherTabs | null = null;
  /** Locked because the browser put the page away, and not by anybody. */
  #away = false;
  readonly #stop: (() => void)[];
  #disposed = false;

  constructor(options: ParleyOptions) {
    if (!/^https?:/i.test(options.server) || !URL.canParse(options.server))
      throw new ParleyError('INVALID', 'server is not an address that begins with http:// or https://');
    this.server = options.server;
    this.#options = options;
    this.#token = options.token;
    this.#environment = { ...environment, ...options.environment };
    this.#host = new HostRegistry(options.host ?? {}, this.#environment);
    this.session$ = this.#session.asObservable();
    this.connection$ = this.#connection.asObservable();
    // A page that comes back from there would show what it showed, whoever is signed in by then (attack 68).
    this.#stop = [
      this.#environment.onPage('pagehide', () => {
        const away = !this.#locked;
        this.#throwAway('user-locked');
        this.#away = away;
      }),
      this.#environment.onPage('pageshow', () => void (this.#away && this.#unlock().catch(() => {}))),
    ];
  }

  get session(): Session | null {
    return this.#session.value;
  }

  get connection(): Connection {
    return this.#connection.value;
  }

  get host(): HostItems {
    return this.#host;
  }

  select<T>(project: (session: Session) => Observable<T>, otherwise: T): Observable<T> {
    return following(this.#session, project, () => otherwise).pipe(distinctUntilChanged());
  }

  connect(): Promise<Session> {
    if (this.#live && this.#live.connection.state.state !== 'ended') {
      this.#live.connection.retryNow();
      return this.#live.ready;
    }
    if (this.#disposed || this.#locked) return Promise.reject(new ParleyError('SESSION_ENDED'));
    this.#throwAway('user-ended');
    return this.#start();
  }

  switchUser(token: TokenProvider): Promise<Session> {
    this.#tellAndThrowAway('user-switched');
    // A host without types may give the token itself, which would be asked for for ever.
    if (typeof token !== 'function') return Promise.reject(new ParleyError('INVALID', 'the token provider must be a function'));
    this.#token = token;
    return this.connect();
  }

  async end({ reason }: { reason?: string } = {}): Promise<void> {
    this.#tellAndThrowAway(REASONS.find((known) => known === reason) ?? 'user-ended');
  }

  lock(): void {
    this.#tellAndThrowAway('user-locked');
  }

  unlock(): Promise<Session> {
    if (this.#locked) this.#tabs?.tell('unlock');
    return this.#unlock();
  }

  dispose(): void {
    this.#throwAway('user-ended');
    this.#disposed = true;
    for (const stop of this.#stop) stop();
    this.#host.dispose();
    this.#session.complete();
    this.#connection.complete();
  }

  #start(): Promise<Session> {
    const connection = new ServerConnection({ ...this.#options, token: this.#token }, this.#environment);
    const told = {
      started: (key: string | undefined) => this.#live?.connection === connection && this.#admitted(session, key),
      ended: () => this.#live?.connection === connection && this.#refused(connection.state.reason),
    };
    const gone = (id: string) => session.close(id);
    const { started, ended } = told;
    const state = new ServerState(connection, { started: (key) => void started(key), ended: () => void ended(), gone });
    const session = new LiveSession(state, connection, this.#environment, () => this.#host.call, this.#locked);
    const ready = new Promise<Session>((resolve, reject) => {
      connection.state$.subscribe({
        next: (now) => {
          if (now.state === 'ready') resolve(session);
          if (now.state === 'ended') reject(now.error ?? new ParleyError('SESSION_ENDED'));
        },
      });
    });
    // Whoever calls connect() hears it; whoever only watches connection$ need not.
    ready.catch(() => {});
    this.#live = { connection, session, ready };
    // Told after this function has returned: until then the session before is the current one.
    queueMicrotask(() => {
      if (this.#live?.connection !== connection) return;
      connection.start(state);
      connection.state$.subscribe((now) => this.#live?.connection === connection && this.#connection.next(now));
    });
    return ready;
  }

  /** The server knows who it is. Another than whose session was locked sees nothing of it, nor of their own: the host is in between. */
  #admitted(session: LiveSession, key: string | undefined): void {
    const { tenant, user } = session.info;
    const who = JSON.stringify([this.server, tenant, user.id]);
    if (this.#locked && this.#who && this.#who !== who) return this.#throwAway('token-refused', new ParleyError('WRONG_USER'));
    void session.keep(key);
    this.#locked = null;
    this.#who = who;
    this.#tabs ??= this.#environment.tabs.join(`parley session ${who}`, (word) => {
      const reason = REASONS.find((known) => known === word);
      if (reason) this.#throwAway(reason);
      else if (word === 'unlock') this.#unlock().catch(() => {});
    });
    if (this.session !== session) this.#session.next(session);
  }

  #unlock(): Promise<Session> {
    if (this.#live) return this.#live.ready;
    return this.#locked ? this.#start() : Promise.reject(new ParleyError('SESSION_ENDED'));
  }

  /** The server ended it. Too old is no reason to take away what somebody was typing; everything else is. */
  #refused(reason: ConnectionReason): void {
    if (reason !== 'client-too-old' && reason !== 'server-too-old') this.#throwAway(reason);
  }

  #tellAndThrowAway(reason: ConnectionReason): void {
    this.#tabs?.tell(reason);
    this.#throwAway(reason);
  }

  /** Masks first, then takes apart: no reader sees a half-emptied session (reliability G14). */
  #throwAway(reason: ConnectionReason, error?: ParleyError): void {
    const live = this.#live;
    const lock = reason === 'user-locked';
    this.#away = false;
    if (!live && (lock || !this.#locked)) return;
    this.#live = null;
    if (this.session) this.#session.next(null);
    live?.connection.end(reason, error);
    this.#connection.next({ ...live?.connection.state, state: 'ended', reason });
    if (lock) {
      live?.session.lock();
      this.#locked ??= live?.session ?? null;
    } else {
      live?.session.dispose();
      this.#locked?.dispose();
      this.#locked = null;
      this.#who = '';
      this.#tabs?.close();
      this.#tabs = null;
    }
    // A call is one user's, too.
    this.#host.setCall(null);
    this.#host.refresh();
  }
}
