import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Connection, Session } from '#sdk';
import '../connection-notice/connection-notice.js';
import { connectionText } from '../connection-notice/connection-text.js';
import { define } from '../internal/define.js';
import { fire } from '../internal/events.js';
import { deepActiveElement } from '../internal/focus.js';
import { icon } from '../internal/icons.js';
import type { PanelElement } from '../internal/panel-lookup.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import '../status-menu/status-menu.js';
import { chatPanelStyles } from './chat-panel-styles.js';

/** `docked`: over the page at the end side (S12). `floating`: a card in the corner. `page`: fills the box that the host gives. */
export type Placement = 'docked' | 'floating' | 'page';

/**
 * @summary The chat: own status, list, conversation and composer. What is inside is loaded when it is first opened.
 *
 * Escape and the close button give the focus back to where it came from; closing ends nothing (B23).
 *
 * @slot help - A link or button in the header, such as your help page.
 * @event parley-panel-open - It was opened. Detail: `{ placement }`.
 * @event parley-panel-close - It was closed. Detail: `{ placement }`.
 * @event parley-focus-enter - The focus came in: pause what listens to keys while capturing.
 * @event parley-focus-leave - The focus left.
 * @csspart panel - The whole inside.
 * @csspart header - The line with own status and close button.
 * @csspart close-button - The close button.
 * @csspart body - Below the header.
 * @cssproperty [--parley-chat-panel-width=380px] - Width, docked and floating.
 * @cssproperty [--parley-chat-panel-height=620px] - Height at most, floating.
 * @cssproperty [--parley-chat-panel-inset=16px] - Distance from the corner, floating.
 * @cssproperty [--parley-chat-panel-inset-block=0] - Room left for the host's own bars above and below, docked, as `48px 24px`.
 * @cssproperty [--parley-chat-panel-z-index=1000] - Order among the host's layers.
 */
export class ChatPanel extends ParleyElement implements PanelElement {
  static override styles = [tokens, base, buttons, chatPanelStyles];
  protected static override readonly keepsEditing: boolean = true;

  /** Whether it shows. Setting it does not move the focus; `show()` does. With `placement="page"` it always shows. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** `docked`, `floating` or `page`. */
  @property({ reflect: true }) placement: Placement = 'docked';

  /** `bubble`, or `log` for one line a message: time, name, text (E14). */
  @property({ attribute: 'message-style' }) messageStyle: 'bubble' | 'log' = 'bubble';

  @state() protected body: 'none' | 'loading' | 'ready' | 'failed' = 'none';
  @query('.panel') protected panel!: HTMLElement | null;
  @query('parley-panel-body') protected inside!: HTMLElement | null;

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #connection = new StoreController<Connection | null>(this, (client) => client.connection$, null);
  #cameFrom: HTMLElement | null = null;
  /** `now`: with the next render. `inside`: the focus waits on the panel itself until there is an inside. */
  #wantsFocus: 'now' | 'inside' | null = null;

  /** Opens it and moves the focus in, to where one goes on. */
  show(): void {
    const from = deepActiveElement(this.ownerDocument);
    if (from !== null && !this.#holds(from)) this.#cameFrom = from;
    this.open = true;
    this.#wantsFocus = 'now';
    this.requestUpdate();
  }

  /** Closes it. The focus, when it is inside, goes back to where it came from. */
  hide(): void {
    const inside = this.#holds(deepActiveElement(this.ownerDocument));
    this.open = false;
    this.#wantsFocus = null;
    const from = this.#cameFrom;
    this.#cameFrom = null;
    if (!inside) return;
    if (from?.isConnected) from.focus();
    else deepActiveElement(this.ownerDocument)?.blur();
  }

  override focus(): void {
    if (this.inside !== null) this.inside.focus();
    if (!this.#holds(deepActiveElement(this.ownerDocument))) this.panel?.focus();
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#shown && this.body === 'none') void this.#load();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('open') && (this.open || changed.get('open') === true)) {
      fire(this, this.open ? 'parley-panel-open' : 'parley-panel-close', { placement: this.placement });
    }
    if (!this.#shown) return;
    if (this.#wantsFocus === 'now') {
      this.panel?.focus();
      this.#wantsFocus = 'inside';
    }
    if (this.#wantsFocus === 'inside' && this.inside !== null) {
      this.#wantsFocus = null;
      // A task later the inside has rendered; by then the person may have gone elsewhere.
      setTimeout(() => {
        if (this.panel?.matches(':focus')) this.focus();
      });
    }
  }

  get #shown(): boolean {
    return this.open || this.placement === 'page';
  }

  #holds(element: Element | null): boolean {
    for (let node: Node | null = element; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
      if (node === this) return true;
    }
    return false;
  }

