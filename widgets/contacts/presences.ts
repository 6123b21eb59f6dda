import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Subscription } from 'rxjs';
import type { Parley, Presence, Session } from '#sdk';

interface PresenceHost extends ReactiveControllerHost, Element {
  readonly client: Parley | null;
}

interface Watched {
  presence: Presence;
  /** As it was when it was last known: without a connection a list stays as it is, with dotted rings, and does not jump. */
  online: boolean;
  known: boolean;
  subscription: Subscription;
}

/** At the start of a shift many sign in at once: so long they are collected. ms */
const PAUSE = 40;
const UNKNOWN: Presence = { availability: 'unknown', since: 0 };

/** How many people are, for an element that decides by it whom it shows: `watch(users)` before each rendering, then `of` and `online`. */
export class PresencesController implements ReactiveController {
  readonly #host: PresenceHost;
  #session: Session | null = null;
  readonly #watched = new Map<string, Watched>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PresenceHost) {
    this.#host = host;
    host.addController(this);
  }

  watch(users: Iterable<string>): void {
    const session = this.#host.client?.session ?? null;
    if (session !== this.#session) this.#forget();
    this.#session = session;
    if (session === null) return;
    const wanted = new Set(users);
    for (const [user, { subscription }] of this.#watched) {
      if (wanted.has(user)) continue;
      subscription.unsubscribe();
      this.#watched.delete(user);
    }
    for (const user of wanted) if (!this.#watched.has(user)) this.#follow(session, user);
  }

  of(user: string): Presence {
    return this.#watched.get(user)?.presence ?? UNKNOWN;
  }

  online(user: string): boolean {
    return this.#watched.get(user)?.online ?? false;
  }

  /** Whether it was ever known. */
  known(user: string): boolean {
    return this.#watched.get(user)?.known ?? false;
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#forget();
    });
  }

  #follow(session: Session, user: string): void {
    const watched: Partial<Watched> & Omit<Watched, 'subscription'> = { presence: UNKNOWN, online: false, known: false };
    this.#watched.set(user, watched as Watched);
    watched.subscription = session.presence.of(user).subscribe((presence) => {
      watched.presence = presence;
      if (presence.availability !== 'unknown') {
        watched.online = presence.availability !== 'offline';
        watched.known = true;
      }
      // What is known at once is read by the very rendering that asks for it.
      if (watched.subscription === undefined) return;
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#host.requestUpdate();
      }, PAUSE);
    });
  }

  #forget(): void {
    for (const { subscription } of this.#watched.values()) subscription.unsubscribe();
    this.#watched.clear();
    this.#session = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
