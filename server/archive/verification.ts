import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import type { Storage } from '../storage/storage.js';

export interface VerificationParts {
  storage: Storage;
  /** Milliseconds from the start to the first pass, from one pass to the next, and of rest after every 500 entries. */
  first: number;
  interval: number;
  rest: number;
  logger: Logger;
  metrics: Pick<Metrics, 'verified'>;
  /** ms UTC */
  now: () => number;
}

/**
 * Checks the whole archive again and again while the server runs: what a disk or somebody changed in a text, no start and no read finds (G21).
 */
export class Verification {
  readonly #parts: VerificationParts;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: VerificationParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#plan(this.#parts.first);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #plan(wait: number): void {
    if (!this.#closed) this.#timer = setTimeout(() => void this.#pass().then(() => this.#plan(this.#parts.interval)), wait).unref();
  }

  async #pass(): Promise<void> {
    const { storage, rest, logger, metrics, now } = this.#parts;
    const started = performance.now();
    try {
      const damages = await storage.verify({ rest });
      metrics.verified(damages.length, performance.now() - started, now());
      for (const damage of damages.slice(0, MOST_TOLD)) logger.error({ ...damage }, 'the archive is damaged');
      if (damages.length > MOST_TOLD) logger.error({ damages: damages.length }, 'the archive is damaged in more places');
    } catch (error) {
      if (this.#closed) return;
      metrics.verified(null, performance.now() - started, now());
      logger.error({ err: error }, 'the archive could not be checked');
    }
  }
}

/** Lines of the log for one pass. */
const MOST_TOLD = 20;
