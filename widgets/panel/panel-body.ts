import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Session } from '#sdk';
import { ConversationElement } from '../conversation/conversation.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { ParleyElement } from '../internal/parley-element.js';
import { tagOf } from '../internal/prefix.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import type { MessageStyle } from '../message/message.js';
import { LazyPlaces } from './lazy-places.js';
import { PanelSide } from './panel-side.js';
import { PARTS } from './parts.js';

/** From this width on, list and conversation stand beside each other. px */
const WIDE = 640;
/** From this width on there is room for a third pane. px */
const WIDEST = 1_100;

/**
 * @summary The panel's inside: the list or one conversation, or both side by side where there is room (M21). Loaded when the panel is first opened.
 */
export class PanelBody extends ParleyElement {
  static readonly tag = 'panel-body';
  static override readonly parts = [ConversationElement, PanelSide];
  static override styles = [
    tokens,
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        min-block-size: 0;
        overflow: hidden;
      }
      :host([wide]) {
        grid-template-columns: 260px minmax(0, 1fr);
      }
      :host([wide]) .side {
        border-inline-end: 1px solid var(--_line);
      }
      :host([widest]) {
        grid-template-columns: 280px minmax(0, 1fr) auto;
      }
      .main {
        display: flex;
        flex-direction: column;
        min-inline-size: 0;
        min-block-size: 0;
      }
      .conversation,
      .none {
        flex: 1;
      }
      .details,
      :host([widest]) > .waiting {
        inline-size: 280px;
      }
      .none {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 10px;
        padding: 24px;
        background: var(--_surface);
        color: var(--_ink-2);
        text-align: center;
      }
      .lost {
        padding: 24px;
        max-inline-size: 280px;
        color: var(--_ink-2);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    messageStyle: { attribute: 'message-style' },
    wide: { type: Boolean, reflect: true },
    widest: { type: Boolean, reflect: true },
    starting: { state: true },
  };

  /** `bubble`, or `log` for one line a message: time, name, text (E14). */
  messageStyle: MessageStyle = 'bubble';
  /** Set by the width that there is. */
  wide = false;
  widest = false;

  protected starting = false;

  #lazy = new LazyPlaces(this);
  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #open = new StoreController<string | null>(this, (client) => client.select((session) => session.open$, null), null);
  #was: { session: Session | null; open: string | null } = { session: null, open: null };
  #focusNext: 'main' | 'side' | 'self' | null = null;
  #resizes: ResizeObserver | null = null;

  protected get side(): HTMLElement | null {
    return this.renderRoot.querySelector(tagOf('panel-side'));
  }
  protected get main(): HTMLElement | null {
    return this.renderRoot.querySelector(tagOf('conversation'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#measure();
    // In the next frame: a layout that changes within the observer would give the page "ResizeObserver loop" errors.
    this.#resizes = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
    this.#resizes = null;
  }

  #measure(): void {
    this.wide = this.clientWidth >= WIDE;
    this.widest = this.clientWidth >= WIDEST;
  }

  /** To where one goes on: the composer of the open chat, else the search. */
  override focus(): void {
    (this.main ?? this.side)?.focus();
  }

  /** A new session, or a chat that opens elsewhere, ends the beginning of another. Asked while rendering, when the controllers have their values. */
  #followOpen(session: Session, open: string | null): void {
    if (session !== this.#was.session || (open !== null && open !== this.#was.open)) this.starting = false;
    // Taken out of the chat, or brought to another by the host, where the list makes room for it: what is typed on is no search, and no
    // message in the next chat, nor does it reach the host's shortcuts.
    if (open !== this.#was.open && (this.wide ? this.main : this)?.matches(':focus-within')) this.#focusNext ??= 'self';
    this.#was = { session, open };
  }

  protected override updated(): void {
    const next = this.#focusNext;
    if (next === null) return;
    this.#focusNext = null;
    if (next === 'self') return this.closest('section')?.focus();
    const target = (next === 'main' ? this.main : this.side) ?? this.side;
    // The inside of a pane that has just come renders once more before it can take the focus.
    if (target instanceof ParleyElement) void target.updateComplete.then(() => target.focus());
  }

  /** Only a person's own act moves the focus; a chat that opens by itself does not. */
  #go(next: 'main' | 'side'): void {
    this.#focusNext = next;
    this.requestUpdate();
  }

  readonly #back = (): void => {
    this.client?.session?.open(null);
    this.#go('side');
  };

  readonly #picked = (): void => this.#go('main');

  readonly #emptied = (): void => this.#go('side');

  readonly #startNew = (): void => {
    this.starting = true;
    this.#go('side');
  };

  readonly #closedNew = (started: boolean): void => {
    this.starting = false;
    this.#go(started ? 'main' : 'side');
  };

  /** In the narrow panel Escape leads from the chat back to the list, and from there out; each step is handled only once. */
  #keydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || this.wide) return;
    event.preventDefault();
    this.#back();
  }

  #renderSide(): TemplateResult {
    return html`<parley-panel-side
      exportparts=${PARTS}
      class="side"
      .starting=${this.starting}
      .wide=${this.wide}
      .startNew=${this.#startNew}
      .closedNew=${this.#closedNew}
      .picked=${this.#picked}
    ></parley-panel-side>`;
  }

  #renderConversation(open: string | null): TemplateResult {
    if (open === null) return html`<div class="none">${icon('chat')}<span>${this.text('chooseChat')}</span></div>`;
    return html`<parley-conversation
      exportparts=${PARTS}
      class="conversation"
      .conversation=${open}
      .messageStyle=${this.messageStyle}
      .back=${this.#back}
      ?wide=${this.wide}
      @keydown=${this.#keydown}
    ></parley-conversation>`;
  }

  #renderTabs(): TemplateResult {
    return this.#lazy.render(
      'tab-strip',
      () => html`<parley-tab-strip exportparts=${PARTS} .picked=${this.#picked} .emptied=${this.#emptied}></parley-tab-strip>`,
    );
  }

  #renderMain(open: string | null): TemplateResult {
    return html`<div class="main">${this.wide ? this.#renderTabs() : nothing} ${this.#renderConversation(open)}</div>
      ${
        this.widest && open !== null
          ? this.#lazy.render('chat-details', () => html`<parley-chat-details class="details" .conversation=${open}></parley-chat-details>`)
          : nothing
      }`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const session = this.#session.value;
    if (session === null) return nothing;
    const open = this.#open.value;
    this.#followOpen(session, open);
    // One template for all cases: the list keeps its place, its focus and what is typed there when a chat opens beside it.
    const sideShown = this.wide || this.starting || open === null;
    return html`${sideShown ? this.#renderSide() : nothing}${this.wide || !sideShown ? this.#renderMain(open) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-panel-body': PanelBody;
  }
}
