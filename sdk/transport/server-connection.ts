import { BehaviorSubject } from 'rxjs';
import type { Observable } from 'rxjs';
import { events, LIMITS, ParleyError, PROTOCOL_VERSION, TIMES } from '#protocol';
import type { CommandInput, CommandName, CommandReply, EventName, EventPayload } from '#protocol';
import type { ParleyOptions, TokenReason } from '../api.js';
import type { Environment } from '../environment.js';
import { newId } from '../new-id.js';
import type { Wire } from '../stores/wire.js';
import { backoff } from './backoff.js';
import { Calls, readError } from './calls.js';
import type { ConnectionListener } from './connection-listener.js';
import { Fallback } from './fallback.js';
import { insist } from './insist.js';
import { CLOSED, ENDED, REFUSED } from './reasons.js';
import type { Connection, ConnectionReason, Verdict } from './reasons.js';
import { Timers } from './timers.js';
import { TokenSource } from './token-source.js';
import type { Transport } from './transport.js';

const RESTLESS = new Set<CommandName>(['session:heads', 'session:sync']);

/**
 * The connection of one user, from the first attempt to the end: a new transport for each attempt, and nothing of it is
 * ever used for another user. This file is the state machine; what a refusal means is data in reasons.ts.
 */
export class ServerConnection implements Wire {
  readonly state$: Observable<Connection>;
  /** Malformed events that were dropped: for tests and for whoever asks why nothing is shown. */
  malformed = 0;

  readonly #state = new BehaviorSubject<Connection>({ state: 'idle', reason: 'start' });
  readonly #options: ParleyOptions;
  readonly #environment: Environment;
  #listener!: ConnectionListener;
  readonly #tokens: TokenSource;
  readonly #calls: Calls;
  readonly #fallback: Fallback;
  readonly #device = newId();
  readonly #timers: Timers;
  readonly #page: (() => void)[];
  #transport: Transport | null = null;
  /** Raised with every attempt and at the end, so that what belongs to an earlier one is recognised. */
  #generation = 0;
  #failures = 0;
  #user = '';
  #accepted = false;
  #probing = false;
  #early: [EventName, unknown][] = [];
  #verdict: Verdict | null = null;
  #cancelRetry = () => {};
  #tokenReason: TokenReason = 'connect';

