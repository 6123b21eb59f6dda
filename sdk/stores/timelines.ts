import type { Timeline } from './timeline.js';

/**
 * Timelines that nobody looks at and that are full when somebody comes back: about as many as one person goes back and forth
 * between. Each holds all that was scrolled through, and takes in every live entry.
 */
const KEPT = 10;

/** The timelines of a session, by conversation; of those that nobody looks at only the last few stay filled. */
export class Timelines {
  /** Least recently used first. */
  readonly #filled = new Map<string, Timeline>();
  /** Emptied, and here only for as long as somebody else has them: watched again, they are filled again. */
  readonly #emptied = new Map<string, WeakRef<Timeline>>();

  /** One that takes in what comes. */
  get(id: string): Timeline | undefined {
    return this.#filled.get(id);
  }

  all(): Timeline[] {
    return [...this.#filled.values()];
  }

  open(id: string, make: () => Timeline): Timeline {
    const held = this.#filled.get(id) ?? this.#emptied.get(id)?.deref();
    if (held) return held;
    const made = make();
    this.used(id, made);
    return made;
  }

  /** Somebody began or ceased to look at it. */
  used(id: string, timeline: Timeline): void {
    this.#emptied.delete(id);
    this.#filled.delete(id);
    this.#filled.set(id, timeline);
    const idle = [...this.#filled].filter(([, other]) => !other.watched);
    for (const [old, other] of idle.slice(0, -KEPT)) {
      this.#filled.delete(old);
      this.#emptied.set(old, new WeakRef(other));
      other.reset();
    }
  }

  dispose(): void {
    for (const timeline of [...this.all(), ...[...this.#emptied.values()].map((emptied) => emptied.deref())]) timeline?.dispose();
    this.#filled.clear();
    this.#emptied.clear();
  }
}
