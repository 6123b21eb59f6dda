import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type CallContext, type Conversation, type OutboxItem, ParleyError, type Session, type SessionInfo } from '#sdk';
import { Avatar } from '../avatar/avatar.js';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { KeyedValues } from '../internal/keyed-values.js';
import { oneLine, titleOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { repeat } from '../internal/repeat.js';
import { RowWindow } from '../internal/row-window.js';
import { rowWindowStyles } from '../internal/row-window-styles.js';
import { skeleton, skeletonStyles } from '../internal/skeleton.js';
import { searchStyles } from '../internal/search-styles.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import { type Line, listed, type Section } from './chat-lines.js';
import { chatListStyles } from './chat-list-styles.js';
import { renderLine } from './chat-option.js';
import { LaterSearch } from './later-search.js';
import { chosenLine } from './line-keys.js';
import { ListMenu } from './list-menu.js';
import { OlderChats } from './older-chats.js';
import { renderSearchField } from './search-field.js';

const LINE_HEIGHT = 54;
const HEADING_HEIGHT = 32;
/** Calls whose caller stands in a draft already; not of one list, which goes away while a chat is shown in a narrow panel. */
const begun = new WeakSet<CallContext>();
/**
 * @summary The chats, the newest first, with a search for people, past chats and messages above them (M7, M21).
 * Longer than most files: search, options and keys are one listbox, whose ids and active option must be in one shadow root.
 *
 * @csspart chats - What scrolls.
 */
export class ChatList extends ParleyElement {
  static readonly tag = 'chat-list';
  static override readonly parts = [Avatar, PresenceBadge];
  static override styles = [tokens, base, buttons, fields, rowWindowStyles, skeletonStyles, searchStyles, chatListStyles];
  static override properties: PropertyDeclarations = {
    picked: { attribute: false },
    wide: { type: Boolean },
    active: { state: true },
    error: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  /** Called when a chat was picked here. */
  picked: (() => void) | null = null;
  /** There are tabs beside the list. */
  wide = false;

  protected active = 0;
  protected error = '';

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #chats = new StoreController<readonly Conversation[]>(this, (client) => client.select((s) => s.conversations.list$, []), []);
  #open = new StoreController<string | null>(this, (client) => client.select((s) => s.open$, null), null);
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((s) => s.info$, null), null);
  #items = new StoreController<readonly OutboxItem[]>(this, (client) => client.select((s) => s.outbox.items$, []), []);
  #people = new PeopleController(this);
  /** Of messages that were found, which may be of chats further down. */
  #summaries = new KeyedValues<Conversation>(this, (session, id) => session.conversations.one$(id));
  #search = new LaterSearch(this);
  #older = new OlderChats(this);
  #menu = new ListMenu(this);
  #lines: readonly Line[] = [];
  /** Of the line that arrows stand on, while they can be seen to: the list may come in another order. */
  #key = '';
  #window = new RowWindow<Line>(this, {
    anchor: 'start',
    estimate: (line) => (line.type === 'heading' ? HEADING_HEIGHT : LINE_HEIGHT),
  });

  protected get field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }
  protected get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  override focus(): void {
    this.field?.focus();
  }

  get #me(): string {
    return this.#session.value?.info.user.id ?? '';
  }

  get #mayStart(): boolean {
    return this.#info.value?.policies.initiate ?? false;
  }

  readonly #title = (chat: Conversation): string => titleOf(chat, this.#me, (id) => this.#people.get(id), this.localisation);

  #build(): readonly Line[] {
    const chats = this.#chats.value;
    if (!this.#search.active) return listed(chats);
    return this.#search.lines({ chats, me: this.#me, title: this.#title, people: (id) => this.#people.get(id) });
  }

  #seek(): void {
    this.#ask(this.field?.value ?? '');
    if (this.scroller !== null) this.scroller.scrollTop = 0;
  }

  #clear(): void {
    this.#ask('');
    if (this.field !== null) this.field.value = '';
    this.field?.focus();
  }

  #ask(text: string): void {
    this.error = '';
    this.#older.again();
    this.#stand(-1);
    this.#search.ask(text, this.#mayStart);
  }

  async #pick(line: Line | undefined): Promise<void> {
    const session = this.client?.session;
    if (!session || line === undefined || line.type === 'heading') return;
    this.error = '';
    try {
      const conversation =
        line.type === 'person'
          ? await session.startChat({ to: [line.person.id] })
          : line.type === 'chat'
            ? line.chat
            : this.#summaries.get(line.entry.conversation);
      if (conversation === null) return;
      if (line.type !== 'person') session.open(conversation.id, line.type === 'message' ? { at: line.entry.seq } : {});
      const call = this.client?.host.call;
      // In a call the first one that has no draft begins with the caller (M11); it is not sent by itself.
      if (call && !begun.has(call) && !conversation.ended && !session.drafts.get(conversation.id).text) {
        session.drafts.compose(conversation.id, { context: call });
        begun.add(call);
      }
      fire(this, 'parley-conversation-opened', { conversation });
      if (this.#search.text !== '') this.#clear();
      this.picked?.();
    } catch (cause) {
      this.error = refusalText(cause instanceof ParleyError ? cause.code : undefined, this.localisation);
    }
  }

  /** Which line the pointer is on; null beside them. */
  #lineOf(event: Event): number | null {
    const option = event.composedPath().find((node) => node instanceof HTMLElement && node.role === 'option');
    return option instanceof HTMLElement ? Number(option.dataset['index']) : null;
  }

  #click(event: MouseEvent): void {
    const index = this.#lineOf(event);
    if (index === null) return;
    this.#stand(index);
    const more = event.composedPath().find((node) => node instanceof HTMLElement && node.classList.contains('more'));
    if (more instanceof HTMLElement) this.#showMenu(more);
    else void this.#pick(this.#lines[index]);
  }

  #contextmenu(event: MouseEvent): void {
    const index = this.#lineOf(event);
    const line = index === null ? undefined : this.#lines[index];
    if (index === null || line?.type !== 'chat') return;
    this.#stand(index);
    this.#menu.contextmenu(event, line.chat);
  }

  /** Of the line that one stands on; below it, or at the mark that was pressed. */
  #showMenu(mark: Element | null = this.renderRoot.querySelector(`#option-${this.active}`)): void {
    const line = this.#lines[this.active];
    if (line?.type !== 'chat' || mark === null) return;
    this.#menu.show(line.chat, mark.getBoundingClientRect()).catch(() => (this.error = this.text('failed')));
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const inField = event.composedPath()[0] === this.field;
    const sought = this.#search.text !== '';
    if (event.key === 'Escape' && inField && sought) {
      event.preventDefault();
      this.#clear();
      return;
    }
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      // In the field it is the browser's own, unless a hit is chosen there.
      if (inField && !sought) return;
      event.preventDefault();
      this.#showMenu();
      return;
    }
    if (event.key === 'Enter' || (event.key === ' ' && !inField)) {
      if (event.composedPath()[0] instanceof HTMLButtonElement) return;
      event.preventDefault();
      // In the empty field no line is seen to be chosen.
      if (!inField || sought) void this.#pick(this.#lines[this.active]);
      return;
    }
    const page = Math.max(1, Math.floor((this.scroller?.clientHeight ?? 0) / LINE_HEIGHT) - 1);
    const next = chosenLine(this.#lines, this.active, event.key, { page, inField, first: inField && !sought });
    if (next === null) return;
    event.preventDefault();
    this.#stand(next);
    this.#window.reveal(this.active);
    // Without a search the arrows go on in the list; with one they move through the hits while one goes on typing.
    if (inField && !sought) this.scroller?.focus();
  };

  readonly #acts = { keydown: this.#keydown, seek: () => this.#seek(), clear: () => this.#clear() };

  /** Below zero: on the first, whichever that will be. */
  #stand(index: number): void {
    this.active = Math.max(0, index);
    this.#key = this.#lines[index]?.key ?? '';
  }

  protected override updated(): void {
    void this.#fetchMore();
  }

  #fetchMore(): Promise<void> {
    const { first, shown } = this.#window;
    return this.#older.fetch({ near: first + shown.length >= this.#lines.length - 4, searched: this.#search.active });
  }

  #renderLine(line: Line, index: number): TemplateResult {
    if (line.type === 'heading')
      return html`<div class="row heading" role="presentation" aria-hidden="true" data-index=${index}>${this.text(line.section)}</div>`;
    const passed = (lines: readonly Line[]): number => lines.filter(({ type }) => type !== 'heading').length;
    const active = index === this.active;
    const shown = this.#search.text !== '';
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
      ${renderLine(line, {
        me: this.#me,
        sought: this.#search.text,
        title: this.#title,
        look: (id) => this.#people.get(id),
        summary: (id) => this.#summaries.get(id),
        unsent: (id) => this.#items.value.filter(({ conversation }) => conversation === id),
        found: this.#search.render,
        localisation: this.localisation,
      })}
    </div>`;
  }

  /** Rows lie flat for their window, so groups own theirs by id. */
  #renderGroup(section: Section): TemplateResult | typeof nothing {
    const lines = this.#window.shown.filter((line) => line.section === section && line.type !== 'heading');
    if (lines.length === 0) return nothing;
    const ids = lines.map((line) => `option-${this.#lines.indexOf(line)}`);
    return html`<div role="group" aria-label=${this.text(section)} aria-owns=${ids.join(' ')}></div>`;
  }

  #renderEmpty(): TemplateResult | typeof nothing {
    if (this.#lines.length > 0) return nothing;
    if (this.#search.active) {
      if (this.#search.searching || this.#older.fetching) return nothing;
      const none = this.text('noHits', { text: oneLine(this.#search.text.trim()) });
      // Of somebody who may not start chats the directory was not asked (E3).
      const only = this.#mayStart ? '' : this.text('refusedInitiate');
      return html`<div class="empty start" role="status">${this.#search.failed ? this.text('searchFailed') : none} ${only}</div>`;
    }
    if (this.#older.loading) return skeleton(this.text('loading'));
    return html`<div class="empty">${icon('chat')}<span>${this.text(this.#mayStart ? 'noChats' : 'noChatsReadOnly')}</span></div>`;
  }

  protected override render(): TemplateResult {
    this.#lines = this.#build();
    this.#window.prepare(this.#lines);
    const last = this.#lines.length - 1;
    const filled = last >= 0;
    const kept = this.#lines.findIndex((line) => line.key === this.#key);
    this.active = filled ? (chosenLine(this.#lines, kept < 0 ? Math.min(this.active, last) : kept, '') ?? 0) : 0;
    if (filled && (this.#key !== '' || (this.#search.text !== '' && !this.#search.unsettled))) this.#stand(this.active);
    const activeId = filled && this.#window.shown.includes(this.#lines[this.active] as Line) ? `option-${this.active}` : nothing;
    const sections = new Set(this.#lines.map(({ section }) => section));
    const headings = this.#lines.some(({ type }) => type === 'heading');
    const now = { sought: this.#search.text !== '', filled, activeId } as const;
    return html`${renderSearchField(this.localisation, now, this.#acts)}
      ${this.error === '' ? nothing : html`<p class="error" role="alert">${icon('warning', 16)}${this.error}</p>`}
      <div class="body">
        <div
          class="scroller"
          part="chats"
          id="list"
          role=${filled ? 'listbox' : nothing}
          aria-label=${filled ? this.text('chats') : nothing}
          tabindex=${filled ? 0 : -1}
          aria-activedescendant=${filled ? activeId : nothing}
          @click=${this.#click}
          @contextmenu=${this.#contextmenu}
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
            ${headings ? [...sections].map((section) => this.#renderGroup(section)) : nothing}
          </div>
        </div>
        ${this.#renderEmpty()}
      </div>
      ${this.#menu.render({ title: this.#title, wide: this.wide, opened: this.picked })}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-chat-list': ChatList;
  }
}
