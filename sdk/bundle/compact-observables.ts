/**
 * What the bundle for hosts puts in the place of `rxjs`: the part of it that SDK and elements use, which saves 1.7 kB gzip
 * at load (measured in the bundle). Whoever installs the package gets rxjs itself; a host that has its own can `from()` these, or put
 * its operators into their `pipe()`. test/sdk/bundle/compact-observables.test.ts holds the two to the same behaviour.
 */
type Teardown = (() => void) | { unsubscribe(): void } | undefined;
type Operator = (source: Observable) => Observable;

interface Observer {
  next?(value: unknown): void;
  error?(error: unknown): void;
  complete?(): void;
}

export class Subscription {
  closed = false;
  readonly #teardowns = new Set<Teardown>();

  add(teardown: Teardown): void {
    if (this.closed) run(teardown);
    else this.#teardowns.add(teardown);
  }

  remove(teardown: Teardown): void {
    this.#teardowns.delete(teardown);
  }

  unsubscribe(): void {
    if (this.closed) return;
    this.closed = true;
    for (const teardown of this.#teardowns) run(teardown);
    this.#teardowns.clear();
  }
}

/** What an observer throws is the page's to hear of, and no other observer's. */
function later(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}

function run(teardown: Teardown): void {
  if (typeof teardown === 'function') teardown();
  else teardown?.unsubscribe();
}

class Subscriber extends Subscription {
  readonly #observer: Observer;
  #stopped = false;

  constructor(observer: Observer) {
    super();
    this.#observer = observer;
  }

  next(value: unknown): void {
    if (!this.#stopped && !this.closed) this.#tell(() => this.#observer.next?.(value));
  }

  error(error: unknown): void {
    this.#stop(() => (this.#observer.error ? this.#observer.error(error) : later(error)));
  }

  complete(): void {
    this.#stop(() => this.#observer.complete?.());
  }

  #stop(tell: () => void): void {
    if (this.#stopped || this.closed) return;
    this.#stopped = true;
    this.#tell(tell);
    this.unsubscribe();
  }

  #tell(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      later(error);
    }
  }
}

export class Observable {
  readonly #follow: (subscriber: Subscriber) => Teardown;

  constructor(follow: (subscriber: Subscriber) => Teardown) {
    this.#follow = follow;
  }

  subscribe(observer: Observer | ((value: unknown) => void) = {}): Subscription {
    const subscriber = new Subscriber(typeof observer === 'function' ? { next: observer } : observer);
    // An operator of rxjs: it ends what it follows by what was added to it.
    if ('add' in observer) (observer as Subscription).add(subscriber);
    try {
      subscriber.add(this.#follow(subscriber));
    } catch (error) {
      subscriber.error(error);
    }
    return subscriber;
  }

  pipe(...operators: Operator[]): Observable {
    return operators.reduce((source: Observable, operator) => operator(source), this);
  }

  /** For operators of rxjs, which ask for it. */
  lift(operator: { call(subscriber: Subscriber, source: Observable): Teardown }): Observable {
    return new Observable((subscriber) => operator.call(subscriber, this));
  }

  /** For `from()` of rxjs. */
  [(Symbol as { observable?: symbol }).observable ?? '@@observable'](): this {
    return this;
  }
}

export class BehaviorSubject extends Observable {
  #value: unknown;
  #over = false;
  readonly #subscribers: Set<Subscriber>;

  constructor(value: unknown) {
    const subscribers = new Set<Subscriber>();
    super((subscriber) => {
      if (this.#over) return void subscriber.complete();
      subscribers.add(subscriber);
      subscriber.next(this.#value);
      return () => subscribers.delete(subscriber);
    });
    this.#value = value;
    this.#subscribers = subscribers;
  }

  get value(): unknown {
    return this.#value;
  }

  next(value: unknown): void {
    this.#value = value;
    if (this.#over) return;
    for (const subscriber of [...this.#subscribers]) subscriber.next(value);
  }

  complete(): void {
    this.#over = true;
    for (const subscriber of [...this.#subscribers]) subscriber.complete();
  }

  asObservable(): Observable {
    return new Observable((subscriber) => this.subscribe(subscriber));
  }
}

/** An operator that makes of each value what it likes. */
const each =
  (start: () => (value: unknown, subscriber: Subscriber) => void): Operator =>
  (source) =>
    new Observable((subscriber) => {
      const act = start();
      return source.subscribe({
        next(value) {
          try {
            act(value, subscriber);
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });

export const map = (project: (value: unknown) => unknown): Operator => each(() => (value, subscriber) => subscriber.next(project(value)));

export const filter = (fits: (value: unknown) => boolean): Operator =>
  each(() => (value, subscriber) => void (fits(value) && subscriber.next(value)));

export const distinctUntilChanged = (): Operator =>
  each(() => {
    let last: unknown = each;
    return (value, subscriber) => {
      if (value === last) return;
      last = value;
      subscriber.next(value);
    };
  });
