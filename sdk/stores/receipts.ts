import { ParleyError } from '#protocol';
import type { CommandReply, Marks } from '#protocol';
import { backoff } from '../transport/backoff.js';
import type { Wire } from './wire.js';

/** So long marks are collected: a burst of messages is one "delivered". */
const COALESCE = 250;

/** The own marks on their way to the server. They only grow, so that the last one of each conversation says all (SPEC R1). */
export class Receipts {
  readonly #waiting = new Map<string, Partial<Marks>>();
  readonly #wire: Wire;
  readonly #marked: (id: string, reply: CommandReply<'receipt:mark'>) => void;
  #cancel: (() => void) | null = null;
  #failures = 0;

  constructor(wire: Wire, marked: (id: string, reply: CommandReply<'receipt:mark'>) => void) {
    this.#wire = wire;
    this.#marked = marked;
  }

  mark(id: string, marks: Partial<Marks>): void {
    const before = this.#waiting.get(id) ?? {};
    const further = { ...before };
    for (const key of ['delivered', 'read'] as const) {
      const mark = marks[key];
      if (mark !== undefined) further[key] = Math.max(mark, before[key] ?? 0);
    }
    this.#waiting.set(id, further);
    this.#schedule(COALESCE);
  }

  ready(): void {
    this.#failures = 0;
    if (this.#waiting.size > 0) this.#schedule(COALESCE);
  }

  /** The store's numbers are others now. */
  reset(): void {
    this.#waiting.clear();
  }

  #schedule(ms: number): void {
    this.#cancel ??= this.#wire.later(
      ms,
      () =>
        void this.#flush().finally(() => {
          this.#cancel = null;
          if (this.#waiting.size > 0 && this.#wire.connected)
            this.#schedule(this.#failures ? backoff(this.#failures, () => this.#wire.random(), 1_000) : COALESCE);
        }),
    );
  }

  async #flush(): Promise<void> {
    for (const [id, marks] of [...this.#waiting]) {
      if (!this.#wire.connected) return;
      this.#waiting.delete(id);
      try {
        this.#marked(id, await this.#wire.command('receipt:mark', { conversation: id, ...marks }));
        this.#failures = 0;
      } catch (error) {
        if (!(error instanceof ParleyError) || !error.retryable) continue;
        this.mark(id, marks);
        this.#failures++;
        return;
      }
    }
  }
}
