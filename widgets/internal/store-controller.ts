import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable, Subscription } from 'rxjs';
import type { Parley } from '#sdk';
import { warnOnce } from './warn.js';

interface ClientHost extends ReactiveControllerHost, Element {
  readonly client: Parley | null;
}

/**
 * Reads one observable of the client into an element:
 * `#chats = new StoreController(this, (client) => client.select((s) => s.conversations.list$, []), [])`, then `this.#chats.value`.
 *
 * Subscribed only while the element is in the document and has a client. The source is asked again when the client changes, or when `key`
 * does (`() => this.user`); until it emits, and without a client, the value is the initial one.
 */
export class StoreController<T> implements ReactiveController {
  readonly #host: ClientHost;
  readonly #source: (client: Parley) => Observable<T> | null;
  readonly #initial: T;
  readonly #key: () => unknown;
  #value: T;
  #client: Parley | null = null;
  #followedKey: unknown;
  #subscription: Subscription | null = null;

  constructor(host: ClientHost, source: (client: Parley) => Observable<T> | null, initial: T, key: () => unknown = () => undefined) {
    this.#host = host;
    this.#source = source;
    this.#initial = initial;
    this.#value = initial;
    this.#key = key;
    host.addController(this);
  }

  get value(): T {
    return this.#value;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  /** Before each render, so that a change of client or key is seen by the very render that follows from it. */
  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const client = this.#host.client;
    const key = this.#key();
    if (client === this.#client && Object.is(key, this.#followedKey)) return;
    this.#stop();
    this.#client = client;
    this.#followedKey = key;
    this.#value = this.#initial;
    if (client === null) return;
    this.#subscription =
      this.#source(client)?.subscribe({
        next: (value) => this.#set(value),
        error: (cause: unknown) => warnOnce(`<${this.#host.localName}> could not read the chat: ${String(cause)}`),
      }) ?? null;
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#stop();
    });
  }

  #set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#host.requestUpdate();
  }

  #stop(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = null;
    this.#client = null;
    this.#value = this.#initial;
  }
}
