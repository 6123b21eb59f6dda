import { nothing, type TemplateResult } from 'lit';
import type { Conversation } from '#sdk';
import { deepActiveElement } from '../internal/focus.js';
import { html } from '../internal/html.js';
import type { ParleyElement } from '../internal/parley-element.js';
import { tagOf } from '../internal/prefix.js';
import { load } from '../panel/places.js';

/** The menu of one entry of the list, loaded when it is first asked for: by the right button, its key, or the dots that come under the pointer. */
export class ListMenu {
  readonly #host: ParleyElement;
  #chat: Conversation | null = null;

  constructor(host: ParleyElement) {
    this.#host = host;
  }

  /** At the pointer. */
  contextmenu(event: MouseEvent, chat: Conversation): void {
    event.preventDefault();
    const at = new DOMRect(event.clientX, event.clientY);
    const show = (): void => void this.show(chat, at);
    // Where it is asked for while the button is still held, its release would be a click beside what is open by then.
    if (event.buttons === 0) show();
    else this.#host.ownerDocument.addEventListener('pointerup', () => setTimeout(show), { once: true, capture: true });
  }

  /** At this place of the window. Rejects when it could not be loaded. */
  async show(chat: Conversation, at: DOMRect): Promise<void> {
    const back = deepActiveElement(this.#host.ownerDocument);
    this.#chat = chat;
    this.#host.requestUpdate();
    await load('chat-menu');
    await this.#host.updateComplete;
    await this.#host.renderRoot.querySelector(tagOf('chat-menu'))?.show(at, back);
  }

  render(given: { title: (chat: Conversation) => string; wide: boolean; opened: (() => void) | null }): TemplateResult | typeof nothing {
    if (this.#chat === null) return nothing;
    return html`<parley-chat-menu
      .chat=${this.#chat}
      .name=${given.title(this.#chat)}
      ?wide=${given.wide}
      .opened=${given.opened}
    ></parley-chat-menu>`;
  }
}
