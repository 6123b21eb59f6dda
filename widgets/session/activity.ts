/** Signs of a person at work in the host's page (pain 11). Captured, because a viewer stops what happens on its canvas. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** How often "still here" is repeated at most. ms */
const REPEAT = 60_000;

/**
 * Watches the host's document and says whether somebody is working there. Looks at the clock only; what is typed or clicked is not read.
 */
export class Activity {
  readonly #document: Document;
  readonly #idleAfter: number;
  readonly #report: (active: boolean) => void;
  readonly #back: (idle: number) => void;
  #active = false;
  #seen = 0;
  #reported = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `idleAfter`: ms without a sign until the person counts as inactive; Infinity for never. `back` hears at each sign how many ms there was
   * none before it.
   */
  constructor(document: Document, idleAfter: number, report: (active: boolean) => void, back: (idle: number) => void) {
    this.#document = document;
    this.#idleAfter = idleAfter;
    this.#report = report;
    this.#back = back;
    for (const sign of SIGNS) document.addEventListener(sign, this.#sign, { capture: true, passive: true });
    document.addEventListener('visibilitychange', this.#visibility);
    document.defaultView?.addEventListener('focus', this.#visibility);
    this.#visibility();
  }

  stop(): void {
    for (const sign of SIGNS) this.#document.removeEventListener(sign, this.#sign, { capture: true });
    this.#document.removeEventListener('visibilitychange', this.#visibility);
    this.#document.defaultView?.removeEventListener('focus', this.#visibility);
    clearTimeout(this.#timer);
  }

  /** Says it again now: a new session does not know it yet. */
  repeat(): void {
    if (this.#active) this.#report(true);
  }

  readonly #sign = (): void => {
    const before = this.#seen;
    this.#seen = Date.now();
    if (before > 0) this.#back(this.#seen - before);
    if (this.#active && this.#seen - this.#reported < REPEAT) return;
    this.#active = true;
    this.#reported = this.#seen;
    this.#report(true);
    if (this.#idleAfter < Infinity) this.#timer ??= setTimeout(() => this.#check(), this.#idleAfter);
  };

  readonly #visibility = (): void => {
    if (this.#document.visibilityState === 'visible') this.#sign();
  };

  #check(): void {
    const rest = this.#seen + this.#idleAfter - Date.now();
    this.#timer = rest > 0 ? setTimeout(() => this.#check(), rest) : undefined;
    if (rest > 0) return;
    this.#active = false;
    this.#report(false);
  }
}
