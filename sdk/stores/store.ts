import { BehaviorSubject, distinctUntilChanged, map } from 'rxjs';
import type { Observable } from 'rxjs';

/** State behind read-only selectors, compared by reference: an update that changes nothing for a reader tells it nothing. */
export abstract class Store<S> {
  readonly #initial: S;
  readonly #state: BehaviorSubject<S>;

  protected constructor(initial: S) {
    this.#initial = initial;
    this.#state = new BehaviorSubject(initial);
  }

  protected get state(): S {
    return this.#state.value;
  }

  protected update(change: Partial<S>): void {
    this.#state.next({ ...this.#state.value, ...change });
  }

  protected select<T>(project: (state: S) => T): Observable<T> {
    return this.#state.pipe(map(project), distinctUntilChanged());
  }

  /** Nothing of the user stays, not even for a reader that holds on to the store. */
  dispose(): void {
    this.#state.next(this.#initial);
    this.#state.complete();
  }
}
