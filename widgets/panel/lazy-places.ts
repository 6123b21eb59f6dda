import type { ReactiveController, TemplateResult } from 'lit';
import { html } from '../internal/html.js';
import type { ParleyElement } from '../internal/parley-element.js';
import { isLoaded, load, type Place } from './places.js';

/**
 * Parts of an element that are loaded when they are first shown. Until then, and when that fails, there is something in their place; what
 * failed is tried again when the connection is back.
 */
export class LazyPlaces implements ReactiveController {
  readonly #host: ParleyElement;
  readonly #waiting = new Set<Place>();
  readonly #failed = new Set<Place>();

  constructor(host: ParleyElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('online', this.#again);
  }

  hostDisconnected(): void {
    window.removeEventListener('online', this.#again);
  }

  readonly #again = (): void => {
    if (this.#failed.size === 0) return;
    this.#failed.clear();
    this.#host.requestUpdate();
  };

  /** `content` once its element is there; a person who waits for it can ask again after a failure. */
  render(place: Place, content: () => TemplateResult): TemplateResult {
    if (isLoaded(place)) return content();
    if (this.#failed.has(place)) {
      return html`<div class="lost" role="alert">
        <p>${this.#host.text('panelFailed')}</p>
        <button class="button" type="button" @click=${() => this.#load(place)}>${this.#host.text('retry')}</button>
      </div>`;
    }
    if (!this.#waiting.has(place)) void this.#load(place);
    return html`<div class="waiting" role="status" aria-label=${this.#host.text('loading')}></div>`;
  }

  async #load(place: Place): Promise<void> {
    this.#waiting.add(place);
    if (this.#failed.delete(place)) this.#host.requestUpdate();
    try {
      await load(place);
    } catch {
      this.#failed.add(place);
    }
    this.#waiting.delete(place);
    this.#host.requestUpdate();
  }
}
