import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LIMITS, newId, ParleyError, type PredefinedMessage } from '#sdk';
import { define } from '../internal/define.js';
import { dialogs } from '../internal/dialog-styles.js';
import { icon } from '../internal/icons.js';
import { ParleyElement } from '../internal/parley-element.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import './predefined-menu.js';

/** @summary A dialog with one's own predefined messages: each is a field, with ways to add and remove (M13). Saved as a whole, or not at all. */
export class PredefinedEditor extends ParleyElement {
  static override styles = [
    tokens,
    base,
    buttons,
    fields,
    dialogs,
    css`
      ol {
        display: grid;
        gap: 6px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: start;
        gap: 4px;
      }
      textarea.field {
        resize: vertical;
        min-block-size: 32px;
      }
      .add {
        justify-self: start;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    closed: { attribute: false },
    texts: { state: true },
    error: { state: true },
    busy: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  /** Called when the dialog is gone, saved or not. */
  closed: (() => void) | null = null;

  protected texts: readonly PredefinedMessage[] = [];
  protected error = '';
  protected busy = false;

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** Opens it over the page, with what is saved now. */
  async show(texts: readonly PredefinedMessage[]): Promise<void> {
    this.texts = texts.length > 0 ? texts : [{ id: newId(), text: '' }];
    this.error = '';
    await this.updateComplete;
    this.#dialog?.showModal();
    this.#focusField(0);
  }

  #focusField(index: number): void {
    this.renderRoot.querySelectorAll('textarea')[index]?.focus();
  }

  #change(index: number, text: string): void {
    this.texts = this.texts.map((one, at) => (at === index ? { ...one, text } : one));
  }

  async #add(): Promise<void> {
    if (this.texts.length >= LIMITS.predefinedMessages) return;
    this.texts = [...this.texts, { id: newId(), text: '' }];
    await this.updateComplete;
    this.#focusField(this.texts.length - 1);
  }

  async #remove(index: number): Promise<void> {
    this.texts = this.texts.filter((_, at) => at !== index);
    await this.updateComplete;
    if (this.texts.length === 0) this.renderRoot.querySelector<HTMLElement>('.add')?.focus();
    else this.#focusField(Math.min(index, this.texts.length - 1));
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const session = this.client?.session;
    if (!session || this.busy) return;
    this.busy = true;
    this.error = '';
    try {
      const predefined = this.texts.map(({ id, text }) => ({ id, text: text.trim() })).filter(({ text }) => text !== '');
      await session.saveSettings({ predefined });
      this.#dialog?.close();
    } catch (cause) {
      const reason = cause instanceof ParleyError ? refusalText(cause.code, this.localisation) : '';
      this.error = `${this.text('predefinedFailed')} ${reason}`.trim();
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    const full = this.texts.length >= LIMITS.predefinedMessages;
    return html`<dialog class="dialog" aria-labelledby="title" @close=${() => this.closed?.()}>
      <form @submit=${this.#save}>
        <header>
          <h2 id="title">${this.text('predefinedTitle')}</h2>
          <button
            class="icon-button"
            type="button"
            aria-label=${this.text('close')}
            title=${this.text('close')}
            @click=${() => this.#dialog?.close()}
          >
            ${icon('close')}
          </button>
        </header>
        <div class="body">
          <p class="hint">${this.text('predefinedHint')}</p>
          <ol>
            ${this.texts.map(({ text }, index) => this.#renderText(text, index))}
          </ol>
          ${
            full
              ? html`<p class="hint">${this.text('predefinedFull')}</p>`
              : html`<button class="button add" type="button" @click=${this.#add}>${icon('plus', 16)}${this.text('predefinedAdd')}</button>`
          }
          ${this.error === '' ? nothing : html`<p class="error" role="alert">${icon('warning', 16)}${this.error}</p>`}
        </div>
        <footer>
          <button class="button" type="button" @click=${() => this.#dialog?.close()}>${this.text('cancel')}</button>
          <button class="button primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.text('save')}</button>
        </footer>
      </form>
    </dialog>`;
  }

  #renderText(text: string, index: number): TemplateResult {
    const remove = this.text('predefinedRemove', { count: index + 1 });
    return html`<li>
      <textarea
        class="field"
        rows="2"
        dir="auto"
        maxlength=${LIMITS.predefinedLength}
        aria-label=${this.text('predefinedText', { count: index + 1 })}
        .value=${text}
        @input=${(event: Event) => this.#change(index, (event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <button class="icon-button" type="button" aria-label=${remove} title=${remove} @click=${() => this.#remove(index)}>
        ${icon('trash', 16)}
      </button>
    </li>`;
  }
}

define('parley-predefined-editor', PredefinedEditor);

declare global {
  interface HTMLElementTagNameMap {
    'parley-predefined-editor': PredefinedEditor;
  }
}
