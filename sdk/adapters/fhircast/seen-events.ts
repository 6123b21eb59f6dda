/** More than a session has in flight; a hub repeats within seconds. */
const KEPT = 1_000;

/** The ids of events, so that what a hub tells twice is done once. */
export class SeenEvents {
  /** Whether it was about what is open. */
  readonly #ids = new Map<string, boolean>();

  /** False when it was there. */
  add(id: string, isContext: boolean): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.set(id, isContext);
    if (this.#ids.size > KEPT) this.#ids.delete(this.#ids.keys().next().value!);
    return true;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** A logout stays done; what is open may be told again. */
  forgetContexts(): void {
    for (const [id, isContext] of this.#ids) if (isContext) this.#ids.delete(id);
  }
}
