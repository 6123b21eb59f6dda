import { ParleyError } from '#protocol/errors';

/** Lets calls in until it is shut, and then waits for those that are in: what was accepted is finished before the store closes. */
export class Gate {
  #shut = false;
  #inside = 0;
  #emptied: (() => void) | null = null;

  /** The same verbs, through the gate. */
  around<V extends object>(verbs: V): V {
    const guarded = Object.entries(verbs).map(([name, verb]: [string, (...args: unknown[]) => Promise<unknown>]) => [
      name,
      (...args: unknown[]) => this.#pass(() => verb(...args)),
    ]);
    return Object.fromEntries(guarded) as V;
  }

  /** Resolves when nobody is inside any more. */
  async shut(): Promise<void> {
    this.#shut = true;
    if (this.#inside === 0) return;
    await new Promise<void>((resolve) => {
      const before = this.#emptied;
      this.#emptied = () => {
        before?.();
        resolve();
      };
    });
  }

  async #pass<T>(call: () => Promise<T>): Promise<T> {
    if (this.#shut) throw new ParleyError('UNAVAILABLE');
    this.#inside += 1;
    try {
      return await call();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#emptied?.();
    }
  }
}
