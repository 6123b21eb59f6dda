import { css, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Invitation, Session } from '#sdk';
import { core, inline } from '../internal/core-styles.js';
import { coreTokens } from '../internal/core-tokens.js';
import { html } from '../internal/html.js';
import { chatStrokes, draw } from '../internal/icon.js';
import { findPanel, type PanelElement } from '../internal/panel-lookup.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { matches, readShortcut, type Shortcut } from './shortcut.js';

const UNKNOWN = -1;

/** After which it may have to look different. */
const CHANGES = ['parley-panel-open', 'parley-panel-close', 'visibilitychange'] as const;

/**
 * @summary The Chat button for the host's toolbar: opens the panel, shows how many messages are unread and how many invitations open, and
 * blinks when one comes (S1, B2).
 *
 * Takes its colour and font from the toolbar. Nothing is shown while nobody is signed in.
 *
 * @slot - The words of the button; "Chat" without it. Leave it empty with `icon-only`.
 * @slot icon - Your own icon.
 * @csspart button - The button.
 * @csspart count - The number of unread messages, or else of open invitations.
 * @cssproperty [--parley-launcher-count=#c4291c] - Colour behind the unread number.
 */
export class Launcher extends ParleyElement {
  static readonly tag = 'launcher';
  static override styles = [
    coreTokens,
    core,
    inline,
    css`
      :host {
        --_count: var(--parley-launcher-count, #c4291c);
      }
      .launcher {
        gap: 7px;
        min-block-size: 32px;
        padding: 4px 10px;
        border-radius: var(--_radius);
        line-height: 1.3;
        transition: background-color var(--_open);
      }
      :host([icon-only]) .launcher {
        padding: 4px 8px;
      }
      .launcher:hover {
        background: color-mix(in srgb, currentColor 10%, transparent);
      }
      .launcher[aria-expanded='true'] {
        background: color-mix(in srgb, currentColor 15%, transparent);
      }
      .launcher:focus-visible {
        outline-color: currentColor;
        outline-offset: -2px;
      }
      .count {
        position: relative;
        min-inline-size: 18px;
        padding-inline: 5px;
        border-radius: 9px;
        background: var(--_count);
        color: #fff;
        font-size: 11px;
        font-weight: 700;
        line-height: 18px;
        font-variant-numeric: tabular-nums;
        text-align: center;
      }
      :host([icon-only]) .count {
        position: absolute;
        inset-block-start: -2px;
        inset-inline-start: 20px;
        min-inline-size: 16px;
        padding-inline: 4px;
        font-size: 10px;
        line-height: 16px;
      }
      /* Two soft pulses a second, five seconds long; what stays is the number on its dot. */
      .blink::before {
        content: '';
        position: absolute;
        inset: -4px;
        border-radius: 13px;
        background: var(--_count);
        opacity: 0;
        animation: pulse 0.5s ease-in-out 10;
        pointer-events: none;
      }
      @keyframes pulse {
        50% {
          opacity: 0.45;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .blink::before {
          animation: none;
        }
      }
      @media (forced-colors: active) {
        .launcher {
          border: 1px solid ButtonBorder;
        }
        .count {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    for: {},
    shortcut: {},
    iconOnly: { type: Boolean, attribute: 'icon-only', reflect: true },
    expanded: { state: true },
    blinking: { state: true },
  };

  /** The id of the panel; without it the one of the same session. */
  for = '';

  /** A key of the host's choice, such as `Alt+C` or `F9`. None without it: Parley takes no key of the page by itself. */
  shortcut = '';

  /** Shows the icon without words. */
  iconOnly = false;

  protected expanded = false;
  protected blinking = false;

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #unread = new StoreController<number>(this, (client) => client.select((session) => session.conversations.unread$, UNKNOWN), UNKNOWN);
  #invitations = new StoreController<readonly Invitation[]>(
    this,
    (client) => client.select((session) => session.invitations.list$, []),
    [],
  );
  #seen = UNKNOWN;
  #seenSession: Session | null = null;
  #keys: Shortcut | null = null;

  /** The panel that it opens; null while there is none. */
  get panel(): PanelElement | null {
    return findPanel(this, this.for);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of CHANGES) this.ownerDocument.addEventListener(type, this);
    this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of [...CHANGES, 'keydown']) this.ownerDocument.removeEventListener(type, this);
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('shortcut')) {
      this.#keys = readShortcut(this.shortcut);
      if (this.isConnected) this.#listen();
    }
  }

  // Not in willUpdate: what the stores say is read between the two.
  protected override update(changed: PropertyValues): void {
    this.expanded = this.panel?.open ?? false;
    this.#notice();
    super.update(changed);
  }

  /** Opens the panel, or closes it when it is open. */
  toggle(): void {
    const { panel } = this;
    if (panel?.open) panel.hide();
    else panel?.show();
  }

  /** Messages and invitations that wait for the person; below 0 while nobody knows. */
  get #waiting(): number {
    const { value: unread } = this.#unread;
    return unread === UNKNOWN ? UNKNOWN : unread + this.#invitations.value.length;
  }

  /** Blinks when a message or an invitation came that is not in view; not for what was there when the session began. */
  #notice(): void {
    const [waiting, session] = [this.#waiting, this.#session.value];
    const more = session === this.#seenSession && this.#seen !== UNKNOWN && waiting > this.#seen;
    this.#seen = waiting;
    this.#seenSession = session;
    if (more && !this.#inView()) this.blinking = true;
    else if (waiting <= 0 || this.#inView()) this.blinking = false;
  }

  #inView(): boolean {
    return this.expanded && this.ownerDocument.visibilityState === 'visible';
  }

  /** Keys are listened to only where the host chose one. */
  #listen(): void {
    if (this.#keys !== null) this.ownerDocument.addEventListener('keydown', this);
  }

  /** Of the document. */
  handleEvent(event: Event): void {
    if (!(event instanceof KeyboardEvent)) this.requestUpdate();
    else if (this.#keys !== null && this.#session.value !== null && !this.off && matches(this.#keys, event)) {
      event.preventDefault();
      this.toggle();
    }
  }

  #label(): string {
    const words = [this.textContent?.trim() || this.text('chat')];
    const [unread, invited] = [this.#unread.value, this.#invitations.value.length];
    if (unread > 0) words.push(unread > 99 ? this.text('manyUnreadMessages') : this.text('unreadMessages', { count: unread }));
    if (invited > 0) words.push(this.text('openInvitations', { count: invited }));
    return words.join(', ');
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.#session.value === null) return nothing;
    const [waiting, label] = [this.#waiting, this.#label()];
    return html`<button
      class="bare launcher"
      part="button"
      type="button"
      aria-expanded=${this.expanded}
      aria-label=${label}
      aria-keyshortcuts=${this.#keys === null ? nothing : this.shortcut}
      title=${this.iconOnly ? label : nothing}
      @click=${this.toggle}
    >
      <span class="mark"><slot name="icon">${draw(chatStrokes)}</slot></span>
      ${this.iconOnly ? nothing : html`<slot>${this.text('chat')}</slot>`}
      ${
        waiting > 0
          ? html`<span class=${this.blinking ? 'count blink' : 'count'} part="count" @animationend=${() => (this.blinking = false)}>
              ${this.localisation.count(this.#unread.value || waiting)}
            </span>`
          : nothing
      }
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-launcher': Launcher;
  }
}
