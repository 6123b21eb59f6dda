import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Session } from '#sdk';
import { core } from '../internal/core-styles.js';
import { coreTokens } from '../internal/core-tokens.js';
import { fire } from '../internal/events.js';
import { deepActiveElement } from '../internal/focus.js';
import { html } from '../internal/html.js';
import { whenIdle } from '../internal/idle.js';
import { findPanel, type PanelElement } from '../internal/panel-lookup.js';
import { ShellElement } from '../internal/shell-element.js';
import { StoreController } from '../internal/store-controller.js';
import { chatPanelStyles } from './chat-panel-styles.js';
import type { PanelFrame } from './panel-frame.js';

/** `docked`: over the page at the end side (S12). `floating`: a card in the corner. `page`: fills the box that the host gives. */
export type Placement = 'docked' | 'floating' | 'page';

/**
 * @summary The chat: own status, list, conversation and composer. What is inside is loaded when the page is idle, at the latest when it is opened.
 *
 * Escape and the close button give the focus back to where it came from; closing ends nothing (B23). Docked and floating, it is open again on
 * the host's next page when it was open on the one before (B1).
 *
 * @slot help - A link or button in the header, such as your help page.
 * @event parley-panel-open - It was opened. Detail: `{ placement }`.
 * @event parley-panel-close - It was closed. Detail: `{ placement }`.
 * @event parley-message-send - A message is about to be sent. Cancel it to keep it in the composer. Detail: `{ conversation, text, links }`.
 * @event parley-message-sent - It is on its way. Detail: `{ conversation, cid }`.
 * @event parley-item-open - A link is about to be opened. Cancel it to open the item yourself. Detail: `{ link, conversation }`.
 * @event parley-item-link - The current item is about to be put into a message. Cancel it to keep it out. Detail: `{ link }`.
 * @event parley-item-linked - The item is in the draft; nothing was sent. Detail: `{ link, conversation }`.
 * @event parley-conversation-opened - A chat was picked. Detail: `{ conversation }`.
 * @event parley-status-change - The person has set their own status. Detail: `{ availability, message }`.
 * @event parley-focus-enter - The focus came in: pause what listens to keys while capturing.
 * @event parley-focus-leave - The focus left.
 * @csspart panel - The whole inside.
 * @csspart header - The line with own status and close button.
 * @csspart settings-button - The button of the settings.
 * @csspart close-button - The close button.
 * @csspart body - Below the header.
 * @csspart status-button - What opens the own status: avatar, name and status.
 * @csspart notice - The line about the connection.
 * @csspart retry - Its button that tries again at once.
 * @csspart unsent - The line about what could not be sent, and what it opens.
 * @csspart chats - The list of chats: what scrolls.
 * @csspart contacts - The contacts: what scrolls.
 * @csspart invitation - One invitation.
 * @csspart tab - A tab of an open chat, in a wide panel.
 * @csspart chat-header - The line with the title of the open chat.
 * @csspart log - The messages: what scrolls.
 * @csspart message - One message.
 * @csspart bubble - Its bubble.
 * @csspart text - Its words.
 * @csspart state - Its time and how far it came.
 * @csspart ribbon - Author and first words of the latest message while one reads further up (B29).
 * @csspart link-card - A linked item, in a message and in the composer.
 * @csspart composer - Where one writes: all of it.
 * @csspart input - The text field.
 * @csspart send-button - The button that sends.
 * @csspart history-button - The arrow that sends or saves the history (B18).
 * @csspart conduct-notice - The tenant's reminder of how to write here (S4).
 * @cssproperty [--parley-chat-panel-width=380px] - Width, docked and floating.
 * @cssproperty [--parley-chat-panel-height=620px] - Height at most, floating.
 * @cssproperty [--parley-chat-panel-inset=16px] - Distance from the corner, floating.
 * @cssproperty [--parley-chat-panel-inset-block=0] - Room left for the host's own bars above and below, docked, as `48px 24px`.
 * @cssproperty [--parley-chat-panel-z-index=1000] - Order among the host's layers.
 */
export class ChatPanel extends ShellElement<PanelFrame> implements PanelElement {
  static readonly tag = 'chat-panel';
  static override styles = [coreTokens, core, chatPanelStyles];
  static override properties: PropertyDeclarations = {
    open: { type: Boolean, reflect: true },
    placement: { reflect: true },
    messageStyle: { attribute: 'message-style' },
  };
  protected static override readonly keepsEditing: boolean = true;

