import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type DirectoryHits, LIMITS } from '#sdk';
import { Announcer } from '../internal/announcer.js';
import { define } from '../internal/define.js';
import { icon } from '../internal/more-icons.js';
import { oneLine } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { peoplePickerStyles } from '../new-chat/people-picker-styles.js';
import { recipientPickerStyles } from './recipient-picker-styles.js';
import { KIND_ICONS, KIND_WORDS, type Recipient, recipientsOf, typedAddress } from './recipients.js';
import '../new-chat/new-chat-words.js';

/** A person who types is not asked for with every letter. ms */
const PAUSE = 150;
const NOBODY: DirectoryHits = { people: [], groups: [], mailboxes: [] };

/**
 * @summary Finds people, groups and shared mailboxes while one types, or takes a whole e-mail address, and holds those chosen as chips (B19).
 *
 * A combobox as the people picker is: the focus stays in the field, arrows move through the hits, Enter or a click adds, Backspace in the empty
 * field takes the last away.
 */
export class RecipientPicker extends ParleyElement {
  static override styles = [tokens, base, buttons, fields, peoplePickerStyles, recipientPickerStyles];
  static override properties: PropertyDeclarations = {
    chosen: { attribute: false },
    changed: { attribute: false },
    sought: { state: true },
    active: { state: true },
    found: { state: true },
    status: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  chosen: readonly Recipient[] = [];
  changed: ((chosen: readonly Recipient[]) => void) | null = null;

  protected sought = '';
  protected active = 0;
  protected found: DirectoryHits = NOBODY;
  protected status: 'idle' | 'searching' | 'done' | 'failed' = 'idle';

  #announcer = new Announcer(this);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  override focus(): void {
    this.#field?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#turn++;
  }

