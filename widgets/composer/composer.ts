import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { type ContextLink, type Conversation, type Draft, LIMITS, ParleyError } from '#sdk';
import { define } from '../internal/define.js';
import { fire } from '../internal/events.js';
import { icon } from '../internal/icons.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import '../link-card/link-card.js';
import '../link-current-item/link-current-item.js';
import { refusalText } from '../message/delivery.js';
import { composerStyles } from './composer-styles.js';

const EMPTY: Draft = { text: '', links: [] };
/** The count appears when so many characters are left. */
const WARN_BELOW = 200;
/** Lines before the field scrolls inside. */
const MOST_LINES = 6;

/**
 * @summary Where one writes. Enter sends, Shift+Enter breaks the line (B7, B8); links stand above the text until they are sent or taken out (S19).
 * @event parley-message-send - A message is about to be sent. Cancel it to keep it here. Detail: `{ conversation, text, links }`.
 * @event parley-message-sent - It is in the outbox. Detail: `{ conversation, cid }`.
 * @slot identity - Who is signed in, beside the buttons.
 * @csspart composer - All of it.
 * @csspart input - The text field.
 * @csspart send-button - The button that sends.
 */
export class Composer extends ParleyElement {
  static override styles = [tokens, base, buttons, fields, composerStyles];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    sent: { attribute: false },
    error: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  conversation: Conversation | null = null;
  /** Called after sending. */
  sent: (() => void) | null = null;

  protected error = '';
  protected get field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  #draft = new StoreController<Draft>(
    this,
    (client) => client.select((session) => session.drafts.draft$(this.#id), EMPTY),
    EMPTY,
    () => this.#id,
  );

  get #id(): string {
    return this.conversation?.id ?? '';
  }

  get #writable(): boolean {
    return this.conversation !== null && this.conversation.active && !this.conversation.ended;
  }

  override focus(): void {
    this.field?.focus();
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('conversation') && (changed.get('conversation') as Conversation | null)?.id !== this.#id) this.error = '';
  }

  protected override updated(): void {
    const { text } = this.#draft.value;
    // Compared with the field, not with what was rendered last: somebody may have typed in between.
    if (this.field !== null && this.field.value !== text) this.field.value = text;
    this.#grow();
  }

  /** As high as its text, up to six lines. Through the object model: a strict policy forbids style attributes. */
  #grow(): void {
    const { field } = this;
    if (field === null) return;
    field.style.blockSize = 'auto';
    const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(field);
    const most = MOST_LINES * Number.parseFloat(lineHeight) + Number.parseFloat(paddingBlockStart) + Number.parseFloat(paddingBlockEnd) + 2;
    field.style.blockSize = `${Math.min(field.scrollHeight + 2, most)}px`;
  }

  #input(): void {
    const text = this.field?.value ?? '';
    const session = this.client?.session;
    if (!session || !this.#writable) return;
    this.error = '';
    session.drafts.update(this.#id, { text });
    session.conversations.setTyping(this.#id, text.trim() !== '');
  }

  #keydown(event: KeyboardEvent): void {
    // 229: the Enter that ends a composition in Safari comes after it, with this code.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.send();
  }

  /** Sends what is written, as Enter does. False when there is nothing to send, or it was refused: then the text stays. */
  send(): boolean {
    const session = this.client?.session;
    const conversation = this.#id;
    if (!session || !this.#writable) return false;
    const { text: written, links } = session.drafts.get(conversation);
    const text = written.trim();
    if (text === '' && links.length === 0) return false;
    if (this.#over(text) > 0 || !fire(this, 'parley-message-send', { conversation, text, links })) return false;
    try {
      const { cid } = session.send(conversation, { text, links: [...links] });
      session.drafts.clear(conversation);
      session.conversations.setTyping(conversation, false);
      this.error = '';
      this.sent?.();
      fire(this, 'parley-message-sent', { conversation, cid });
    } catch (cause) {
      this.error = this.#reason(text, cause);
      return false;
    } finally {
      this.field?.focus();
    }
    return true;
  }

  #reason(text: string, cause: unknown): string {
    if (!(cause instanceof ParleyError)) return this.text('failed');
    const unseen = cause.code === 'INVALID' && !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
    return unseen ? this.text('nothingVisible') : refusalText(cause.code, this.localisation);
  }

  /** Characters too many, as people count them; negative while there is room. */
  #over(text: string): number {
    // Counting is left out where it cannot matter.
    if (text.length < LIMITS.messageLength - WARN_BELOW) return -Infinity;
    return [...text].length - LIMITS.messageLength;
  }

  #clear(): void {
    const session = this.client?.session;
    session?.drafts.clear(this.#id);
    session?.conversations.setTyping(this.#id, false);
    this.error = '';
    this.field?.focus();
  }

  #remove(link: ContextLink): void {
    const drafts = this.client?.session?.drafts;
    drafts?.update(this.#id, { links: drafts.get(this.#id).links.filter((one) => one !== link) });
    this.field?.focus();
  }

  #renderNote(over: number): TemplateResult | typeof nothing {
    if (this.error !== '') return html`<p class="note bad" id="note" role="alert">${icon('warning', 16)}${this.error}</p>`;
    if (over > 0)
      return html`<p class="note bad" id="note" role="status">${icon('warning', 16)}${this.text('tooLong', { count: over })}</p>`;
    if (over > -WARN_BELOW) return html`<p class="note" id="note" role="status">${this.text('charactersLeft', { count: -over })}</p>`;
    return nothing;
  }

  protected override render(): TemplateResult {
    const { conversation } = this;
    if (conversation !== null && !this.#writable) {
      return html`<p class="closed">${this.text(conversation.ended ? 'endedComposer' : 'leftComposer')}</p>`;
    }
    const { text, links } = this.#draft.value;
    const over = this.#over(text);
    const something = text !== '' || links.length > 0;
    const sendable = (text.trim() !== '' || links.length > 0) && over <= 0;
    return html`<div class="composer" part="composer">
      ${
        links.length === 0
          ? nothing
          : html`<div class="links">
              ${links.map((link) => html`<parley-link-card .link=${link} .conversation=${this.#id} .onRemove=${() => this.#remove(link)}></parley-link-card>`)}
            </div>`
      }
      <parley-link-current-item .conversation=${this.#id}></parley-link-current-item>
      <textarea
        class="field"
        part="input"
        rows="1"
        dir=${text === '' ? nothing : 'auto'}
        enterkeyhint="send"
        aria-label=${this.text('composerLabel')}
        aria-invalid=${this.error !== '' || over > 0 ? 'true' : nothing}
        aria-describedby=${this.error !== '' || over > -WARN_BELOW ? 'note' : nothing}
        placeholder=${this.text('composerPlaceholder')}
        @input=${this.#input}
        @keydown=${this.#keydown}
      ></textarea>
      ${this.#renderNote(over)}
      <div class="acts">
        <span class="space"><slot name="identity"></slot></span>
        <span class="buttons">
          ${something ? html`<button class="button quiet" type="button" @click=${this.#clear}>${this.text('cancel')}</button>` : nothing}
          <button
            class="button primary"
            part="send-button"
            type="button"
            aria-disabled=${sendable ? nothing : 'true'}
            @click=${() => this.send()}
          >
            ${icon('send', 16)}${this.text('send')}
          </button>
        </span>
      </div>
    </div>`;
  }
}

define('parley-composer', Composer);

declare global {
  interface HTMLElementTagNameMap {
    'parley-composer': Composer;
  }
}
