import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { type ContextLink, type Conversation, type Draft, LIMITS, type Member, ParleyError, type SessionInfo } from '#sdk';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { nameOf, oneLine } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { LinkCurrentItem } from '../link-current-item/link-current-item.js';
import { refusalText } from '../message/delivery.js';
import { openDialog, summon } from '../panel/places.js';
import { renderHeld, renderNote, WARN_BELOW } from './composer-notes.js';
import { composerStyles } from './composer-styles.js';
import { ComposerTools } from './composer-tools.js';

const EMPTY: Draft = { text: '', links: [] };
/** Lines before the field scrolls inside. */
const MOST_LINES = 6;

/**
 * @summary Where one writes. Enter sends, Shift+Enter breaks the line (B7, B8); links stand above the text until they are sent or taken out (S19); who has linked
 * something writes or sends next (S20).
 * Who wants not to be disturbed finds a prompt in its place (S6). Longer than most files: one field, and all that stands around it.
 * @event parley-message-send - A message is about to be sent. Cancel it to keep it here. Detail: `{ conversation, text, links }`.
 * @event parley-message-sent - It is in the outbox. Detail: `{ conversation, cid }`.
 * @slot identity - Who is signed in, below the buttons.
 * @csspart composer - All of it.
 * @csspart input - The text field.
 * @csspart send-button - The button that sends.
 * @csspart history-button - The arrow that sends or saves the history (B18).
 * @csspart conduct-notice - The tenant's reminder of how to write here (S4).
 */