  get #hits(): readonly Recipient[] {
    const all = [...typedAddress(this.sought, this.localisation), ...recipientsOf(this.found)];
    return all.filter(({ key }) => !this.chosen.some((one) => one.key === key));
  }

  /** What is typed is a whole address: there is somebody to send to although nobody was chosen. */
  get complete(): boolean {
    return typedAddress(this.sought, this.localisation).length > 0;
  }

  /** Takes what is typed when it is a whole address, so that nobody has to press Enter before they send. */
  commit(): boolean {
    const [address] = typedAddress(this.sought, this.localisation);
    if (address !== undefined) this.#add(address);
    return this.sought.trim() === '';
  }

  #seek(): void {
    this.sought = this.#field?.value ?? '';
    this.active = 0;
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const text = this.sought.trim();
    if (text === '') {
      this.found = NOBODY;
      this.status = 'idle';
      return;
    }
    this.status = 'searching';
    this.#timer = setTimeout(() => void this.#search(text, turn), PAUSE);
  }

  /** The answer to the last letters counts, however late an earlier one comes. */
  async #search(text: string, turn: number): Promise<void> {
    try {
      const found = (await this.client?.session?.directory.searchAll(text)) ?? NOBODY;
      if (turn !== this.#turn) return;
      this.found = found;
      this.status = 'done';
      const count = this.#hits.length;
      this.#announcer.say(count === 0 ? this.text('historyNoHits', { text: oneLine(text) }) : this.text('historyHits', { count }));
    } catch {
      if (turn !== this.#turn) return;
      this.found = NOBODY;
      this.status = 'failed';
    }
  }

  #add(recipient: Recipient | undefined): void {
    if (recipient === undefined || recipient.unreachable || this.chosen.length >= LIMITS.historyRecipients) return;
    this.chosen = [...this.chosen.filter(({ key }) => key !== recipient.key), recipient];
    this.#announcer.say(this.text('personAdded', { name: recipient.name }));
    if (this.#field !== null) this.#field.value = '';
    this.#seek();
    this.changed?.(this.chosen);
    this.#field?.focus();
  }

  #remove(recipient: Recipient): void {
    this.chosen = this.chosen.filter((one) => one !== recipient);
    this.#announcer.say(this.text('personRemoved', { name: recipient.name }));
    this.changed?.(this.chosen);
    this.#field?.focus();
  }

  #clicked(event: Event): void {
    const option = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (option !== null) this.#add(this.#hits[Number(option.dataset['index'])]);
  }

  #keydown(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const hits = this.#hits;
    const last = this.chosen.at(-1);
    if (event.key === 'Enter' && this.sought.trim() !== '') {
      event.preventDefault();
      this.#add(hits[this.active]);
    } else if (event.key === 'Escape' && this.sought !== '') {
      // Empties the field; the next one closes the dialog.
      event.preventDefault();
      event.stopPropagation();
      if (this.#field !== null) this.#field.value = '';
      this.#seek();
    } else if (event.key === 'Backspace' && this.sought === '' && last !== undefined) {
      this.#remove(last);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && hits.length > 0) {
      event.preventDefault();
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % hits.length;
    }
  }

  protected override updated(): void {
    this.renderRoot.querySelector('.option.active')?.scrollIntoView({ block: 'nearest' });
  }

  #renderChip(recipient: Recipient): TemplateResult {
    const label = this.text('removePerson', { name: recipient.name });
    return html`<li class="chip">
      <span class="truncate" dir="auto">${recipient.name}</span>
      <button class="remove" type="button" aria-label=${label} title=${label} @click=${() => this.#remove(recipient)}>
        ${icon('close', 16)}
      </button>
    </li>`;
  }

  #renderHit(recipient: Recipient, index: number): TemplateResult {
    const { kind, name, detail, unreachable } = recipient;
    const active = index === this.active;
    const said = unreachable ? [detail, this.text('historyNoAddress')].filter((part) => part !== '').join(' · ') : detail;
    return html`<div
      class="option ${active ? 'active' : ''}"
      id="hit-${index}"
      role="option"
      aria-selected=${active}
      aria-disabled=${unreachable ? 'true' : nothing}
      @pointerdown=${(event: Event) => event.preventDefault()}
      data-index=${index}
    >
      <span class="kind" title=${this.text(KIND_WORDS[kind])}>${icon(KIND_ICONS[kind])}</span>
      <span class="title truncate" dir="auto">${name}<span class="visually-hidden">, ${this.text(KIND_WORDS[kind])}</span></span>
      <span class="words truncate" dir="auto">${said}</span>
    </div>`;
  }

  #renderHits(hits: readonly Recipient[]): TemplateResult | typeof nothing {
    if (hits.length > 0) {
      return html`<div
        class="hits"
        id="hits"
        role="listbox"
        aria-label=${this.text('historyRecipients')}
        @click=${this.#clicked}
        @keydown=${this.#keydown}
      >
        ${hits.map((hit, index) => this.#renderHit(hit, index))}
      </div>`;
    }
    if (this.status === 'idle' || this.status === 'searching') return nothing;
    const text = oneLine(this.sought.trim());
    return html`<p class="none">${this.status === 'failed' ? this.text('searchFailed') : this.text('historyNoHits', { text })}</p>`;
  }

  protected override render(): TemplateResult {
    const hits = this.#hits;
    if (this.active >= hits.length) this.active = 0;
    const full = this.chosen.length >= LIMITS.historyRecipients;
    return html`${
        this.chosen.length === 0
          ? nothing
          : html`<ul class="chips" aria-label=${this.text('historyRecipients')}>
              ${this.chosen.map((recipient) => this.#renderChip(recipient))}
            </ul>`
      }
      <input
        class="field"
        type="text"
        role="combobox"
        inputmode="email"
        aria-autocomplete="list"
        aria-expanded=${hits.length > 0}
        aria-controls=${hits.length > 0 ? 'hits' : nothing}
        aria-activedescendant=${hits.length > 0 ? `hit-${this.active}` : nothing}
        aria-label=${this.text('historyTo')}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength=${LIMITS.searchLength}
        placeholder=${this.text('historyToHint')}
        ?disabled=${full}
        @input=${this.#seek}
        @keydown=${this.#keydown}
      />
      ${full ? html`<p class="none">${this.text('historyFull')}</p>` : this.#renderHits(hits)} ${this.#announcer.region()}`;
  }
}

define('parley-recipient-picker', RecipientPicker);

declare global {
  interface HTMLElementTagNameMap {
    'parley-recipient-picker': RecipientPicker;
  }
}
