import { BehaviorSubject, Observable } from 'rxjs';
import { LIMITS } from '#protocol';
import type { ChosenAvailability, CommandReply, Presence } from '#protocol';
import type { PresenceStore } from '../api.js';
import type { Wire } from './wire.js';

/** Badges of one page come and go together: so long their questions are collected. */
const BATCH = 50;
const UNKNOWN: Presence = { availability: 'unknown', since: 0 };

interface Watch {
  presence$: BehaviorSubject<Presence>;
  watchers: number;
  /** The question in which the server was asked on this connection; what an older one was answered is not true any more. */
  asked: object | null;
}

/** How people are, for as long as somebody looks. What is not known now is never shown as it was (SPEC W4). */
export class PresenceWatch implements PresenceStore {
  readonly own$: PresenceStore['own$'];

  readonly #watches = new Map<string, Watch>();
  readonly #wire: Wire;
  readonly #chosen: (reply: CommandReply<'presence:set'>) => void;
  #cancel: (() => void) | null = null;
  #active: boolean | null = null;

  constructor(wire: Wire, own$: PresenceStore['own$'], chosen: (reply: CommandReply<'presence:set'>) => void) {
    this.#wire = wire;
    this.own$ = own$;
    this.#chosen = chosen;
  }

  of(user: string): Observable<Presence> {
    return new Observable((subscriber) => {
      let watch = this.#watches.get(user);
      if (!watch) this.#watches.set(user, (watch = { presence$: new BehaviorSubject(UNKNOWN), watchers: 0, asked: null }));
      if (watch.watchers++ === 0) this.#schedule();
      const subscription = watch.presence$.subscribe(subscriber);
      return () => {
        subscription.unsubscribe();
        if (--watch.watchers === 0) this.#schedule();
      };
    });
  }

  async set(availability: ChosenAvailability, message?: string): Promise<void> {
    this.#chosen(await this.#wire.command('presence:set', { availability, ...(message ? { message } : {}) }));
  }

  report(active: boolean): void {
    if (active === this.#active) return;
    this.#active = active;
    this.#report();
  }

  changed(user: string, presence: Presence): void {
    this.#watches.get(user)?.presence$.next(presence);
  }

  /** Who may see whom has changed: of these people, or of everybody, the server is asked anew. */
  again(users: Iterable<string> = this.#watches.keys()): void {
    for (const user of users) {
      const watch = this.#watches.get(user);
      if (watch) watch.asked = null;
    }
    this.#schedule();
  }

  connected(): void {
    this.#schedule();
    if (this.#active !== null) this.#report();
  }

  lost(): void {
    for (const watch of this.#watches.values()) {
      watch.asked = null;
      if (watch.presence$.value !== UNKNOWN) watch.presence$.next(UNKNOWN);
    }
  }

  dispose(): void {
    for (const { presence$ } of this.#watches.values()) {
      presence$.next(UNKNOWN);
      presence$.complete();
    }
    this.#watches.clear();
  }

  #report(): void {
    // Said again at the next connection when this one goes.
    if (this.#wire.connected && this.#active !== null) this.#wire.command('presence:report', { active: this.#active }).catch(() => {});
  }

  #schedule(): void {
    this.#cancel ??= this.#wire.later(BATCH, () => {
      this.#cancel = null;
      this.#flush();
    });
  }

  #flush(): void {
    const gone: string[] = [];
    const fresh: string[] = [];
    for (const [user, watch] of this.#watches) {
      if (watch.watchers === 0) {
        this.#watches.delete(user);
        if (watch.asked) gone.push(user);
      } else if (!watch.asked) fresh.push(user);
    }
    if (!this.#wire.connected) return;
    for (const users of pages(gone)) this.#wire.command('presence:unsubscribe', { users }).catch(() => {});
    for (const users of pages(fresh)) this.#subscribe(users);
  }

  #subscribe(users: string[]): void {
    const question = {};
    const open = (user: string): Watch | null => {
      const watch = this.#watches.get(user);
      return watch?.asked === question ? watch : null;
    };
    for (const user of users) {
      const watch = this.#watches.get(user);
      if (watch) watch.asked = question;
    }
    this.#wire.command('presence:subscribe', { users }).then(
      ({ presences }) => presences.forEach(({ user, presence }) => open(user)?.presence$.next(presence)),
      (error: { retryable?: boolean }) => {
        for (const watch of users.map(open)) if (watch) watch.asked = null;
        if (error.retryable && this.#wire.connected) this.#wire.later(1_000, () => this.#schedule());
      },
    );
  }
}

function pages(users: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(users.length / LIMITS.usersPerCommand) }, (_, page) =>
    users.slice(page * LIMITS.usersPerCommand, (page + 1) * LIMITS.usersPerCommand),
  );
}
