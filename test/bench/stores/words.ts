import { seededRandom } from '../../support/random.js';

const VOCABULARY = 20_000;
/** With them a message has about 90 bytes. */
const WORDS = 12;

/** Texts of which few words are frequent and most are rare, as in a language; the same ones in every run. */
export class Texts {
  readonly #random = seededRandom(7);
  readonly #words: readonly string[] = Array.from({ length: VOCABULARY }, (_, number) =>
    Array.from({ length: 3 + (number % 7) }, () => String.fromCharCode(97 + this.#random.below(26))).join(''),
  );

  readonly frequent: string[] = this.#words.slice(0, 2);
  readonly rare: string[] = this.#words.slice(-100);

  /** In 0 ..< below, small ones much more often. */
  skewed(below: number): number {
    return Math.min(below - 1, Math.floor(Math.exp(this.#random.next() * Math.log(below + 1))) - 1);
  }

  /** In 0 ..< below, all alike. */
  below(below: number): number {
    return this.#random.below(below);
  }

  text(): string {
    return Array.from({ length: WORDS }, () => this.#words[this.skewed(VOCABULARY)]).join(' ');
  }
}
