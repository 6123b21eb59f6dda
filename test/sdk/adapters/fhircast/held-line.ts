import { setImmediate as turn } from 'node:timers/promises';
import type { FhircastEnvironment } from 'parley-chat/adapters/fhircast';
import { eventually } from '../../../support/eventually.js';

/** The wait before a second attempt, where chance is in the middle; ms. No other wait of a subscription is as long. */
const ATTEMPT = 500;
/** Longer than any wait but the patience with an answer; ms. */
const PATIENCE = 10_000;

/** The way to a hub on which one answer is late by as much as a test wants, and the next attempt comes when it says so. */
export class HeldLine {
  /** How many WebSockets were made. */
  sockets = 0;
  readonly environment: Partial<FhircastEnvironment>;
  readonly #late: number;
  #requests = 0;
  #patience = 0;
  #answer: ((refusal: number | undefined) => void) | null = null;
  readonly #attempts = new Set<() => void>();

  /** @param late which of the requests is answered late, from 1 */
  constructor(late: number) {
    this.#late = late;
    const made = (): void => void this.sockets++;
    this.environment = {
      random: () => 0.5,
      fetch: (...request) => this.#fetch(...request),
      later: (ms, act) => this.#later(ms, act),
      WebSocket: class extends WebSocket {
        constructor(address: string) {
          super(address);
          made();
        }
      },
    };
  }

  /** How many further attempts are to come. */
  get attempts(): number {
    return this.#attempts.size;
  }

  /** When the request is made; the function returned lets the hub have it, or refuses in its place, and resolves when that is read. */
  async held(): Promise<(refusal?: number) => Promise<void>> {
    const answer = await eventually(() => this.#answer ?? undefined, 'the request that is to be late');
    return async (refusal) => {
      answer(refusal);
      await eventually(() => (this.#patience === 0 ? true : undefined), 'the answer');
      await turn();
    };
  }

  /** The next attempts are made now. */
  goOn(): void {
    for (const act of [...this.#attempts]) act();
  }

  async #fetch(...request: Parameters<typeof fetch>): Promise<Response> {
    if (++this.#requests !== this.#late) return fetch(...request);
    const refusal = await new Promise<number | undefined>((resolve) => (this.#answer = resolve));
    return refusal === undefined ? fetch(...request) : new Response('', { status: refusal });
  }

  #later(ms: number, act: () => void): () => void {
    if (ms === ATTEMPT) {
      const attempt = (): void => void (this.#attempts.delete(attempt) && act());
      this.#attempts.add(attempt);
      return () => this.#attempts.delete(attempt);
    }
    const isPatience = ms > PATIENCE && ms < 100_000;
    if (isPatience) this.#patience++;
    const timer = setTimeout(act, Math.min(ms, 2 ** 31 - 1));
    let isOver = false;
    return () => {
      clearTimeout(timer);
      if (isPatience && !isOver) this.#patience--;
      isOver = true;
    };
  }
}
