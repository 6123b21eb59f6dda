import { css, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Connection } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/more-icons.js';
import type { Localisation } from '../internal/localisation.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
// What waits for the connection is said beside it, and must be here before it is lost.
import { UnsentNotice } from '../unsent/unsent-notice.js';
import { connectionText, type ConnectionText } from './connection-text.js';
import { LostChat } from './lost-chat.js';

/** For somebody who is signed in no more, in the middle of the panel: why, and what to do. */
export function renderEnd(connection: Connection, localisation: Localisation): TemplateResult {
  const said = connectionText(connection, localisation);
  return html`${icon(said?.icon ?? 'warning')}<strong>${said?.text}</strong>${said?.hint === undefined ? nothing : html`<span>${said.hint}</span>`}`;
}

/** A connection that is back sooner than this was not worth a word. ms */
const PATIENCE = 700;

/**
 * @summary Says when the chat is not connected, since when, and what happens next; and that the person was taken out of the chat that was open.
 * Empty while all is well.
 * @csspart notice - The line.
 * @csspart retry - The button that tries again at once.
 */
export class ConnectionNotice extends ParleyElement {
  static readonly tag = 'connection-notice';
  static override readonly parts = [UnsentNotice];
  static override styles = [
    tokens,
    base,
    buttons,
    css`
      :host {
        display: block;
      }
      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
        padding: 5px 12px;
        border-block-end: 1px solid var(--_line);
        background: var(--_sunken);
        font-size: 0.93em;
      }
      .said {
        display: flex;
        align-items: center;
        gap: 8px;
        flex: 1 1 10.5em;
        min-inline-size: 0;
        font-weight: 600;
      }
      .warn .said {
        color: var(--_warn);
      }
      .bad .said {
        color: var(--_bad);
      }
      .hint {
        flex: 1 1 100%;
        padding-inline-start: 24px;
        color: var(--_ink-2);
      }
      .next {
        display: flex;
        align-items: center;
        gap: 10px;
        margin-inline-start: auto;
        color: var(--_ink-2);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    patient: { state: true },
    read: { state: true },
  };

  /** Between losing the connection and saying so. */
  protected patient = true;
  /** That history was restored: said until somebody has read it. */
  protected read: Connection | null = null;

  #connection = new StoreController<Connection | null>(this, (client) => client.connection$, null);
  #lost = new LostChat(this);
  #tick: ReturnType<typeof setInterval> | undefined;
  #wait: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopClock();
    clearTimeout(this.#wait);
    this.#wait = undefined;
  }

  protected override update(changed: PropertyValues): void {
    const state = this.#connection.value?.state ?? 'idle';
    if (state === 'ready' || state === 'idle') {
      clearTimeout(this.#wait);
      this.#wait = undefined;
      this.patient = true;
    } else if (this.patient) {
      this.#wait ??= setTimeout(() => {
        this.#wait = undefined;
        this.patient = false;
      }, PATIENCE);
    }
    super.update(changed);
  }

  protected override updated(): void {
    const counts = this.#connection.value?.state === 'waiting' && this.isConnected;
    if (counts) this.#tick ??= setInterval(() => this.requestUpdate(), 1_000);
    else this.#stopClock();
  }

  #stopClock(): void {
    clearInterval(this.#tick);
    this.#tick = undefined;
  }

  #tryNow(): void {
    // What goes wrong is what the notice says next.
    this.client?.connect().catch(() => undefined);
  }

  #renderNext(retryAt: number): TemplateResult {
    const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1_000));
    // Not in the live region: a countdown read aloud every second is noise.
    return html`<span class="next">
      <span aria-hidden="true">${seconds > 0 ? this.text('retryIn', { count: seconds }) : this.text('retryingNow')}</span>
      <button class="text-button" type="button" part="retry" @click=${this.#tryNow}>${this.text('tryNow')}</button>
    </span>`;
  }

  #renderClose(connection: Connection | null): TemplateResult {
    const close = (): void => {
      this.read = connection?.restored ? connection : null;
      this.#lost.seen();
    };
    return html`<button class="text-button next" type="button" part="retry" @click=${close}>${this.text('close')}</button>`;
  }

  #said(connection: Connection | null): ConnectionText | null {
    const unsaid =
      connection === null || (this.patient && connection.state !== 'ended' && !connection.restored) || connection === this.read;
    return (unsaid ? null : connectionText(connection, this.localisation)) ?? this.#lost.said();
  }

  protected override render(): TemplateResult {
    const connection = this.#connection.value;
    const said = this.#said(connection);
    // One template for both: the live region stays in the document, so that its first words are a change and are read.
    return html`<div class=${said === null ? 'none' : `notice ${said.tone}`} part="notice">
      <div class="said" role="status">${said === null ? nothing : html`${icon(said.icon, 16)}<span>${said.text}</span>`}</div>
      ${said?.retryAt === undefined ? nothing : this.#renderNext(said.retryAt)}
      ${said && (connection?.restored || said.icon === 'leave') && connection?.state !== 'ended' ? this.#renderClose(connection) : nothing}
      ${said?.hint === undefined || (connection?.state !== 'ended' && this.client?.session == null) ? nothing : html`<span class="hint">${said.hint}</span>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-connection-notice': ConnectionNotice;
  }
}