  /** Whether it shows. Setting it does not move the focus; `show()` does. With `placement="page"` it always shows. */
  open = false;

  /** `docked`, `floating` or `page`. */
  placement: Placement = 'docked';

  /** `bubble`, or `log` for one line a message: time, name, text (E14). */
  messageStyle: 'bubble' | 'log' = 'bubble';

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #kept = new StoreController<boolean>(this, (client) => client.select((session) => session.panelOpen$, false), false);
  #followed: Session | null = null;
  #cameFrom: HTMLElement | null = null;
  /** `now`: with the next render. `inside`: the focus waits on the panel itself until there is an inside. */
  #wantsFocus: 'now' | 'inside' | null = null;

  /**
   * Opens it and moves the focus in, to where one goes on: the open chat, which is read then (B27), else the search. To show a chat, open it
   * first: one that opens later leaves the focus on the panel, and is read when the person turns to it.
   */
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
    if (inside) this.#giveBack();
    this.#cameFrom = null;
  }

  /** Moves the focus to where one goes on: the open chat, else the search. */
  override focus(): void {
    this.inside?.focus();
    if (!this.#holds(deepActiveElement(this.ownerDocument))) this.#panel?.focus();
  }

  protected override async fetch(): Promise<typeof PanelFrame> {
    return (await import('../inside.js')).PanelFrame;
  }

  // Not in willUpdate: what the stores say is read between the two.
  protected override update(changed: PropertyValues): void {
    this.#follow(changed.get('open') !== undefined);
    super.update(changed);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('open') && (this.open || changed.get('open') === true)) {
      fire(this, this.open ? 'parley-panel-open' : 'parley-panel-close', { placement: this.placement });
    }
    if (!this.#shown) {
      if (this.#session.value !== null && !this.failed) whenIdle(() => void this.load());
      return;
    }
    // What could not be fetched ahead is tried again when it is needed.
    if (changed.has('open') || !this.failed) void this.load();
    if (this.#wantsFocus === 'now') {
      this.#panel?.focus();
      this.#wantsFocus = 'inside';
    }
    if (this.#wantsFocus === 'inside' && this.inside?.ready) {
      this.#wantsFocus = null;
      // A task later the inside has rendered; by then the person may have gone elsewhere.
      setTimeout(() => {
        if (this.#panel?.matches(':focus')) this.focus();
      });
    }
  }

  /** Of whoever signs in it is as they left it on the host's page before (B1), and from then on it says how it is. */
  #follow(turned: boolean): void {
    const session = this.#session.value;
    if (this.placement === 'page') return;
    const began = session !== this.#followed;
    this.#followed = session;
    // Of several panels the first is meant, and each tells only of its own doing.
    if (began && this.#kept.value && findPanel(this, '') === this) this.open = true;
    else if (turned || (began && this.open)) session?.setPanelOpen(this.open);
  }

  get #shown(): boolean {
    return this.open || this.placement === 'page';
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector('section');
  }

  #holds(element: Element | null): boolean {
    for (let node: Node | null = element; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
      if (node === this) return true;
    }
    return false;
  }

  #giveBack(): void {
    if (this.#cameFrom?.isConnected) this.#cameFrom.focus();
    else deepActiveElement(this.ownerDocument)?.blur();
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    if (this.placement === 'page') this.#giveBack();
    else this.hide();
  }

  #focusin(event: FocusEvent): void {
    const from = event.relatedTarget;
    if (!(from instanceof HTMLElement) || this.#holds(from)) return;
    // Seen from here the focus came from the launcher; `show()` knew which button in it.
    if (this.#cameFrom === null || !from.shadowRoot?.contains(this.#cameFrom)) this.#cameFrom = from;
  }

  #renderWaiting(): TemplateResult {
    if (!this.failed) return html`<div class="waiting" role="status" aria-label=${this.text('loading')}></div>`;
    return html`<div class="lost" role="alert">
      <p>${this.text('panelFailed')}</p>
      <button @click=${this.load}>${this.text('retry')}</button>
      ${this.placement === 'page' ? nothing : html`<button @click=${this.hide}>${this.text('closePanel')}</button>`}
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#shown) return nothing;
    return html`<section
      class="panel"
      part="panel"
      tabindex="-1"
      aria-label=${this.text('chat')}
      @keydown=${this.#keydown}
      @focusin=${this.#focusin}
    >
      ${this.inside?.render() ?? this.#renderWaiting()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-chat-panel': ChatPanel;
  }
}
