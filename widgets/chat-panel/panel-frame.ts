import { nothing, type TemplateResult } from 'lit';
import type { Connection, Session } from '#sdk';
import type { renderEnd } from '../connection-notice/connection-notice.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { whenIdle } from '../internal/idle.js';
import type { Inside } from '../internal/shell-element.js';
import { skeleton, skeletonStyles } from '../internal/skeleton.js';
import { StoreController } from '../internal/store-controller.js';
import { buttons, more } from '../internal/styles.js';
import { moreTokens } from '../internal/tokens.js';
import { openDialog, summon } from '../panel/places.js';
import { PanelBody } from '../panel/panel-body.js';
import { StatusMenu } from '../status-menu/status-menu.js';
import type { ChatPanel } from './chat-panel.js';
import { panelFrameStyles } from './panel-frame-styles.js';
import { PARTS } from '../panel/parts.js';

/** What a chat panel shows once it is opened: the line at its top, and below it the chats or why there are none. */
export class PanelFrame implements Inside {
  static readonly parts = [PanelBody, StatusMenu];
  static readonly styles = [moreTokens, more, buttons, skeletonStyles, panelFrameStyles];

  readonly #panel: ChatPanel;
  readonly #session: StoreController<Session | null>;
  readonly #connection: StoreController<Connection | null>;
  /** Why a session is over is said in words that are loaded ahead, because they are needed where nothing can be loaded. */
  #renderEnd: typeof renderEnd | null = null;
  #endAsked: Connection | null = null;
  /** The settings could not be loaded. */
  #failed = false;

  constructor(panel: ChatPanel) {
    this.#panel = panel;
    this.#session = new StoreController<Session | null>(panel, (client) => client.session$, null);
    this.#connection = new StoreController<Connection | null>(panel, (client) => client.connection$, null);
    whenIdle(() => summon('connection-notice'));
  }

  /** Whether there is something that can take the focus. */
  get ready(): boolean {
    return this.#body !== null;
  }

  focus(): void {
    this.#body?.focus();
  }

  get #body(): HTMLElement | null {
    return this.#panel.renderRoot.querySelector<HTMLElement>('.inside');
  }

  #renderContent(): TemplateResult {
    const { text, messageStyle } = this.#panel;
    if (this.#session.value !== null)
      return html`<parley-panel-body class="inside" exportparts=${PARTS} .messageStyle=${messageStyle}></parley-panel-body>`;
    const connection = this.#connection.value;
    const state = connection?.state ?? 'idle';
    if (state === 'connecting' || state === 'catching-up') return skeleton(this.#panel.text('loading'));
    const waiting = state === 'waiting';
    const ended = connection?.state === 'ended' ? this.#end(connection) : null;
    return html`<div class="empty">
      ${ended ?? html`${icon(waiting ? 'offline' : 'chat')}<strong>${text(waiting ? 'unreachable' : 'notSignedIn')}</strong>`}
    </div>`;
  }

  /** Null while the words are on their way. */
  #end(connection: Connection): TemplateResult | null {
    if (this.#renderEnd === null && this.#endAsked !== connection) void this.#loadEnd(connection);
    return this.#renderEnd?.(connection, this.#panel.localisation) ?? null;
  }

  async #loadEnd(connection: Connection): Promise<void> {
    this.#endAsked = connection;
    try {
      ({ renderEnd: this.#renderEnd } = await import('../connection-notice/connection-notice.js'));
      this.#panel.requestUpdate();
    } catch {
      // That nobody is signed in is said meanwhile; the next turn of the connection asks again.
    }
  }

  async #openSettings(): Promise<void> {
    this.#failed = false;
    try {
      await openDialog(this.#panel, 'settings-dialog');
    } catch {
      this.#failed = true;
    }
    this.#panel.requestUpdate();
  }

  #renderSettings(): TemplateResult {
    const label = this.#panel.text('settingsPlace');
    return html`<button
      class="icon-button"
      part="settings-button"
      type="button"
      aria-label=${label}
      title=${label}
      aria-haspopup="dialog"
      @click=${() => void this.#openSettings()}
    >
      ${icon('settings')}
    </button>`;
  }

  #renderClose(): TemplateResult {
    const label = this.#panel.text('closePanel');
    return html`<button
      class="icon-button"
      part="close-button"
      type="button"
      aria-label=${label}
      title=${label}
      @click=${() => this.#panel.hide()}
    >
      ${icon('close')}
    </button>`;
  }

  render(): TemplateResult {
    const session = this.#session.value;
    // While nobody was ever signed in the middle of the panel says why, so a line above would say it twice.
    const notice = session !== null || this.#connection.value?.state === 'waiting';
    return html`<header class="header" part="header">
        ${session === null ? html`<span class="title">${this.#panel.text('chat')}</span>` : html`<parley-status-menu class="status" exportparts=${PARTS}></parley-status-menu>`}
        <span class="space"></span>
        <slot name="help"></slot>
        ${session === null ? nothing : this.#renderSettings()} ${this.#panel.placement === 'page' ? nothing : this.#renderClose()}
      </header>
      ${notice ? html`<parley-connection-notice exportparts=${PARTS}></parley-connection-notice><parley-unsent-notice exportparts=${PARTS}></parley-unsent-notice>` : nothing}
      ${this.#failed ? html`<p class="failed" role="alert">${this.#panel.text('failed')}</p>` : nothing}
      <div class="content" part="body">${this.#renderContent()}</div>`;
  }
}
