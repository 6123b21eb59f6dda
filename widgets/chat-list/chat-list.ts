import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Conversation, LIMITS, ParleyError, type Person, type Session, type SessionInfo } from '#sdk';
import '../avatar/avatar.js';
import { define } from '../internal/define.js';
import { DirectorySearch } from '../internal/directory-search.js';
import { fire } from '../internal/events.js';
import { icon } from '../internal/icons.js';
import { oneLine, titleOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { RowWindow } from '../internal/row-window.js';
import { rowWindowStyles } from '../internal/row-window-styles.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import { chatListStyles } from './chat-list-styles.js';
import { renderChat, renderPerson } from './chat-option.js';

/** One line of the list. */
type Line =
  | { type: 'heading'; key: string; text: string }
  | { type: 'chat'; key: string; chat: Conversation }
  | { type: 'person'; key: string; person: Person };

const LINE_HEIGHT = 54;
const HEADING_HEIGHT = 32;

/**
 * @summary The chats, the newest first, with a search for people and past chats above them (M7, M21).
 * Longer than most files: search, options and keys are one listbox, whose ids and active option must be in one shadow root.
 *
 * @csspart list - What scrolls.
 */
export class ChatList extends ParleyElement {
  static override styles = [tokens, base, buttons, fields, rowWindowStyles, chatListStyles];
  static override properties: PropertyDeclarations = {
    startNew: { attribute: false },
    picked: { attribute: false },
    sought: { state: true },
    active: { state: true },
    error: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  /** Called by "New chat". */
  startNew: (() => void) | null = null;
  /** Called when a chat was picked here. */
  picked: (() => void) | null = null;

  protected sought = '';
  protected active = 0;
  protected error = '';
  protected get field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }
  protected get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #chats = new StoreController<readonly Conversation[]>(this, (client) => client.select((s) => s.conversations.list$, []), []);
  #loading = new StoreController<boolean>(this, (client) => client.select((s) => s.conversations.loading$, true), true);
  #more = new StoreController<boolean>(this, (client) => client.select((s) => s.conversations.more$, false), false);
  #open = new StoreController<string | null>(this, (client) => client.select((s) => s.open$, null), null);
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((s) => s.info$, null), null);
  #people = new PeopleController(this);
  #search = new DirectorySearch(this);
  #lines: readonly Line[] = [];
  /** Of the line that arrows stand on, while they can be seen to: the list may come in another order. */
  #key = '';
  #fetching = false;
  #window = new RowWindow<Line>(this, {
    anchor: 'start',
    estimate: (line) => (line.type === 'heading' ? HEADING_HEIGHT : LINE_HEIGHT),
  });

  override focus(): void {
    this.field?.focus();
  }

  get #me(): string {
    return this.#session.value?.info.user.id ?? '';
  }

  get #mayStart(): boolean {
    return this.#info.value?.policies.initiate ?? false;
  }

  #title(chat: Conversation): string {
    return titleOf(chat, this.#me, (id) => this.#people.get(id), this.localisation);
  }

  /** Words may come in any order; accents and case do not matter, as in the directory. */
  #matches(...texts: readonly string[]): boolean {
    const haystack = plain(texts.join(' '));
    return plain(this.sought)
      .split(/\s+/)
      .every((word) => haystack.includes(word));
  }

  #matchesMembers(chat: Conversation): boolean {
    const people = chat.members.map((id) => this.#people.get(id)).flatMap((person) => [person?.name ?? '', person?.organisation ?? '']);
    return this.#matches(this.#title(chat), ...people);
  }

  /** Nothing is pinned yet: the directory's answer is under way and will stand before what is shown. */
  #peopleComeFirst = false;

  #build(): readonly Line[] {
    const chats = this.#chats.value;
    if (this.sought.trim() === '') return chats.map((chat) => ({ type: 'chat', key: chat.id, chat }));
    const named = chats.filter((chat) => this.#matches(this.#title(chat)));
    const withThem = chats.filter((chat) => !named.includes(chat) && this.#matchesMembers(chat));
    const found: Line[] = [...named, ...withThem].map((chat) => ({ type: 'chat', key: chat.id, chat }));
    const people: Line[] = this.#mayStart
      ? this.#search.people
          .filter((person) => person.id !== this.#me)
          .map((person) => ({ type: 'person', key: `person ${person.id}`, person }))
      : [];
    const ofChats = found.length === 0 ? [] : [{ type: 'heading', key: 'heading chats', text: this.text('chats') } as const, ...found];
    const ofPeople = people.length === 0 ? [] : [{ type: 'heading', key: 'heading people', text: this.text('people') } as const, ...people];
    this.#peopleComeFirst = named.length === 0 && this.#search.state === 'searching';
    // Enter takes the first: whoever types a name means that person and not a group that they happen to be in.
    return named.length > 0 ? [...ofChats, ...ofPeople] : [...ofPeople, ...ofChats];
  }

  #seek(): void {
    this.sought = (this.field?.value ?? '').slice(0, LIMITS.searchLength);
    this.error = '';
    this.#stand(-1);
    if (this.#mayStart) this.#search.ask(this.sought);
    if (this.scroller !== null) this.scroller.scrollTop = 0;
  }

  #clear(): void {
    this.sought = '';
    this.error = '';
    this.#stand(-1);
    this.#search.ask('');
    if (this.field !== null) this.field.value = '';
    this.field?.focus();
  }

  async #pick(line: Line | undefined): Promise<void> {
    const session = this.client?.session;
    if (!session || line === undefined || line.type === 'heading') return;
    this.error = '';
    try {
      if (line.type === 'chat') {
        session.open(line.chat.id);
        fire(this, 'parley-conversation-opened', { conversation: line.chat });
      } else {
        const conversation = await session.startChat({ to: [line.person.id] });
        fire(this, 'parley-conversation-opened', { conversation });
      }
      if (this.sought !== '') this.#clear();
      this.picked?.();
    } catch (cause) {
      this.error = refusalText(cause instanceof ParleyError ? cause.code : undefined, this.localisation);
    }
  }

  #click(event: MouseEvent): void {
    const option = event.composedPath().find((node) => node instanceof HTMLElement && node.role === 'option');
    if (!(option instanceof HTMLElement)) return;
    this.#stand(Number(option.dataset['index']));
    void this.#pick(this.#lines[this.active]);
  }

  #keydown(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const inField = event.composedPath()[0] === this.field;
    if (event.key === 'Escape' && inField && this.sought !== '') {
      event.preventDefault();
      this.#clear();
      return;
    }
    if (event.key === 'Enter' || (event.key === ' ' && !inField)) {
      if (event.composedPath()[0] instanceof HTMLButtonElement) return;
      event.preventDefault();
      // In the empty field no line is seen to be chosen.
      if (!inField || this.sought !== '') void this.#pick(this.#lines[this.active]);
      return;
    }
    const page = Math.max(1, Math.floor((this.scroller?.clientHeight ?? 0) / LINE_HEIGHT) - 1);
    const last = this.#lines.length - 1;
    const steps: Record<string, [number, 1 | -1]> = {
      ArrowDown: [this.active + (inField && this.sought === '' ? 0 : 1), 1],
      ArrowUp: [this.active - 1, -1],
      PageDown: [this.active + page, 1],
      PageUp: [this.active - page, -1],
      ...(inField ? {} : { Home: [0, 1] as [number, 1], End: [last, -1] as [number, -1] }),
    };
    const step = steps[event.key];
    if (step === undefined || last < 0) return;
    event.preventDefault();
    this.#stand(this.#selectable(Math.max(0, Math.min(last, step[0])), step[1]));
    this.#window.reveal(this.active);
    // Without a search the arrows go on in the list; with one they move through the hits while one goes on typing.
    if (inField && this.sought === '') this.scroller?.focus();
  }

  /** Below zero: on the first, whichever that will be. */
  #stand(index: number): void {
    this.active = Math.max(0, index);
    this.#key = this.#lines[index]?.key ?? '';
  }

  /** Headings are passed over. */
  #selectable(index: number, direction: 1 | -1): number {
    let at = index;
    while (this.#lines[at]?.type === 'heading') at += direction;
    return this.#lines[at] === undefined ? (direction === 1 ? index : this.#selectable(0, 1)) : at;
  }

  protected override updated(): void {
    void this.#fetchMore();
  }

  async #fetchMore(): Promise<void> {
    const { first, shown } = this.#window;
    const near = shown.length > 0 && first + shown.length >= this.#lines.length - 4;
    if (this.#fetching || !this.#more.value || this.sought !== '' || !near) return;
    this.#fetching = true;
    try {
      await this.client?.session?.conversations.loadMore();
    } catch {
      // Asked again with the next scroll.
    } finally {
      this.#fetching = false;
    }
  }

  #renderLine(line: Line, index: number): TemplateResult {
    if (line.type === 'heading')
      return html`<div class="row heading" role="presentation" aria-hidden="true" data-index=${index}>${line.text}</div>`;
    const passed = (lines: readonly Line[]): number => lines.filter(({ type }) => type !== 'heading').length;
    const active = index === this.active;
    const shown = this.sought !== '';
    const option =
      line.type === 'person'
        ? renderPerson(line.person, this.localisation)
        : renderChat(line.chat, this.#me, this.#title(line.chat), (id) => this.#people.get(id), this.localisation);
    const current = line.type === 'chat' && line.chat.id === this.#open.value;
    const unread = line.type === 'chat' && line.chat.unread > 0;
    return html`<div
      class="row option ${active ? 'active' : ''} ${shown ? 'shown' : ''} ${current ? 'current' : ''} ${unread ? 'unread' : ''}"
      id="option-${index}"
      role="option"
      aria-selected=${current || (shown && active) ? 'true' : 'false'}
      aria-setsize=${passed(this.#lines)}
      aria-posinset=${passed(this.#lines.slice(0, index + 1))}
      data-index=${index}
    >
      ${option}
    </div>`;
  }

  /** Rows lie flat for their window, so groups own theirs by id. */
  #renderGroup(type: 'chat' | 'person'): TemplateResult | typeof nothing {
    const ids = this.#window.shown.filter((line) => line.type === type).map((line) => `option-${this.#lines.indexOf(line)}`);
    if (ids.length === 0) return nothing;
    return html`<div role="group" aria-label=${this.text(type === 'chat' ? 'chats' : 'people')} aria-owns=${ids.join(' ')}></div>`;
  }

  #renderEmpty(): TemplateResult | typeof nothing {
    if (this.error !== '') return html`<div class="empty start" role="alert">${icon('warning')}${this.error}</div>`;
    if (this.#lines.length > 0) return nothing;
    if (this.sought.trim() !== '') {
      if (this.#search.state === 'searching') return nothing;
      const none = this.text(this.#mayStart ? 'noHits' : 'noChatHits', { text: oneLine(this.sought.trim()) });
      const said = this.#search.state === 'failed' ? this.text('searchFailed') : none;
      return html`<div class="empty start" role="status">${said}</div>`;
    }
    if (this.#loading.value) {
      return html`<div class="skeleton" role="status" aria-label=${this.text('loading')}>
        ${[1, 2, 3, 4, 5].map(() => html`<div><i></i><i></i><i></i></div>`)}
      </div>`;
    }
    return html`<div class="empty">${icon('chat')}<span>${this.text(this.#mayStart ? 'noChats' : 'noChatsReadOnly')}</span></div>`;
  }

  protected override render(): TemplateResult {
    this.#lines = this.#build();
    this.#window.prepare(this.#lines);
    const last = this.#lines.length - 1;
    const filled = last >= 0;
    const kept = this.#lines.findIndex((line) => line.key === this.#key);
    this.active = filled ? this.#selectable(kept < 0 ? Math.min(this.active, last) : kept, 1) : 0;
    if (filled && (this.#key !== '' || (this.sought !== '' && !this.#peopleComeFirst))) this.#stand(this.active);
    const activeId = filled && this.#window.shown.includes(this.#lines[this.active] as Line) ? `option-${this.active}` : nothing;
    return html`<div class="top" @keydown=${this.#keydown}>
        <div class="search">
          ${icon('search', 16)}
          <input
            class="field"
            type="search"
            role="combobox"
            aria-expanded=${this.sought !== '' && filled}
            aria-controls="list"
            aria-activedescendant=${this.sought === '' ? nothing : activeId}
            aria-autocomplete="list"
            autocomplete="off"
            spellcheck="false"
            maxlength=${LIMITS.searchLength}
            aria-label=${this.text('searchPeople')}
            placeholder=${this.text('searchPeople')}
            @input=${this.#seek}
          />
          ${
            this.sought === ''
              ? nothing
              : html`<button
                  class="icon-button"
                  type="button"
                  aria-label=${this.text('clearSearch')}
                  title=${this.text('clearSearch')}
                  @click=${this.#clear}
                >
                  ${icon('close', 16)}
                </button>`
          }
        </div>
        ${
          this.#mayStart
            ? html`<button
                class="button new"
                type="button"
                aria-label=${this.text('newChat')}
                title=${this.text('newChat')}
                @click=${() => this.startNew?.()}
              >
                ${icon('plus', 16)}<span>${this.text('newShort')}</span>
              </button>`
            : nothing
        }
      </div>
      <div class="body">
        <div
          class="scroller"
          part="list"
          id="list"
          role=${filled ? 'listbox' : nothing}
          aria-label=${filled ? this.text('chats') : nothing}
          tabindex=${filled ? 0 : -1}
          aria-activedescendant=${filled ? activeId : nothing}
          @click=${this.#click}
          @focus=${() => this.#stand(this.active)}
          @keydown=${this.#keydown}
          @scroll=${() => void this.#fetchMore()}
        >
          <div class="sizer" role="presentation">
            <div class="rows" role="presentation">
              ${repeat(
                this.#window.shown,
                (line) => line.key,
                (line, at) => this.#renderLine(line, this.#window.first + at),
              )}
            </div>
            ${this.sought.trim() === '' ? nothing : (['chat', 'person'] as const).map((type) => this.#renderGroup(type))}
          </div>
        </div>
        ${this.#renderEmpty()}
      </div>`;
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}

define('parley-chat-list', ChatList);

declare global {
  interface HTMLElementTagNameMap {
    'parley-chat-list': ChatList;
  }
}