  async #load(): Promise<void> {
    this.body = 'loading';
    try {
      await import('../panel/panel-body.js');
      this.body = 'ready';
    } catch {
      this.body = 'failed';
    }
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    if (this.placement !== 'page') this.hide();
    else if (this.#cameFrom?.isConnected) this.#cameFrom.focus();
    else deepActiveElement(this.ownerDocument)?.blur();
  }

  #focusin(event: FocusEvent): void {
    const from = event.relatedTarget;
    if (!(from instanceof HTMLElement) || this.#holds(from)) return;
    // Seen from here the focus came from the launcher; `show()` knew which button in it.
    if (this.#cameFrom === null || !from.shadowRoot?.contains(this.#cameFrom)) this.#cameFrom = from;
  }

  #renderSkeleton(): TemplateResult {
    return html`<div class="skeleton" role="status" aria-label=${this.text('loading')}>
      <div class="search"></div>
      ${[1, 2, 3, 4, 5].map(() => html`<div><i></i><i></i><i></i></div>`)}
    </div>`;
  }

  #renderContent(): TemplateResult {
    if (this.body === 'failed') {
      return html`<div class="empty" role="alert">
        ${icon('warning')}<strong>${this.text('panelFailed')}</strong>
        <button class="button" type="button" @click=${this.#load}>${this.text('retry')}</button>
      </div>`;
    }
    const connection = this.#connection.value;
    if (this.#session.value !== null) {
      return this.body === 'ready'
        ? html`<parley-panel-body .messageStyle=${this.messageStyle}></parley-panel-body>`
        : this.#renderSkeleton();
    }
    const state = connection?.state ?? 'idle';
    if (state === 'connecting' || state === 'catching-up') return this.#renderSkeleton();
    const said = connection === null ? null : connectionText(connection, this.localisation);
    return html`<div class="empty">
      ${icon(said?.icon ?? 'chat')}<strong
        >${state === 'waiting' ? this.text('unreachable') : (said?.text ?? this.text('notSignedIn'))}</strong
      >
      ${state === 'ended' && said?.hint !== undefined ? html`<span>${said.hint}</span>` : nothing}
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#shown) return nothing;
    const session = this.#session.value;
    // While nobody was ever signed in the middle of the panel says why, so a line above would say it twice.
    const notice = session !== null || this.#connection.value?.state === 'waiting';
    return html`<section
      class="panel"
      part="panel"
      tabindex="-1"
      aria-label=${this.text('chatPanel')}
      @keydown=${this.#keydown}
      @focusin=${this.#focusin}
    >
      <header class="header" part="header">
        ${session === null ? html`<span class="title">${this.text('chat')}</span>` : html`<parley-status-menu></parley-status-menu>`}
        <span class="space"></span>
        <slot name="help"></slot>
        ${
          this.placement === 'page'
            ? nothing
            : html`<button
                class="icon-button"
                part="close-button"
                type="button"
                aria-label=${this.text('closePanel')}
                title=${this.text('closePanel')}
                @click=${this.hide}
              >
                ${icon('close')}
              </button>`
        }
      </header>
      ${notice ? html`<parley-connection-notice></parley-connection-notice>` : nothing}
      <div class="content" part="body">${this.#renderContent()}</div>
    </section>`;
  }
}

define('parley-chat-panel', ChatPanel);

declare global {
  interface HTMLElementTagNameMap {
    'parley-chat-panel': ChatPanel;
  }
}
