/** ms */
const EVERY = 1_000;

/**
 * "Unread messages" blinks in the title of a page that is not in front (B24), and stops when it comes to the front (B26). The host's title is
 * given back exactly, also when the host has changed it meanwhile.
 */
export class TitleBlink {
  readonly #document: Document;
  #words = '';
  #own = '';
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(document: Document) {
    this.#document = document;
  }

  /** Blinks with these words; an empty text stops it. */
  show(words: string): void {
    if (words === '') return this.stop();
    if (this.#timer !== undefined) {
      if (this.#document.title === this.#words) this.#document.title = words;
      this.#words = words;
      return;
    }
    this.#words = words;
    this.#own = this.#document.title;
    this.#blink();
    this.#timer = setInterval(this.#blink, EVERY);
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#document.title === this.#words) this.#document.title = this.#own;
  }

  readonly #blink = (): void => {
    if (this.#document.title === this.#words) this.#document.title = this.#own;
    else {
      // The host's, perhaps a new one.
      this.#own = this.#document.title;
      this.#document.title = this.#words;
    }
  };
}
