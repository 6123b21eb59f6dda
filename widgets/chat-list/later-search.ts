import { nothing, type TemplateResult } from 'lit';
import { LIMITS } from '#sdk';
import { whenIdle } from '../internal/idle.js';
import type { SearchHost } from '../internal/search.js';
import type { Line } from './chat-lines.js';
import type { Around, Found } from './chat-option.js';
import type * as Loaded from './chat-search.js';

/** The search of the list. How it is done is loaded when there is time for it, at the latest with the first letter. */
export class LaterSearch {
  text = '';

  readonly #host: SearchHost;
  #loaded: typeof Loaded | null = null;
  #search: Loaded.ChatSearch | null = null;
  #failed = false;

  constructor(host: SearchHost) {
    this.#host = host;
    whenIdle(() => void this.#load());
  }

  /** Whether anything is sought. */
  get active(): boolean {
    return this.text.trim() !== '';
  }

  /** Nothing can be said to be the first yet. */
  get unsettled(): boolean {
    return this.#search?.unsettled ?? !this.#failed;
  }

  get searching(): boolean {
    return this.#search?.searching ?? !this.#failed;
  }

  get failed(): boolean {
    return this.#search?.failed ?? this.#failed;
  }

  /** People are asked for by those who may start a chat with them (E3). */
  ask(text: string, people: boolean): void {
    this.text = text.slice(0, LIMITS.searchLength);
    if (this.#search !== null) this.#search.ask(this.text, people);
    else if (this.active) void this.#load().then(() => this.#search?.ask(this.text, people));
    this.#host.requestUpdate();
  }

  lines(known: Loaded.Known): readonly Line[] {
    return this.#search?.lines(known) ?? [];
  }

  readonly render = (line: Found, view: Around): TemplateResult | typeof nothing => this.#loaded?.renderFound(line, view) ?? nothing;

  async #load(): Promise<void> {
    this.#failed = false;
    try {
      this.#loaded = await import('./chat-search.js');
      this.#search ??= new this.#loaded.ChatSearch(this.#host);
    } catch {
      // The next letter tries again.
      this.#failed = true;
      this.#host.requestUpdate();
    }
  }
}
