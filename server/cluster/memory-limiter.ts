import type { Limiter, RateLimit } from './cluster.js';

interface Window {
  taken: number;
  /** By the limiter's clock. */
  endsAt: number;
}

/**
 * Counts on this node alone, in windows that begin with what is taken first. It answers at once: a promise for every command and a timer for every window, as the
 * library has them for the limits that nodes share, are a sixth of what a command costs beside its frames (measured).
 */
export class MemoryLimiter implements Limiter {
  readonly #points: number;
  readonly #lasts: number;
  readonly #now: () => number;
  #windows = new Map<string, Window>();
  #sweptAt: number;

  /** `now`: milliseconds of a clock that is never set back. */
  constructor({ points, duration }: Pick<RateLimit, 'points' | 'duration'>, now: () => number = () => performance.now()) {
    this.#points = points;
    this.#lasts = duration * 1_000;
    this.#now = now;
    this.#sweptAt = now();
  }

  take(key: string): number {
    const now = this.#now();
    if (now - this.#sweptAt >= this.#lasts) this.#sweep(now);
    const window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      this.#windows.set(key, { taken: 1, endsAt: now + this.#lasts });
      return 0;
    }
    if (window.taken === this.#points) return window.endsAt - now;
    window.taken += 1;
    return 0;
  }

  /** Forgets who has taken nothing for a window's time. */
  #sweep(now: number): void {
    for (const [key, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(key);
    this.#sweptAt = now;
  }
}
