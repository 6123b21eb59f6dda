import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Conversation, ParleyError, type SessionInfo } from '#sdk';
import { DialogElement } from '../internal/dialog-element.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/more-icons.js';
import { learn } from '../internal/localisation.js';
import { historyMessages } from '../internal/messages/en-history.js';
import { tagOf } from '../internal/prefix.js';
import { StoreController } from '../internal/store-controller.js';
import { refusalText } from '../message/delivery.js';
import { RecipientPicker } from './recipient-picker.js';
import { admitted, type Recipient } from './recipients.js';

learn({ messages: historyMessages });

/** How long the address of a saved file is kept for the browser to read it. ms */
const KEPT = 60_000;

/** @summary Sends what the viewer may see of a chat as text by mail (B18-B21), or saves it as a text file. */
export class HistoryDialog extends DialogElement {
  static readonly tag = 'history-dialog';
  static override readonly parts = [RecipientPicker];
  static override styles = [
    DialogElement.styles,
    css`
      .part {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
      }
      p {
        display: flex;
        gap: 6px;
        margin: 0;
        color: var(--_ink-2);
        text-wrap: pretty;
      }
      .label {
        font-weight: 600;
      }
      .error {
        color: var(--_bad);
      }
      .save {
        margin-inline-end: auto;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    chosen: { state: true },
    error: { state: true },
    busy: { state: true },
    saved: { state: true },
  };

  conversation: Conversation | null = null;

  protected chosen: readonly Recipient[] = [];
  protected error = '';
  protected busy: 'sending' | 'saving' | null = null;
  protected saved = false;

  #focused = false;
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);

  protected get heading(): string {
    return this.text('historyTitle');
  }

  get #picker(): RecipientPicker | null {
    return this.renderRoot.querySelector(tagOf('recipient-picker'));
  }

  get #form(): { language: string; timeZone: string } {
    return { language: this.localisation.locale, timeZone: this.localisation.times.timeZone };
  }

  #reason(cause: unknown): string {
    const code = cause instanceof ParleyError ? cause.code : undefined;
    if (code === 'EXPORT_FORBIDDEN') return this.text('historyForbidden');
    return `${this.text('historyFailed')} ${refusalText(code, this.localisation)}`;
  }

  readonly #send = async (): Promise<void> => {
    const session = this.client?.session;
    const whole = this.#picker?.commit() ?? false;
    if (!session || this.conversation === null || this.busy !== null || !whole || this.chosen.length === 0) return this.#picker?.focus();
    const domains = this.#info.value?.policies.export.domains ?? [];
    if (!this.chosen.every((one) => admitted(one, domains))) {
      this.error = this.text('historyForbidden');
      return;
    }
    this.busy = 'sending';
    this.error = '';
    try {
      const to = this.chosen.map((recipient) => recipient.to);
      await session.history.send(this.conversation.id, to, this.#form);
      this.close();
    } catch (cause) {
      this.error = this.#reason(cause);
    } finally {
      this.busy = null;
    }
  };

  readonly #save = async (): Promise<void> => {
    const session = this.client?.session;
    if (!session || this.conversation === null || this.busy !== null) return;
    this.busy = 'saving';
    this.error = '';
    this.saved = false;
    try {
      this.#download(await session.history.text(this.conversation.id, this.#form));
      this.saved = true;
    } catch (cause) {
      this.error = this.#reason(cause);
    } finally {
      this.busy = null;
    }
  };

  #download(text: string): void {
    const link = this.ownerDocument.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    // Without the title: it may name a patient, and files are left lying about.
    link.download = `${this.text('historyFileName')} ${this.localisation.times.dayKey(Date.now())}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
  }

  protected override updated(): void {
    super.updated();
    // When the dialog opens the field is not drawn yet, so the browser has passed it by.
    if (!this.#focused && this.#picker !== null) {
      this.#focused = true;
      void this.#picker.updateComplete.then(() => this.#picker?.focus());
    }
  }

  protected renderBody(): TemplateResult {
    const mail = this.#info.value?.policies.export.mail === true;
    return html`<div class="part">
      ${
        mail
          ? html`<p>${this.text('historyHint')}</p>
              <span class="label" aria-hidden="true">${this.text('historyTo')}</span>
              <parley-recipient-picker
                .chosen=${this.chosen}
                @input=${() => this.requestUpdate()}
                .changed=${(chosen: readonly Recipient[]) => {
                  this.chosen = chosen;
                  this.error = '';
                }}
              ></parley-recipient-picker>`
          : html`<p>${this.text('historyNoMail')}</p>`
      }
      <p role="status">${this.busy === 'saving' ? this.text('historySaving') : this.saved ? this.text('historySaved') : nothing}</p>
      ${this.error === '' ? nothing : html`<p class="error" role="alert">${icon('warning', 16)}${this.error}</p>`}
    </div>`;
  }

  protected override renderActions(): TemplateResult {
    const mail = this.#info.value?.policies.export.mail === true;
    return html`<button class="button save" type="button" aria-busy=${this.busy === 'saving' ? 'true' : nothing} @click=${this.#save}>
        ${icon('save-file', 16)}${this.text('historySave')}
      </button>
      ${
        mail
          ? html`<button
              class="button primary"
              type="button"
              aria-disabled=${this.chosen.length === 0 && this.#picker?.complete !== true ? 'true' : nothing}
              aria-busy=${this.busy === 'sending' ? 'true' : nothing}
              @click=${this.#send}
            >
              ${icon('send', 16)}${this.text('send')}
            </button>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-history-dialog': HistoryDialog;
  }
}
