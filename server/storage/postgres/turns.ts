/**
 * Calls with the same key run one after the other, in the order in which they came; others run beside them. What would wait for the lock of a row
 * waits here instead, where it holds no connection, and a person's own calls keep their order.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const turn = before ? before.then(work, work) : work();
    this.#last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    }
  }
}

/** A key of several parts, which no other parts make. */
export function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
