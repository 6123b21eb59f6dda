import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { html } from './html.js';

/** Messages that come within this time are read as one. ms */
const BURST = 250;
/** What was read is not found there by somebody who comes by later, when it is not true any more. ms */
const KEPT = 4_000;

/**
 * One polite live region of a root: `#announcer = new Announcer(this)`, `${this.#announcer.region()}` once in the template, `say(text)`.
 * The region is there before it is used, holds plain text, and a burst is summed up instead of read out one by one.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #sum: ((count: number) => string) | null;
  #pending: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #end: ReturnType<typeof setTimeout> | undefined;
  #text = '';
  #turn = false;

  /** `sum` says what is read instead of more than one text at once; without it they are read one after another. */
  constructor(host: ReactiveControllerHost, sum: ((count: number) => string) | null = null) {
    this.#host = host;
    this.#sum = sum;
    host.addController(this);
  }

  say(text: string): void {
    this.#pending.push(text);
    this.#timer ??= setTimeout(() => this.#flush(), BURST);
  }

  region(): TemplateResult {
    // A no-break space in turns: the same words said twice are a change, too.
    return html`<div class="visually-hidden" role="status" aria-live="polite">${this.#text}${this.#turn ? '\u00a0' : ''}</div>`;
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** What was said and is to be said is somebody's, who has gone. */
  clear(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#end);
    this.#timer = undefined;
    this.#pending = [];
    this.#text = '';
  }

  #flush(): void {
    this.#timer = undefined;
    const texts = this.#pending;
    this.#pending = [];
    this.#text = texts.length > 1 && this.#sum !== null ? this.#sum(texts.length) : texts.join('. ');
    this.#turn = !this.#turn;
    this.#host.requestUpdate();
    clearTimeout(this.#end);
    this.#end = setTimeout(() => {
      this.#text = '';
      this.#host.requestUpdate();
    }, KEPT);
  }
}
