import { ParleyError } from '#protocol';
import { backoff } from '../transport/backoff.js';
import type { Wire } from './wire.js';

/**
 * What is to be asked for by its id: all of one moment in one question, one question at a time. What is wanted while it is being
 * asked for is asked for again; what could not be had for the moment stays wanted.
 */
export class Wanted {
  readonly #ids = new Set<string>();
  readonly #wire: Wire;
  readonly #most: number;
  readonly #ask: (ids: string[]) => Promise<void>;
  #asking = false;
  #failures = 0;
  #resume = () => {};

  /** Of `most` ids at a time. */
  constructor(wire: Wire, most: number, ask: (ids: string[]) => Promise<void>) {
    this.#wire = wire;
    this.#most = most;
    this.#ask = ask;
  }

  add(id: string): void {
    this.#ids.add(id);
    void this.#run();
  }

  delete(id: string): void {
    this.#ids.delete(id);
  }

  clear(): void {
    this.#ids.clear();
  }

  /** What kept it waiting was the connection before. */
  connected(): void {
    this.#failures = 0;
    this.#resume();
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    await Promise.resolve();
    while (this.#wire.connected && this.#ids.size > 0) {
      const ids = [...this.#ids].slice(0, this.#most);
      for (const id of ids) this.#ids.delete(id);
      try {
        await this.#ask(ids);
        this.#failures = 0;
      } catch (error) {
        if (!(error instanceof ParleyError) || !error.retryable) continue;
        for (const id of ids) this.#ids.add(id);
        const wait = backoff(this.#failures++, () => this.#wire.random(), error.retryAfterMs ?? 1_000);
        await new Promise<void>((resolve) => {
          const stop = this.#wire.later(wait, resolve);
          this.#resume = () => (stop(), resolve());
        });
      }
    }
    this.#asking = false;
  }
}