export class Composer extends ParleyElement {
  static readonly tag = 'composer';
  static override readonly parts = [LinkCurrentItem, ComposerTools];
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

  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);
  #own = new StoreController<{ availability: string }>(
    this,
    (client) => client.select<{ availability: string }>((session) => session.presence.own$, { availability: '' }),
    { availability: '' },
  );
  #members = new StoreController<readonly Member[]>(
    this,
    (client) => (this.#writable ? client.select((session) => session.conversations.members$(this.#id), []) : null),
    [],
    () => (this.#writable ? this.#id : ''),
  );
  #people = new PeopleController(this);

  get #id(): string {
    return this.conversation?.id ?? '';
  }

  /** Who wants not to be disturbed sends nothing, either (S6). */
  get #undisturbed(): boolean {
    return this.#own.value.availability === 'dnd';
  }

  get #writable(): boolean {
    return this.conversation !== null && this.conversation.active && !this.conversation.ended;
  }

  /** Those who want not to be disturbed, of the others. */
  get #held(): readonly string[] {
    return this.#members.value.filter(({ active, held }) => active && held === true).map(({ user }) => user);
  }

  get #heldNames(): readonly string[] {
    const me = this.#info.value?.user.id ?? '';
    return this.#held.map((id) => nameOf(id, me, (user) => this.#people.get(user), this.localisation));
  }

  /** The only other one is not to be disturbed, and the tenant keeps nothing for them. */
  get #blocked(): boolean {
    return this.conversation?.kind === 'direct' && this.#info.value?.policies.dnd === 'block' && this.#held.length > 0;
  }

  override focus(): void {
    (this.field ?? this.renderRoot.querySelector<HTMLElement>('.prompt button'))?.focus();
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
    const box = field?.parentElement;
    if (!field || !box) return;
    // To measure is to lay out: for this moment the log must not become higher, or it would be scrolled away from its end.
    box.style.blockSize = `${box.offsetHeight}px`;
    field.style.blockSize = 'auto';
    const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(field);
    const most = MOST_LINES * Number.parseFloat(lineHeight) + Number.parseFloat(paddingBlockStart) + Number.parseFloat(paddingBlockEnd) + 2;
    field.style.blockSize = `${Math.min(field.scrollHeight + 2, most)}px`;
    box.style.blockSize = '';
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
    if (!session || !this.#writable || this.#undisturbed) return false;
    const { text: written, links } = session.drafts.get(conversation);
    const text = written.trim();
    if (text === '' && links.length === 0) return false;
    if (this.#over(text) > 0 || this.#blocked || !fire(this, 'parley-message-send', { conversation, text, links })) return false;
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

  /** Puts a text where the caret is, in place of what is selected. */
  readonly #insert = (text: string): void => {
    const { field } = this;
    if (field === null) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    field.focus();
    this.#input();
  };

  readonly #written = (): void => {
    const { field } = this;
    this.error = '';
    field?.focus();
    void this.updateComplete.then(() => field?.setSelectionRange(field.value.length, field.value.length));
  };

  #sendHistory(): void {
    this.error = '';
    openDialog(this, 'history-dialog', { conversation: this.conversation }).catch(() => (this.error = this.text('failed')));
  }

  async #setAvailable(): Promise<void> {
    this.error = '';
    try {
      await this.client?.session?.presence.set('available');
      await this.updateComplete;
      this.focus();
    } catch {
      this.error = this.text('failed');
    }
  }

  /** Everybody in it may send or save what they may see (B21), where the tenant lets them. */
  #renderHistory(): TemplateResult | typeof nothing {
    if (this.#info.value?.policies.export.allowed !== true) return nothing;
    const label = this.text('sendHistory');
    return html`<button
      class="icon-button history"
      part="history-button"
      type="button"
      aria-label=${label}
      title=${label}
      aria-haspopup="dialog"
      @click=${this.#sendHistory}
    >
      ${icon('history')}
    </button>`;
  }

  /** Nothing can be written, and this says why and what can be done. */
  #renderPrompt(said: string, act: TemplateResult | typeof nothing): TemplateResult {
    return html`<div class="prompt">
      <p>${said}</p>
      ${act}${this.#renderHistory()}${renderNote(this.error, -Infinity, this.localisation)}
    </div>`;
  }

  protected override render(): TemplateResult {
    const { conversation } = this;
    if (conversation !== null && !this.#writable) {
      return this.#renderPrompt(this.text(conversation.ended ? 'endedComposer' : 'leftComposer'), nothing);
    }
    if (this.#undisturbed) {
      const act = html`<button class="button primary" type="button" @click=${this.#setAvailable}>${this.text('setAvailable')}</button>`;
      return this.#renderPrompt(this.text('dndOwn'), act);
    }
    const { text, links, returned } = this.#draft.value;
    const error = this.error || (returned ? this.text('notKept') : '');
    const over = this.#over(text);
    if (links.length > 0) summon('link-card');
    const something = text !== '' || links.length > 0;
    const sendable = (text.trim() !== '' || links.length > 0) && over <= 0 && !this.#blocked;
    const notice = oneLine(this.#info.value?.policies.notice ?? '');
    return html`<div class="composer" part="composer">
      ${renderHeld(this.#heldNames, this.#blocked, this.localisation)}
      ${
        links.length === 0
          ? nothing
          : html`<div class="links">
              ${links.map((link) => html`<parley-link-card exportparts="link-card" .link=${link} .conversation=${this.#id} .onRemove=${() => this.#remove(link)}></parley-link-card>`)}
            </div>`
      }
      <div class="above">
        <parley-link-current-item
          class="link-button"
          .conversation=${this.#id}
          @parley-item-linked=${() => this.field?.focus()}
        ></parley-link-current-item>
        ${this.#renderHistory()}
      </div>
      <textarea
        class="field"
        part="input"
        rows="1"
        dir=${text === '' ? nothing : 'auto'}
        enterkeyhint="send"
        aria-label=${this.text('composerLabel')}
        aria-invalid=${error !== '' || over > 0 ? 'true' : nothing}
        aria-describedby=${error !== '' || over > -WARN_BELOW ? 'note' : nothing}
        placeholder=${this.text('composerPlaceholder')}
        @input=${this.#input}
        @keydown=${this.#keydown}
      ></textarea>
      ${renderNote(error, over, this.localisation)}
      <div class="acts">
        <parley-composer-tools .conversation=${this.#id} .insert=${this.#insert} .written=${this.#written}></parley-composer-tools>
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
      <div class="foot">
        <slot name="identity"></slot>
        ${notice === '' ? nothing : html`<p class="conduct" part="conduct-notice" dir="auto" title=${notice}>${notice}</p>`}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-composer': Composer;
  }
}