  constructor(options: ParleyOptions, environment: Environment) {
    this.#options = options;
    this.#environment = environment;
    this.#tokens = new TokenSource(options.token, environment);
    this.#calls = new Calls(environment);
    this.#fallback = new Fallback(options.transports ?? ['websocket', 'polling'], environment);
    this.#timers = new Timers(environment);
    this.state$ = this.#state.asObservable();
    this.#page = [
      environment.onPage('online', () => (this.#state.value.state === 'waiting' ? this.#attempt() : this.#probe())),
      environment.onPage('offline', () => this.#probe()),
      environment.onPage('focus', () => this.#probe()),
      environment.onPage('visible', () => this.#probe()),
    ];
  }

  get state(): Connection {
    return this.#state.value;
  }

  get user(): string {
    return this.#user;
  }

  get connected(): boolean {
    return this.#accepted && this.#transport?.connected === true;
  }

  now(): number {
    return this.#environment.now();
  }

  random(): number {
    return this.#environment.random();
  }

  later(ms: number, act: () => void): () => void {
    return this.#timers.later(ms, act);
  }

  start(listener: ConnectionListener): void {
    this.#listener = listener;
    if (this.state.state === 'idle') this.#attempt();
  }

  /** Does not wait for the next attempt: somebody asked for it. */
  retryNow(): void {
    if (this.state.state === 'waiting') this.#attempt();
  }

  insist<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    return insist(this, name, payload);
  }

  async command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    if (this.state.state === 'ended') throw new ParleyError('SESSION_ENDED');
    const transport = this.#transport;
    if (!this.connected || !transport) throw new ParleyError('OFFLINE');
    try {
      return await this.#calls.send(transport, this.#user, name, payload);
    } catch (error) {
      if (error instanceof ParleyError && transport === this.#transport) this.#judge(name, error);
      throw error;
    }
  }

  /** Ends it from this side: says goodbye as far as that is possible, and nothing more is heard or sent. */
  end(reason: ConnectionReason, error?: ParleyError): void {
    if (this.state.state === 'ended') return;
    if (this.connected) this.#transport?.send('session:end', { as: this.#user }, () => {});
    this.#generation++;
    this.#drop(new ParleyError('SESSION_ENDED'));
    this.#tokens.dispose();
    this.#timers.end();
    for (const stop of this.#page) stop();
    this.#state.next({ state: 'ended', reason, ...(error ? { error } : {}) });
    this.#state.complete();
  }

  #attempt(): void {
    this.#cancelRetry();
    const generation = ++this.#generation;
    const current = () => generation === this.#generation;
    const { state, offlineSince } = this.state;
    const since = offlineSince ?? (state === 'idle' ? undefined : this.now());
    this.#state.next({ state: 'connecting', reason: this.state.reason, ...(since === undefined ? {} : { offlineSince: since }) });
    this.#tokens.get(this.#tokenReason).then(
      (token) => current() && this.#open(token, current),
      (error: ParleyError) => current() && this.#wait('token-unavailable', error),
    );
  }

  #open(token: string, current: () => boolean): void {
    const transport = this.#fallback.open(
      {
        server: this.#options.server,
        ...(this.#options.headers ? { headers: this.#options.headers } : {}),
        handshake: {
          token: token.slice(0, LIMITS.tokenLength + 1),
          protocol: PROTOCOL_VERSION,
          device: this.#device,
          ...(this.#user ? { as: this.#user, ...this.#listener.held() } : {}),
        },
      },
      {
        refused: (data, status) => current() && this.#refused(data, status),
        event: (name, payload) => current() && this.#event(name, payload, current),
        closed: (cause) => current() && this.#closed(cause),
      },
    );
    if (!current()) return transport.close();
    this.#transport = transport;
    // A server that takes the connection and then says nothing is as good as none.
    this.later(
      2 * TIMES.acknowledgement,
      () => current() && !this.#accepted && this.#wait('server-unreachable', new ParleyError('TIMEOUT')),
    );
  }

  #refused(data: unknown, status?: number): void {
    if (data) return this.#follow(REFUSED[readError(data).code] ?? { reason: 'server-unreachable', then: 'wait' }, readError(data));
    if (status === 403 && !this.#user)
      return this.end('forbidden-origin', new ParleyError('UNAUTHENTICATED', 'this origin is not admitted'));
    this.#wait(this.#environment.online() ? 'server-unreachable' : 'network-offline');
  }

  #event(name: string, payload: unknown, current: () => boolean): void {
    if (!Object.hasOwn(events, name)) return;
    const known = name as EventName;
    const parsed = events[known].safeParse(payload);
    if (!parsed.success) {
      this.malformed++;
      return;
    }
    if (known === 'session:started') return this.#started(parsed.data as EventPayload<'session:started'>, current);
    if (known === 'session:ended') this.#verdict = ENDED[(parsed.data as EventPayload<'session:ended'>).reason];
    else if (known === 'session:expiring') this.#refresh(0, current);
    else if (this.#accepted) this.#listener.event(known, parsed.data);
    else this.#early.push([known, parsed.data]);
  }

  #started(started: EventPayload<'session:started'>, current: () => boolean): void {
    const user = started.session.user.id;
    if (this.#accepted) return;
    if (this.#user && this.#user !== user) return this.#follow(REFUSED.WRONG_USER, new ParleyError('WRONG_USER'));
    this.#user = user;
    this.#accepted = true;
    this.#tokenReason = 'connect';
    this.#state.next({ state: 'catching-up', reason: 'opened' });
    const { restored, caughtUp } = this.#listener.started(started);
    for (const [name, payload] of this.#early.splice(0)) if (current()) this.#listener.event(name, payload);
    const ready = () => {
      if (!current()) return;
      this.#failures = 0;
      this.#state.next({ state: 'ready', reason: 'synced', ...(restored ? { restored } : {}) });
      if (current()) this.#listener.ready();
    };
    caughtUp.then(ready, ready);
  }

  #closed(cause: string): void {
    const reason = this.#environment.online() ? (CLOSED[cause] ?? 'transport-lost') : 'network-offline';
    this.#follow(this.#verdict ?? { reason, then: 'wait' });
  }

  /** Answers that say something about the connection rather than about the command. */
  #judge(name: CommandName, error: ParleyError): void {
    const verdict = REFUSED[error.code];
    if (verdict && name !== 'session:refresh') this.#follow(verdict, error);
    else if (error.code === 'WRONG_USER') this.#follow(verdict, error);
    // Asked for exactly to learn whether anybody is there: a half-open connection is given up.
    else if (error.code === 'TIMEOUT' && RESTLESS.has(name)) this.#wait('heartbeat', error);
  }

  #follow(verdict: Verdict = { reason: 'server-unreachable', then: 'wait' }, error?: ParleyError): void {
    if (verdict.then === 'end') return this.#finish(verdict.reason, error);
    if (verdict.then === 'wait') return this.#wait(verdict.reason, error);
    const again = this.#tokenReason === 'rejected';
    this.#tokenReason = 'rejected';
    // Before the first sign-in a token that is refused twice is the host's mistake; later there is text to be kept.
    if (again && !this.#user) return this.#finish(verdict.reason, error);
    if (again) return this.#wait(verdict.reason, error);
    this.#drop(new ParleyError('OFFLINE'));
    this.#attempt();
  }

  #finish(reason: ConnectionReason, error?: ParleyError): void {
    this.#drop(new ParleyError('SESSION_ENDED'));
    this.end(reason, error);
    this.#listener.ended();
  }

  #wait(reason: ConnectionReason, error?: ParleyError): void {
    const offlineSince = this.state.offlineSince ?? this.now();
    this.#generation++;
    this.#drop(new ParleyError('OFFLINE'));
    const delay = backoff(this.#failures++, () => this.random(), error?.retryAfterMs);
    this.#cancelRetry = this.later(delay, () => this.#attempt());
    this.#state.next({ state: 'waiting', reason, retryAt: this.now() + delay, offlineSince, ...(error ? { error } : {}) });
  }

  #drop(error: ParleyError): void {
    const accepted = this.#accepted;
    this.#cancelRetry();
    this.#transport?.close();
    this.#transport = null;
    this.#accepted = false;
    this.#verdict = null;
    this.#early = [];
    this.#calls.failAll(error);
    if (accepted) this.#listener.lost();
  }

  /** A fresh token on the live connection (SPEC A4). When it fails the server closes, and the next connect asks again. */
  #refresh(attempt: number, current: () => boolean): void {
    this.#tokens
      .get('expiring')
      .then((token) => (current() ? this.command('session:refresh', { token }) : undefined))
      .then((reply) => reply && current() && this.#listener.refreshed(reply))
      .catch(() =>
        this.later(
          backoff(attempt, () => this.random(), 1_000),
          () => current() && this.#refresh(attempt + 1, current),
        ),
      );
  }

  /** Is anybody there, and what moved? Asked when the page or the network comes back (SPEC H2). */
  #probe(): void {
    if (!this.connected || this.#probing) return;
    this.#probing = true;
    const generation = this.#generation;
    this.command('session:heads', {})
      .then((heads) => generation === this.#generation && this.#listener.event('heads:digest', heads))
      .catch(() => {})
      .finally(() => (this.#probing = false));
  }
}
