import type { ParleyBackend } from '../parley-backend.js';
import type { Exchange, ExchangeState } from './exchange.js';

/** How long a state may be relied on, and how often all of them are said again, in seconds. */
const EXPIRES_IN = 60;
const AGAIN_EVERY = 20;

/**
 * Tells Parley what the telephones do, as a connector of a real exchange would: changes at once, everything again before it expires.
 * When this process dies, the states expire and nobody is shown as free by mistake.
 */
export class PhoneFeed {
  readonly #backend: Pick<ParleyBackend, 'phoneStates'>;
  readonly #exchange: Exchange;
  readonly #told = new Map<string, string>();
  #unsubscribe: (() => void) | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** One after the other: of two that overtake each other, the older would win. */
  #sending: Promise<void> = Promise.resolve();

  constructor(backend: Pick<ParleyBackend, 'phoneStates'>, exchange: Exchange) {
    this.#backend = backend;
    this.#exchange = exchange;
  }

  /** When everything known so far was told, or could not be. */
  get settled(): Promise<void> {
    return this.#sending;
  }

  start(): void {
    this.#unsubscribe = this.#exchange.subscribe((state) => this.#tell(state));
    const again = () => {
      this.#told.clear();
      this.#tell(this.#exchange.state);
    };
    this.#timer = setInterval(again, AGAIN_EVERY * 1000);
    again();
  }

  stop(): void {
    this.#unsubscribe?.();
    if (this.#timer) clearInterval(this.#timer);
  }

  #tell({ phones }: ExchangeState): void {
    const states = Object.entries(phones)
      .filter(([user, state]) => this.#told.get(user) !== state)
      .map(([user, state]) => ({ user, state, expiresIn: EXPIRES_IN }));
    if (states.length === 0) return;
    for (const { user, state } of states) this.#told.set(user, state);
    // What is lost here is said again soon; a server that is being started again must not end the demo.
    this.#sending = this.#sending.then(() => this.#backend.phoneStates('kontor', states)).catch(() => undefined);
  }
}
