import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Session } from '#sdk';
import { Announcer } from '../internal/announcer.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { learn } from '../internal/localisation.js';
import { emojiMessages } from '../internal/messages/en-emoji.js';
import { oneLine } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import {
  type Emoji,
  type EmojiGroup,
  type EmojiGroupId,
  GROUP_NAMES,
  loadEmoji,
  searchEmoji,
  type SkinTone,
  withTone,
} from './emoji-data.js';
import { type EmojiHabits, habitsOf, used } from './emoji-habits.js';
import { moved } from './arrow-keys.js';
import { emojiPickerStyles } from './emoji-picker-styles.js';
import { supported } from './emoji-support.js';
import { COLUMNS, renderEmoji, renderTones } from './emoji-templates.js';

learn({ messages: emojiMessages });

type Tab = EmojiGroupId | 'recent';

const NO_HABITS: EmojiHabits = { tone: 0, recent: [] };

/**
 * @summary Chooses an emoji from a grid, by group or by a word of the reader's language (M20). Loaded when it is first opened; its data comes
 * from Parley's own server. One stop of the Tab key for the field, the groups, the grid and the skin tones each; arrows move within.
 * A little longer than most files: four small parts of one grid that share what is active.
 */
export class EmojiPicker extends ParleyElement {
  static readonly tag = 'emoji-picker';
  static override styles = [tokens, base, buttons, fields, emojiPickerStyles];
  static override properties: PropertyDeclarations = {
    picked: { attribute: false },
    groups: { state: true },
    failed: { state: true },
    tab: { state: true },
    sought: { state: true },
    active: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  /** Called with the emoji chosen, in its skin tone. */
  picked: ((emoji: string) => void) | null = null;

  protected groups: readonly EmojiGroup[] | null = null;
  protected failed = false;
  protected tab: Tab = 'smileys';
  protected sought = '';
  /** Which cell of the grid the Tab key leads to. */
  protected active = 0;

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #announcer = new Announcer(this);
  #asked = '';
  #hits: { groups: unknown; sought: string; emoji: readonly Emoji[] } = { groups: null, sought: '', emoji: [] };

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  get #habits(): EmojiHabits {
    return this.#session.value === null ? NO_HABITS : habitsOf(this.#session.value);
  }

  /** To the search: what one writes next is the word for the emoji. */
  override focus(): void {
    this.#field?.focus();
  }

  /** As at first, for the next time that it is opened: what was used last comes before the groups. */
  reset(): void {
    this.sought = '';
    this.active = 0;
    this.tab = this.#habits.recent.length > 0 ? 'recent' : 'smileys';
    if (this.#field !== null) this.#field.value = '';
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.client !== null && this.#asked !== this.localisation.locale) void this.#load();
  }

  async #load(): Promise<void> {
    const { client } = this;
    const { locale } = this.localisation;
    if (client === null) return;
    this.#asked = locale;
    this.failed = false;
    try {
      const groups = supported(await loadEmoji(client.server, locale), this.ownerDocument);
      if (this.#asked === locale) this.groups = groups;
    } catch {
      this.failed = this.#asked === locale;
    }
  }

  /** What the grid shows. */
  get #label(): string {
    if (this.sought.trim() !== '') return this.text('emojiPicker');
    return this.text(this.tab === 'recent' ? 'emojiRecent' : GROUP_NAMES[this.tab]);
  }

  #shown(): readonly Emoji[] {
    const { groups, sought, tab } = this;
    if (groups === null) return [];
    if (sought.trim() === '')
      return tab === 'recent' ? this.#habits.recent : ((groups.find(({ id }) => id === tab) ?? groups[0])?.emoji ?? []);
    if (this.#hits.groups !== groups || this.#hits.sought !== sought) this.#hits = { groups, sought, emoji: searchEmoji(groups, sought) };
    return this.#hits.emoji;
  }

