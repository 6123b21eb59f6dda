import { ParleyError } from '../../protocol/errors.js';
import { backoff } from '../../transport/backoff.js';
import { Channel, type ChannelListener } from './channel.js';
import type { FhircastEnvironment } from './environment.js';
import type { FhircastEvent } from './frames.js';
import type { Hub } from './hub.js';

/** `stopped` and `user-logout` are this side's word; `denied` is the hub's, for good; `refused`: it did not even let us subscribe. */
export const FHIRCAST_REASONS = ['start', 'connection-lost', 'lease-over', 'denied', 'refused', 'stopped', 'user-logout'] as const;
export type FhircastReason = (typeof FHIRCAST_REASONS)[number];

export interface FhircastState {
  state: 'idle' | 'connecting' | 'subscribed' | 'waiting' | 'ended';
  reason: FhircastReason;
  /** What the hub grants, in lower case; while subscribed. It may be less than what was asked for. */
  events?: readonly string[];
  /** UTC, ms; while waiting. */
  retryAt?: number;
  /** Of a refusal: a `ParleyError`. Of a denial: what the hub says, for developers. */
  error?: ParleyError;
}

interface SubscriptionOptions {
  hub: Hub;
  topic: string;
  events: readonly string[];
  subscriber: string;
  leaseSeconds: number | undefined;
  environment: FhircastEnvironment;
}

interface SubscriptionListener {
  changed(state: FhircastState): void;
  /** What is open is not known any more: the connection is gone, or something could not be read. */
  unknown(): void;
  /** Returns the status of HTTP that the hub is answered. */
  happened(event: FhircastEvent): number;
}

/** A subscription that held for so long was none of a hub that lets in and throws out at once. ms */
const HELD = 30_000;
/** No hub is asked more often than this, whatever it grants. ms */
const SHORTEST_LEASE = 1_000;

/**
 * Keeps one subscription: subscribes, asks for a new lease before the old one ends, and begins again when the connection is lost. It ends by
 * `stop()`, or when the hub refuses or denies it for good.
 */
