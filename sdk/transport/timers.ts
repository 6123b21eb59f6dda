import type { Environment } from '../environment.js';

/** The timers of one session, so that none outlives it. */
export class Timers {
  readonly #running = new Set<() => void>();
  readonly #environment: Environment;
  #over = false;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Runs `act` after `ms`, unless prevented by the function returned or by `end()`. */
  later(ms: number, act: () => void): () => void {
    if (this.#over) return () => {};
    const cancel = this.#environment.later(ms, () => {
      this.#running.delete(cancel);
      act();
    });
    this.#running.add(cancel);
    return () => {
      this.#running.delete(cancel);
      cancel();
    };
  }

  end(): void {
    this.#over = true;
    for (const cancel of this.#running) cancel();
    this.#running.clear();
  }
}
