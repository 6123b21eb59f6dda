import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LIMITS, newId, ParleyError, type PredefinedMessage } from '#sdk';
import { DialogElement } from '../internal/dialog-element.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/more-icons.js';
import { refusalText } from '../message/delivery.js';
import './predefined-words.js';

/** @summary A dialog with one's own predefined messages: each is a field, with ways to add and remove (M13). Saved as a whole, or not at all. */
export class PredefinedEditor extends DialogElement {
  static readonly tag = 'predefined-editor';
  static override styles = [
    DialogElement.styles,
    css`
      .part,
      ol {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
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
      }
      .add {
        justify-self: start;
      }
      p {
        display: flex;
        gap: 6px;
        margin: 0;
        color: var(--_ink-2);
      }
      .error {
        color: var(--_bad);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    texts: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  /** What is in the fields; from the settings as they were when it was opened. */
  protected texts: readonly PredefinedMessage[] | null = null;
  protected error = '';
  protected busy = false;

  protected get heading(): string {
    return this.text('predefinedTitle');
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const session = this.client?.session;
    if (this.texts !== null || !session) return;
    let own: readonly PredefinedMessage[] = [];
    session.settings$.subscribe(({ predefined }) => (own = predefined)).unsubscribe();
    this.texts = own.length > 0 ? own : [{ id: newId(), text: '' }];
  }

  #focusField(index: number): void {
    this.renderRoot.querySelectorAll('textarea')[index]?.focus();
  }

  #change(index: number, text: string): void {
    this.texts = (this.texts ?? []).map((one, at) => (at === index ? { ...one, text } : one));
  }

  async #add(): Promise<void> {
    const texts = this.texts ?? [];
    if (texts.length >= LIMITS.predefinedMessages) return;
    this.texts = [...texts, { id: newId(), text: '' }];
    await this.updateComplete;
    this.#focusField(texts.length);
  }

  async #remove(index: number): Promise<void> {
    const texts = (this.texts ?? []).filter((_, at) => at !== index);
    this.texts = texts;
    await this.updateComplete;
    if (texts.length === 0) this.renderRoot.querySelector<HTMLElement>('.add')?.focus();
    else this.#focusField(Math.min(index, texts.length - 1));
  }

  readonly #save = async (): Promise<void> => {
    const session = this.client?.session;
    if (!session || this.busy) return;
    this.busy = true;
    this.error = '';
    try {
      const predefined = (this.texts ?? []).map(({ id, text }) => ({ id, text: text.trim() })).filter(({ text }) => text !== '');
      await session.saveSettings({ predefined });
      this.close();
    } catch (cause) {
      const reason = cause instanceof ParleyError ? refusalText(cause.code, this.localisation) : '';
      this.error = `${this.text('predefinedFailed')} ${reason}`.trim();
    } finally {
      this.busy = false;
    }
  };

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

  protected renderBody(): TemplateResult {
    const texts = this.texts ?? [];
    return html`<div class="part">
      <p>${this.text('predefinedHint')}</p>
      <ol>
        ${texts.map(({ text }, index) => this.#renderText(text, index))}
      </ol>
      ${
        texts.length >= LIMITS.predefinedMessages
          ? html`<p>${this.text('predefinedFull')}</p>`
          : html`<button class="button add" type="button" @click=${this.#add}>${icon('plus', 16)}${this.text('predefinedAdd')}</button>`
      }
      ${this.error === '' ? nothing : html`<p class="error" role="alert">${icon('warning', 16)}${this.error}</p>`}
    </div>`;
  }

  protected override renderActions(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => this.close()}>${this.text('cancel')}</button>
      <button class="button primary" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${this.#save}>
        ${this.text('save')}
      </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-predefined-editor': PredefinedEditor;
  }
}