export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #listener: SubscriptionListener;
  #state: FhircastState = { state: 'idle', reason: 'start' };
  /** The one that holds, and the one that is to be confirmed. */
  #channel: Channel | null = null;
  #next: Channel | null = null;
  /** UTC, ms */
  #leaseEnds = Infinity;
  #attempts = 0;
  #since = 0;
  /** Raised with every beginning and every loss, so that what was asked for one connection is not taken for another's. */
  #round = 0;
  readonly #timers = new Map<'retry' | 'renew' | 'lease', () => void>();

  constructor(options: SubscriptionOptions, listener: SubscriptionListener) {
    this.#options = options;
    this.#listener = listener;
  }

  get state(): FhircastState {
    return this.#state;
  }

  start(): void {
    if (this.#state.state !== 'idle' && this.#state.state !== 'ended') return;
    this.#attempts = 0;
    this.#connect('start');
  }

  /** Says so to the hub. Never rejects: a hub that cannot hear it sees that the connection is closed. */
  async stop(reason: 'stopped' | 'user-logout'): Promise<void> {
    if (this.#state.state === 'idle' || this.#state.state === 'ended') return;
    const endpoint = (this.#channel ?? this.#next)?.endpoint;
    this.#end(reason);
    const { hub, topic } = this.#options;
    if (endpoint === undefined) return;
    await hub
      .unsubscribe({ 'hub.channel.type': 'websocket', 'hub.mode': 'unsubscribe', 'hub.topic': topic, 'hub.channel.endpoint': endpoint })
      .catch(() => {});
  }

  #connect(reason: FhircastReason): void {
    const round = ++this.#round;
    this.#tell({ state: 'connecting', reason });
    this.#subscribe().then(
      (endpoint) => round === this.#round && this.#open(endpoint),
      (error: unknown) => round === this.#round && this.#failed(error),
    );
  }

  #subscribe(endpoint?: string): Promise<string> {
    const { hub, topic, events, subscriber, leaseSeconds } = this.#options;
    return hub.subscribe({
      'hub.channel.type': 'websocket',
      'hub.mode': 'subscribe',
      'hub.topic': topic,
      'hub.events': events.join(','),
      ...(leaseSeconds === undefined ? {} : { 'hub.lease_seconds': String(leaseSeconds) }),
      ...(endpoint === undefined ? {} : { 'hub.channel.endpoint': endpoint }),
      'subscriber.name': subscriber,
    });
  }

  /** A hub may give another address with a new lease; the former connection holds until the new one is confirmed. */
  #open(endpoint: string): void {
    this.#next?.close();
    this.#next = null;
    let own: Channel;
    const listener: ChannelListener = {
      confirmed: (events, lease) => {
        if (this.#channel !== own) this.#channel?.close();
        this.#channel = own;
        this.#next = null;
        this.#confirmed(events, lease);
      },
      denied: (detail) => this.#isAll(own) && this.#denied(detail),
      happened: (event) => this.#listener.happened(event),
      unreadable: () => this.#listener.unknown(),
      lost: () => this.#isAll(own) && this.#lost('connection-lost'),
    };
    try {
      own = this.#next = new Channel(endpoint, this.#options.topic, this.#options.environment, listener);
    } catch {
      this.#failed(new ParleyError('OFFLINE', 'the WebSocket cannot be opened'));
    }
  }

  /** False for one that was to follow another, which still holds: the lease is asked for again, or runs out. */
  #isAll(channel: Channel): boolean {
    if (this.#next === channel) this.#next = null;
    else if (this.#channel !== channel) return false;
    return this.#channel === null || this.#channel === channel;
  }

  #confirmed(events: readonly string[], leaseSeconds: number | null): void {
    const { state, events: before } = this.#state;
    if (state !== 'subscribed') this.#since = this.#options.environment.now();
    if (state !== 'subscribed' || before?.join() !== events.join()) this.#tell({ state: 'subscribed', reason: 'start', events });
    if (leaseSeconds !== null) this.#lease(Math.max(SHORTEST_LEASE, leaseSeconds * 1_000));
  }

  /** A fifth of the lease, at most two minutes, is left for a hub that does not answer at once. */
  #lease(ms: number): void {
    this.#leaseEnds = this.#options.environment.now() + ms;
    this.#later('lease', ms, () => this.#lost('lease-over'));
    this.#later('renew', ms - Math.min(ms / 5, 120_000), () => this.#renew(ms, 0));
  }

  #renew(ms: number, attempt: number): void {
    const round = this.#round;
    const endpoint = this.#channel?.endpoint;
    this.#subscribe(endpoint).then(
      (given) => {
        if (round !== this.#round) return;
        // A hub need not confirm once more what it has confirmed there.
        if (given === endpoint) this.#lease(ms);
        else this.#open(given);
      },
      // The old lease holds until its end; what is refused then is refused for good.
      () => round === this.#round && this.#later('renew', this.#wait(attempt), () => this.#renew(ms, attempt + 1)),
    );
  }

  /** With the end of a lease a hub may deny what it would grant again. */
  #denied(detail: string): void {
    if (this.#state.state === 'subscribed' && this.#options.environment.now() > this.#leaseEnds - SHORTEST_LEASE / 4)
      return this.#lost('lease-over');
    this.#end('denied', new ParleyError('ROLE_FORBIDDEN', detail || 'the hub has denied the subscription'));
  }

  #lost(reason: FhircastReason): void {
    if (this.#state.state === 'subscribed' && this.#options.environment.now() - this.#since >= HELD) this.#attempts = 0;
    this.#release();
    this.#listener.unknown();
    this.#retry(reason);
  }

  #failed(error: unknown): void {
    const cause = error instanceof ParleyError ? error : new ParleyError('INTERNAL');
    if (!cause.retryable) return this.#end('refused', cause);
    this.#release();
    this.#retry('connection-lost', cause);
  }

  #retry(reason: FhircastReason, error?: ParleyError): void {
    const wait = this.#wait(this.#attempts++, error?.retryAfterMs);
    this.#tell({ state: 'waiting', reason, retryAt: this.#options.environment.now() + wait, ...(error ? { error } : {}) });
    this.#later('retry', wait, () => this.#connect(reason));
  }

  #end(reason: FhircastReason, error?: ParleyError): void {
    this.#release();
    this.#listener.unknown();
    this.#tell({ state: 'ended', reason, ...(error ? { error } : {}) });
  }

  #release(): void {
    this.#round++;
    for (const stop of this.#timers.values()) stop();
    this.#timers.clear();
    this.#channel?.close();
    this.#next?.close();
    this.#channel = this.#next = null;
    this.#leaseEnds = Infinity;
  }

  #wait(attempt: number, atLeast = 0): number {
    return backoff(attempt, () => this.#options.environment.random(), atLeast);
  }

  #later(name: 'retry' | 'renew' | 'lease', ms: number, act: () => void): void {
    this.#timers.get(name)?.();
    const stop = this.#options.environment.later(ms, () => {
      this.#timers.delete(name);
      act();
    });
    this.#timers.set(name, stop);
  }

  #tell(state: FhircastState): void {
    this.#state = state;
    this.#listener.changed(state);
  }
}
