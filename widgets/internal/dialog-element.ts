import { css, type CSSResultGroup, nothing, type TemplateResult } from 'lit';
import type { Session, SessionInfo } from '#sdk';
import { html } from './html.js';
import { icon } from './icons.js';
import { ParleyElement } from './parley-element.js';
import { StoreController } from './store-controller.js';
import { apart, base, buttons, fields } from './styles.js';
import { tokens } from './tokens.js';

const dialogStyles = css`
  :where(:host) {
    ${apart}
  }
  :host {
    display: contents;
  }
  dialog {
    box-sizing: border-box;
    inline-size: min(var(--_dialog-width, 480px), 100vw - 24px);
    max-inline-size: none;
    max-block-size: min(720px, 100dvh - 24px);
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-large);
    background: var(--_surface);
    color: var(--_ink);
    font-size: var(--_font-size);
    box-shadow: var(--_elevation);
  }
  dialog[open] {
    display: grid;
    grid-template: 'heading close' auto 'body body' minmax(0, 1fr) 'actions actions' auto / minmax(0, 1fr) auto;
    align-items: center;
  }
  dialog::backdrop {
    background: light-dark(#1b243066, #000a);
  }
  .dialog-heading {
    grid-area: heading;
    margin: 0;
    padding: 12px 8px 8px 16px;
    font-size: 1.07em;
    font-weight: 600;
  }
  .dialog-heading:dir(rtl) {
    padding: 12px 16px 8px 8px;
  }
  .dialog-close {
    grid-area: close;
    margin: 8px;
  }
  .dialog-body {
    grid-area: body;
    align-self: stretch;
    padding: 4px 16px 16px;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    overflow-wrap: anywhere;
  }
  .dialog-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    grid-area: actions;
    padding: 10px 16px;
    border-block-start: 1px solid var(--_line);
    background: var(--_raised);
  }
`;

/**
 * Base of every dialog of the panel: the frame, its heading and its way out. `openDialog()` (panel/places.ts) loads one, shows it and gives
 * the focus back. It opens when it is put into the document and fires `close` when it is over; it ends with the user's session, so that nothing
 * of one user is left in front of the next, and when the tenant switches the chat off (E1): a modal that nobody sees would hold the host's page.
 * The focus goes to what has `autofocus`, or else to the first control of the body.
 */
export abstract class DialogElement extends ParleyElement {
  static override styles: CSSResultGroup = [tokens, base, buttons, fields, dialogStyles];
  protected static override readonly keepsEditing: boolean = true;

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #tenant = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);
  #opened: Session | null = null;

  protected abstract get heading(): string;
  protected abstract renderBody(): TemplateResult;

  /** Buttons of the bar at its foot. */
  protected renderActions(): TemplateResult | typeof nothing {
    return nothing;
  }

  close(): void {
    this.#dialog?.close();
  }

  protected override updated(): void {
    if (this.#dialog?.open === false && this.#opened === null) {
      this.#opened = this.#session.value;
      this.#dialog.showModal();
    } else if (this.#session.value !== this.#opened) this.#closed();
    else if (this.#tenant.value?.policies.enabled === false) this.close();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  readonly #closed = (): void => void this.dispatchEvent(new Event('close'));

  /** The browser closes it; the panel behind would close on the same key. */
  #keydown(event: KeyboardEvent): void {
    if (event.key === 'Escape') event.stopPropagation();
  }

  protected override render(): TemplateResult {
    const close = this.text('close');
    const actions = this.renderActions();
    // The way out is last, so that the focus begins where the work is.
    return html`<dialog aria-labelledby="dialog-heading" @close=${this.#closed} @keydown=${this.#keydown}>
      <h2 class="dialog-heading" id="dialog-heading">${this.heading}</h2>
      <div class="dialog-body">${this.renderBody()}</div>
      ${actions === nothing ? nothing : html`<div class="dialog-actions">${actions}</div>`}
      <button class="icon-button dialog-close" type="button" aria-label=${close} title=${close} @click=${() => this.close()}>
        ${icon('close')}
      </button>
    </dialog>`;
  }
}
