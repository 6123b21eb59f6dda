import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable, Subscription } from 'rxjs';
import type { Parley, Session } from '#sdk';

interface ValuesHost extends ReactiveControllerHost, Element {
  readonly client: Parley | null;
}

/**
 * Values for whatever ids a template mentions: `#chats = new KeyedValues(this, (session, id) => session.conversations.one$(id))`, then
 * `this.#chats.get(id)`. Each is followed from the first time it is asked for, and the host renders again when it changes. Nothing of one
 * session is kept for the next.
 */
export class KeyedValues<T> implements ReactiveController {
  readonly #host: ValuesHost;
  readonly #source: (session: Session, id: string) => Observable<T | null>;
  #session: Session | null = null;
  #known = new Map<string, { value: T | null; subscription: Subscription | null }>();

  /** Grows whenever a value came or changed: what was rendered with them is stale then. */
  version = 0;

  constructor(host: ValuesHost, source: (session: Session, id: string) => Observable<T | null>) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  /** Null while unknown. */
  get(id: string): T | null {
    this.#follow();
    const known = this.#known.get(id);
    if (known !== undefined) return known.value;
    if (this.#session === null) return null;
    const made: { value: T | null; subscription: Subscription | null } = { value: null, subscription: null };
    this.#known.set(id, made);
    // What is known at once is part of this very render.
    let rendering = true;
    made.subscription = this.#source(this.#session, id).subscribe((value) => {
      if (value === made.value) return;
      made.value = value;
      if (rendering) return;
      this.version++;
      this.#host.requestUpdate();
    });
    rendering = false;
    return made.value;
  }

  /** Not only when it is asked: nothing may be asked any more. */
  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#forget();
    });
  }

  #follow(): void {
    const session = this.#host.client?.session ?? null;
    if (session === this.#session) return;
    this.#forget();
    this.#session = session;
  }

  #forget(): void {
    for (const { subscription } of this.#known.values()) subscription?.unsubscribe();
    this.#known.clear();
    this.#session = null;
    this.version++;
  }
}
