import { distinctUntilChanged, map, BehaviorSubject } from 'rxjs';
import type { Observable } from 'rxjs';
import { TIMES } from '#protocol';
import type { Wire } from './wire.js';

/** "Still typing" is said again so often, well within `TIMES.typing`. */
const REPEAT = TIMES.typing / 2;
const NOBODY: readonly string[] = [];

/** Who writes where. Nothing of it is kept or repeated by the server (SPEC T1, T2). */
export class Typing {
  readonly #others = new BehaviorSubject<ReadonlyMap<string, readonly string[]>>(new Map());
  /** By conversation and user: what ends it. */
  readonly #ends = new Map<string, () => void>();
  /** The own: when the composer last said so, and what stops the repetition. */
  readonly #own = new Map<string, { at: number; stop: () => void }>();
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  of(id: string): Observable<readonly string[]> {
    return this.#others.pipe(
      map((others) => others.get(id) ?? NOBODY),
      distinctUntilChanged(),
    );
  }

  set(id: string, active: boolean): void {
    const own = this.#own.get(id);
    if (active && own) own.at = this.#wire.now();
    else if (active) this.#repeat(id, { at: this.#wire.now(), stop: () => {} });
    else if (own) {
      own.stop();
      this.#own.delete(id);
      this.#say(id, false);
    }
  }

  heard(id: string, user: string, active: boolean): void {
    if (user === this.#wire.user) return;
    const key = `${id} ${user}`;
    this.#ends.get(key)?.();
    this.#ends.delete(key);
    if (active)
      this.#ends.set(
        key,
        this.#wire.later(TIMES.typing, () => this.heard(id, user, false)),
      );
    const now = this.#others.value.get(id) ?? NOBODY;
    if (now.includes(user) === active) return;
    this.#others.next(new Map(this.#others.value).set(id, active ? [...now, user] : now.filter((other) => other !== user)));
  }

  lost(): void {
    for (const end of this.#ends.values()) end();
    for (const { stop } of this.#own.values()) stop();
    this.#ends.clear();
    this.#own.clear();
    if (this.#others.value.size > 0) this.#others.next(new Map());
  }

  dispose(): void {
    this.lost();
    this.#others.complete();
  }

  #repeat(id: string, own: { at: number; stop: () => void }): void {
    this.#own.set(id, own);
    this.#say(id, true);
    own.stop = this.#wire.later(REPEAT, () => (this.#wire.now() - own.at < TIMES.typing ? this.#repeat(id, own) : this.set(id, false)));
  }

  #say(id: string, active: boolean): void {
    // A hint: one that is lost is forgotten.
    if (this.#wire.connected) this.#wire.command('typing:set', { conversation: id, active }).catch(() => {});
  }
}
