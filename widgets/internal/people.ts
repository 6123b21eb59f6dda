import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Subscription } from 'rxjs';
import type { Parley, Person, Session } from '#sdk';

interface PeopleHost extends ReactiveControllerHost, Element {
  readonly client: Parley | null;
}

/**
 * Names for whoever a template mentions: `#people = new PeopleController(this)`, then `this.#people.get(id)`. Each is looked up once,
 * the first time it is asked for, and the host renders again when it comes. Nobody of one session is kept for the next.
 */
export class PeopleController implements ReactiveController {
  readonly #host: PeopleHost;
  #session: Session | null = null;
  #known = new Map<string, { person: Person | null; subscription: Subscription | null }>();

  /** Grows whenever somebody became known or changed: what was rendered with names is stale then. */
  version = 0;

  constructor(host: PeopleHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Null while unknown. */
  get(id: string): Person | null {
    this.#follow();
    const known = this.#known.get(id);
    if (known !== undefined) return known.person;
    const session = this.#session;
    if (session === null) return null;
    const made: { person: Person | null; subscription: Subscription | null } = { person: session.directory.person(id), subscription: null };
    this.#known.set(id, made);
    made.subscription = session.directory.person$(id).subscribe((person) => {
      if (person === made.person) return;
      made.person = person;
      this.version++;
      this.#host.requestUpdate();
    });
    return made.person;
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
