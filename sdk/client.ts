import { BehaviorSubject, distinctUntilChanged, Observable, Subscription } from 'rxjs';
import { ParleyError } from '#protocol';
import type { Parley, ParleyOptions, Session, TokenProvider } from './api.js';
import { environment } from './environment.js';
import type { Environment } from './environment.js';
import type { HostItems } from './host/host-context.js';
import { HostRegistry } from './host/host-items.js';
import { LiveSession } from './session.js';
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
    // By hand, because switchMap brings a third of rxjs with it: 2 kB of what every host page pays.
    const values$ = new Observable<T>((subscriber) => {
      let inner = new Subscription();
      const outer = this.#session.subscribe({
        next: (session) => {
          inner.unsubscribe();
          inner = new Subscription();
          if (session)
            inner.add(project(session).subscribe({ next: (value) => subscriber.next(value), error: (error) => subscriber.error(error) }));
          else subscriber.next(otherwise);
        },
        complete: () => subscriber.complete(),
      });
      return () => {
        inner.unsubscribe();
        outer.unsubscribe();
      };
    });
    return values$.pipe(distinctUntilChanged());
  }

  connect(): Promise<Session> {
    if (this.#disposed) return Promise.reject(new ParleyError('SESSION_ENDED'));
    if (this.#live && this.#live.connection.state.state !== 'ended') {
      this.#live.connection.retryNow();
      return this.#live.ready;
    }
    this.#throwAway('user-ended');
    this.#live = this.#start();
    return this.#live.ready;
  }

  switchUser(token: TokenProvider): Promise<Session> {
    this.#throwAway('user-switched');
    // A host without types may give the token itself, which would be asked for for ever.
    if (typeof token !== 'function') return Promise.reject(new ParleyError('INVALID', 'the token provider must be a function'));
    this.#token = token;
    return this.connect();
  }

  async end({ reason }: { reason?: string } = {}): Promise<void> {
    this.#throwAway(REASONS.find((known) => known === reason) ?? 'user-ended');
  }

  dispose(): void {
    this.#throwAway('user-ended');
    this.#disposed = true;
    this.#host.dispose();
    this.#session.complete();
    this.#connection.complete();
  }

  #start(): Live {
    const connection = new ServerConnection({ ...this.#options, token: this.#token }, this.#environment);
    const told = {
      started: () => this.#live?.connection === connection && this.session !== session && this.#session.next(session),
      ended: () => this.#live?.connection === connection && this.#refused(connection.state.reason),
    };
    const gone = (id: string) => session.close(id);
    const state = new ServerState(connection, { started: () => void told.started(), ended: () => void told.ended(), gone });
    const session = new LiveSession(state, connection, this.#environment, () => this.#host.call);
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
    // Told after this function has returned: until then the session before is the current one.
    queueMicrotask(() => {
      if (this.#live?.connection !== connection) return;
      connection.start(state);
      connection.state$.subscribe((now) => this.#live?.connection === connection && this.#connection.next(now));
    });
    return { connection, session, ready };
  }

  /** The server ended it. Too old is no reason to take away what somebody was typing; everything else is. */
  #refused(reason: ConnectionReason): void {
    if (reason !== 'client-too-old' && reason !== 'server-too-old') this.#throwAway(reason);
  }

  /** Masks first, then takes apart: no reader sees a half-emptied session (reliability G14). */
  #throwAway(reason: ConnectionReason): void {
    const live = this.#live;
    if (!live) return;
    this.#live = null;
    if (this.session) this.#session.next(null);
    live.connection.end(reason);
    this.#connection.next(live.connection.state);
    live.session.dispose();
    // A call is one user's, too.
    this.#host.setCall(null);
    this.#host.refresh();
  }
}
