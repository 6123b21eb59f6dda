import { ParleyError } from '#protocol';
import type { TokenProvider, TokenReason } from '../api.js';
import type { Environment } from '../environment.js';

/** A host that has not answered by then is asked again. */
const PATIENCE = 30_000;

/** Asks the host for a token, one call at a time. It keeps none. */
export class TokenSource {
  #flight: { token: Promise<string>; abort: AbortController } | null = null;
  readonly #provider: TokenProvider;
  readonly #environment: Environment;

  constructor(provider: TokenProvider, environment: Environment) {
    this.#provider = provider;
    this.#environment = environment;
  }

  /** Rejects with `UNAUTHENTICATED` when the host gives none. */
  get(reason: TokenReason): Promise<string> {
    if (this.#flight) return this.#flight.token;
    const abort = new AbortController();
    const flight = { abort, token: this.#ask(reason, abort) };
    this.#flight = flight;
    const landed = () => {
      if (this.#flight === flight) this.#flight = null;
    };
    flight.token.then(landed, landed);
    return flight.token;
  }

  dispose(): void {
    this.#flight?.abort.abort();
    this.#flight = null;
  }

  #ask(reason: TokenReason, abort: AbortController): Promise<string> {
    return new Promise((resolve, reject) => {
      const none = () => reject(new ParleyError('UNAUTHENTICATED', 'the token callback gave no token'));
      const stop = this.#environment.later(PATIENCE, () => abort.abort());
      abort.signal.addEventListener('abort', () => {
        stop();
        none();
      });
      // Within a promise, so that a callback that throws is one that rejects.
      Promise.resolve()
        .then(() => this.#provider({ reason, signal: abort.signal }))
        .then((token) => (typeof token === 'string' && token ? resolve(token) : none()), none)
        .finally(stop);
    });
  }
}