  #search(): void {
    this.sought = this.#field?.value ?? '';
    this.active = 0;
    if (this.sought.trim() === '' || this.groups === null) return;
    const count = this.#shown().length;
    this.#announcer.say(count === 0 ? this.text('emojiNone', { text: oneLine(this.sought) }) : this.text('emojiHits', { count }));
  }

  #choose(emoji: Emoji | undefined): void {
    const session = this.#session.value;
    if (emoji === undefined || session === null) return;
    const written = withTone(emoji, this.#habits.tone);
    used(session, emoji);
    this.picked?.(written);
  }

  readonly #setTone = (tone: SkinTone): void => {
    this.#habits.tone = tone;
    this.requestUpdate();
  };

  #show(tab: Tab): void {
    this.tab = tab;
    this.active = 0;
    this.sought = '';
    if (this.#field !== null) this.#field.value = '';
    this.renderRoot.querySelector('.pane')?.scrollTo(0, 0);
  }

  #fieldKeydown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (this.sought.trim() !== '') this.#choose(this.#shown()[0]);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.#focusCell(this.active);
    }
  }

  /** Along a line of buttons, of which one has the place in the order of the Tab key. */
  #lineKeydown(event: KeyboardEvent): void {
    const line = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button')];
    const at = line.indexOf(event.target as HTMLElement);
    const to = moved(event, at, { count: line.length, columns: 1, rtl: this.#rtl });
    if (to === null) return;
    event.preventDefault();
    line[to]?.click();
    line[to]?.focus();
  }

  #gridKeydown(event: KeyboardEvent): void {
    const to = moved(event, this.active, { count: this.#shown().length, columns: COLUMNS, rtl: this.#rtl });
    if (to === null) {
      if (event.key !== 'ArrowUp') return;
      event.preventDefault();
      this.focus();
      return;
    }
    event.preventDefault();
    this.#focusCell(to);
  }

  get #rtl(): boolean {
    return getComputedStyle(this).direction === 'rtl';
  }

  #focusCell(index: number): void {
    this.active = index;
    this.renderRoot.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  }

  #clicked(event: Event): void {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (cell !== null) this.#choose(this.#shown()[Number(cell.dataset['index'])]);
  }

  #pointed(event: Event): void {
    const index = Number((event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset['index'] ?? NaN);
    if (index >= 0) this.active = index;
  }

  #renderTab(tab: Tab, label: string, mark: unknown): TemplateResult {
    const selected = this.tab === tab && this.sought.trim() === '';
    return html`<button
      class="group"
      type="button"
      role="tab"
      aria-selected=${selected}
      aria-controls="pane"
      aria-label=${label}
      title=${label}
      tabindex=${this.tab === tab ? 0 : -1}
      @click=${() => this.#show(tab)}
    >
      ${mark}
    </button>`;
  }

  #renderTabs(groups: readonly EmojiGroup[]): TemplateResult {
    return html`<div class="groups" role="tablist" aria-label=${this.text('emojiGroups')} @keydown=${this.#lineKeydown}>
      ${this.#habits.recent.length > 0 ? this.#renderTab('recent', this.text('emojiRecent'), icon('clock', 16)) : nothing}
      ${groups.map(({ id, emoji }) => this.#renderTab(id, this.text(GROUP_NAMES[id]), emoji[0]?.emoji))}
    </div>`;
  }

  #renderPane(shown: readonly Emoji[]): TemplateResult {
    if (this.failed) {
      return html`<div class="said" role="alert">
        <p>${this.text('emojiFailed')}</p>
        <button class="button" type="button" @click=${() => this.#load()}>${this.text('retry')}</button>
      </div>`;
    }
    if (this.groups === null) return html`<p class="said" role="status">${this.text('emojiLoading')}</p>`;
    if (shown.length === 0) return html`<p class="said">${this.text('emojiNone', { text: oneLine(this.sought.trim()) })}</p>`;
    return html`<div
      role="grid"
      aria-label=${this.#label}
      @click=${this.#clicked}
      @focusin=${this.#pointed}
      @pointerover=${this.#pointed}
      @keydown=${this.#gridKeydown}
    >
      ${renderEmoji(shown, this.#habits.tone, this.active)}
    </div>`;
  }

  #renderTones(): TemplateResult | typeof nothing {
    // A device whose font has no tones offers none.
    if (this.groups?.some(({ emoji }) => emoji.some(({ toned }) => toned)) !== true) return nothing;
    return html`<div class="tones" role="radiogroup" aria-label=${this.text('skinTone')} @keydown=${this.#lineKeydown}>
      ${renderTones(this.#habits.tone, this.localisation, this.#setTone)}
    </div>`;
  }

  protected override render(): TemplateResult {
    const shown = this.#shown();
    return html`<input
        class="field"
        type="search"
        dir="auto"
        autocomplete="off"
        spellcheck="false"
        maxlength="64"
        aria-label=${this.text('emojiSearch')}
        placeholder=${this.text('emojiSearch')}
        @input=${this.#search}
        @keydown=${this.#fieldKeydown}
      />
      ${this.groups === null ? nothing : this.#renderTabs(this.groups)}
      <div class="pane" id="pane" role="tabpanel" tabindex="-1" aria-label=${this.text('emojiPicker')}>${this.#renderPane(shown)}</div>
      <div class="foot">
        <span class="name truncate" dir="auto" aria-hidden="true">${shown[this.active]?.name ?? ''}</span>${this.#renderTones()}
      </div>
      ${this.#announcer.region()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-emoji-picker': EmojiPicker;
  }
}
