import { html, nothing, type TemplateResult } from 'lit';
import type { Connection, Session } from '#sdk';
import '../connection-notice/connection-notice.js';
import { connectionText } from '../connection-notice/connection-text.js';
import { icon } from '../internal/icons.js';
import type { Inside } from '../internal/shell-element.js';
import { skeleton, skeletonStyles } from '../internal/skeleton.js';
import { StoreController } from '../internal/store-controller.js';
import { buttons, more } from '../internal/styles.js';
import { moreTokens } from '../internal/tokens.js';
import { openDialog } from '../panel/places.js';
import '../status-menu/status-menu.js';
import type { ChatPanel } from './chat-panel.js';
import { panelFrameStyles } from './panel-frame-styles.js';

/** What a chat panel shows once it is opened: the line at its top, and below it the chats or why there are none. */
export class PanelFrame implements Inside {
  static readonly styles = [moreTokens, more, buttons, skeletonStyles, panelFrameStyles];

  readonly #panel: ChatPanel;
  readonly #session: StoreController<Session | null>;
  readonly #connection: StoreController<Connection | null>;
  /** The settings could not be loaded. */
  #failed = false;

  constructor(panel: ChatPanel) {
    this.#panel = panel;
    this.#session = new StoreController<Session | null>(panel, (client) => client.session$, null);
    this.#connection = new StoreController<Connection | null>(panel, (client) => client.connection$, null);
  }

  /** Whether there is something that can take the focus. */
  get ready(): boolean {
    return this.#body !== null;
  }

  focus(): void {
    this.#body?.focus();
  }

  get #body(): HTMLElement | null {
    return this.#panel.renderRoot.querySelector<HTMLElement>('parley-panel-body');
  }

  #renderContent(): TemplateResult {
    const { text, localisation, messageStyle } = this.#panel;
    if (this.#session.value !== null) return html`<parley-panel-body .messageStyle=${messageStyle}></parley-panel-body>`;
    const connection = this.#connection.value;
    const state = connection?.state ?? 'idle';
    if (state === 'connecting' || state === 'catching-up') return skeleton(this.#panel.text('loading'));
    const said = connection === null ? null : connectionText(connection, localisation);
    return html`<div class="empty">
      ${icon(said?.icon ?? 'chat')}<strong>${state === 'waiting' ? text('unreachable') : (said?.text ?? text('notSignedIn'))}</strong>
      ${state === 'ended' && said?.hint !== undefined ? html`<span>${said.hint}</span>` : nothing}
    </div>`;
  }

  async #openSettings(): Promise<void> {
    this.#failed = false;
    try {
      await openDialog(this.#panel, 'parley-settings-dialog');
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
        ${session === null ? html`<span class="title">${this.#panel.text('chat')}</span>` : html`<parley-status-menu></parley-status-menu>`}
        <span class="space"></span>
        <slot name="help"></slot>
        ${session === null ? nothing : this.#renderSettings()} ${this.#panel.placement === 'page' ? nothing : this.#renderClose()}
      </header>
      ${notice ? html`<parley-connection-notice></parley-connection-notice>` : nothing}
      ${this.#failed ? html`<p class="failed" role="alert">${this.#panel.text('failed')}</p>` : nothing}
      <div class="content" part="body">${this.#renderContent()}</div>`;
  }
}
