import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  type ContactGroup,
  type ContactsState,
  type Conversation,
  LIMITS,
  type Person,
  type Session,
  type SessionInfo,
  type Settings,
} from '#sdk';
import { Announcer } from '../internal/announcer.js';
import { DirectorySearch } from '../internal/directory-search.js';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { learn } from '../internal/localisation.js';
import { contactsMessages } from '../internal/messages/en-contacts.js';
import { nameOf, oneLine } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { tagOf } from '../internal/prefix.js';
import { searchStyles } from '../internal/search-styles.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { openDialog } from '../panel/places.js';
import { type Act, ContactActs } from './contact-acts.js';
import { ContactGrid, type ContactList } from './contact-grid.js';
import { contactLines, foundLines, type Line, type LineSources, sectionKey, sections } from './contact-lines.js';
import { ContactRequests } from './contact-requests.js';
import { contactsStyles } from './contacts-styles.js';
import { favouriteOf } from './favourites.js';
import { PresencesController } from './presences.js';

learn({ messages: contactsMessages });

const NOBODY: ContactsState = { contacts: [], requests: [], groups: [] };
/** Which banners are shut, for as long as somebody is signed in: the tab may come and go. */
const shut = new WeakMap<Session, Set<string>>();

/**
 * @summary The contacts tab (S9): requests, personal groups as banners, favourites, and who is in no list; with a search for more people.
 * @event parley-conversation-opened - A chat was opened from here. Detail: `{ conversation }`.
 * @csspart contacts - What scrolls.
 */
export class ContactsElement extends ParleyElement {
  static readonly tag = 'contacts';
  static override readonly parts = [ContactGrid, ContactRequests];
  static override styles = [tokens, base, buttons, fields, searchStyles, contactsStyles];
  static override properties: PropertyDeclarations = {
    sought: { state: true },
    wished: { state: true },
    chosen: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  protected sought = '';
  /** What was just wished for "show offline", until the settings say it. */
  protected wished: boolean | null = null;
  protected chosen: readonly string[] = [];
  protected get field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input[type="search"]');
  }
  protected get grid(): ContactGrid | null {
    return this.renderRoot.querySelector(tagOf('contact-grid'));
  }

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((s) => s.info$, null), null);
  #state = new StoreController<ContactsState>(this, (client) => client.select((s) => s.contacts.state$, NOBODY), NOBODY);
  #chats = new StoreController<readonly Conversation[]>(this, (client) => client.select((s) => s.conversations.list$, []), []);
  #settings = new StoreController<Settings | null>(this, (client) => client.select((s) => s.settings$, null), null);
  #people = new PeopleController(this);
  #presences = new PresencesController(this);
  #search = new DirectorySearch(this);
  #announcer = new Announcer(this);
  #announced: readonly Person[] = [];
  #acts = new ContactActs(this, {
    say: (text) => this.#announcer.say(text),
    opened: (conversation) => this.#opened(conversation),
    groups: () => this.#state.value.groups,
  });

  readonly #list: ContactList = {
    facts: (user) => ({
      name: this.#name(user),
      person: this.#people.get(user),
      presence: this.#presences.of(user),
      favourite: favouriteOf(this.#state.value, user),
      policy: this.#policy,
    }),
    reachable: (users) => this.#reachable(users),
    perform: (act) => void this.#acts.perform(act),
    edit: (group, users) => this.#edit(group, users),
    shutOrOpen: ({ section }) => this.#shutOrOpen(sectionKey(section)),
    showOffline: () => void this.#setOffline(true),
    groups: () => this.#state.value.groups,
    chose: (users) => (this.chosen = users),
  };

  override focus(): void {
    this.field?.focus();
  }

  get #me(): string {
    return this.#session.value?.info.user.id ?? '';
  }

  get #policy(): 'open' | 'consent' {
    return this.#info.value?.policies.presence ?? 'open';
  }

  get #showOffline(): boolean {
    return this.wished ?? this.#settings.value?.showOffline ?? false;
  }

  get #shut(): Set<string> {
    const session = this.#session.value;
    const keys = (session && shut.get(session)) ?? new Set<string>();
    if (session) shut.set(session, keys);
    return keys;
  }

  #name(user: string): string {
    return nameOf(user, '', (id) => this.#people.get(id), this.localisation);
  }

  /** No dead buttons: who has no chat is left out (M4, M5), and who may not start one may go on with one that there is (E3). */
  #reachable(users: readonly string[]): readonly string[] {
    const offered = users.filter((user) => user !== this.#me && (this.#people.get(user)?.chat ?? 'offered') === 'offered');
    if (this.#info.value?.policies.initiate === true) return offered;
    const held = this.#chats.value.some(
      ({ kind, active, ended, members }) => kind === 'direct' && active && !ended && members.includes(offered[0] ?? ''),
    );
    return offered.length === 1 && held ? offered : [];
  }

  #opened(conversation: Conversation): void {
    fire(this, 'parley-conversation-opened', { conversation });
    this.grid?.clear();
  }

  #edit(group: ContactGroup | null, users: readonly string[]): void {
    const save = (act: Extract<Act, { type: 'save-group' }>): Promise<string> => this.#save(act);
    openDialog(this, 'contact-group-dialog', { group, users, save }).catch(() => this.#fail(this.text('failed')));
  }

  /** The dialog says why not, and the list behind it does not. */
  async #save(act: Extract<Act, { type: 'save-group' }>): Promise<string> {
    await this.#acts.perform(act);
    const { error } = this.#acts;
    this.#fail('');
    return error;
  }

  #fail(error: string): void {
    this.#acts.error = error;
    this.requestUpdate();
  }

  readonly #answer = async (user: string, accepted: boolean): Promise<void> => {
    const name = this.#name(user);
    if (!(await this.#acts.perform({ type: 'answer', user, accepted }))) return;
    this.#announcer.say(accepted ? this.text('requestAccepted', { name }) : this.text('requestDeclined', { name }));
  };

  #shutOrOpen(key: string): void {
    if (!this.#shut.delete(key)) this.#shut.add(key);
    this.requestUpdate();
  }

  async #setOffline(showOffline: boolean): Promise<void> {
    this.wished = showOffline;
    this.#fail('');
    try {
      await this.client?.session?.saveSettings({ showOffline });
    } catch {
      this.#fail(this.text('failed'));
    } finally {
      this.wished = null;
    }
  }

  get #searching(): boolean {
    return this.sought.trim() !== '';
  }

  #seek(): void {
    this.sought = (this.field?.value ?? '').slice(0, LIMITS.searchLength);
    this.grid?.clear();
    this.#search.ask(this.sought);
  }

  #clear(): void {
    if (this.field !== null) this.field.value = '';
    this.#seek();
    this.field?.focus();
  }

  #searchKeydown(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && this.sought !== '') {
      event.preventDefault();
      this.#clear();
    } else if (event.key === 'ArrowDown' || (event.key === 'Enter' && this.#searching)) {
      event.preventDefault();
      if (this.#searching) this.grid?.focusFirst();
      else this.grid?.focus();
    }
  }

  #fits(user: string): boolean {
    const person = this.#people.get(user);
    const haystack = plain([person?.name, person?.title, person?.organisation].join(' '));
    return plain(this.sought)
      .split(/\s+/)
      .every((word) => haystack.includes(word));
  }

  #build(): readonly Line[] {
    const contacts = this.#state.value;
    const chats = this.#chats.value;
    const collator = new Intl.Collator(this.localisation.locale);
    const found = this.#searching ? this.#search.people.map(({ id }) => id) : [];
    this.#presences.watch([...sections({ contacts, chats, me: this.#me }).flatMap(({ users }) => users), ...found]);
    const sources: LineSources = {
      contacts,
      chats,
      me: this.#me,
      consent: this.#policy === 'consent',
      showOffline: this.#showOffline,
      collapsed: this.#shut,
      compare: (one, other) => collator.compare(this.#name(one), this.#name(other)),
      online: (user) => this.#presences.online(user),
      known: (user) => this.#presences.known(user),
    };
    return this.#searching ? foundLines(sources, (user) => this.#fits(user), found) : contactLines(sources);
  }

  protected override updated(): void {
    const { people, state } = this.#search;
    if (state !== 'done' || people === this.#announced || !this.#searching) return;
    this.#announced = people;
    const count = this.grid?.lines.filter(({ type }) => type === 'person').length ?? 0;
    if (count > 0) this.#announcer.say(this.text('contactHits', { count }));
  }

  #renderTop(): TemplateResult {
    const clear = this.text('clearSearch');
    const group = this.text('createGroup');
    return html`<div class="top">
        <div class="search" @keydown=${this.#searchKeydown}>
          ${icon('search', 16)}
          <input
            class="field"
            type="search"
            autocomplete="off"
            spellcheck="false"
            maxlength=${LIMITS.searchLength}
            aria-label=${this.text('searchContacts')}
            placeholder=${this.text('searchContacts')}
            @input=${this.#seek}
          />
          ${
            this.sought === ''
              ? nothing
              : html`<button class="icon-button" type="button" aria-label=${clear} title=${clear} @click=${this.#clear}>
                  ${icon('close', 16)}
                </button>`
          }
        </div>
        ${
          this.#state.value.groups.length >= LIMITS.contactGroups
            ? nothing
            : html`<button
                class="icon-button"
                type="button"
                aria-label=${group}
                title=${group}
                @click=${() => this.#edit(null, this.chosen)}
              >
                ${icon('group')}
              </button>`
        }
      </div>
      <label class="offline">
        <input
          type="checkbox"
          .checked=${this.#showOffline}
          @change=${(event: Event) => void this.#setOffline((event.target as HTMLInputElement).checked)}
        />
        ${this.text('showOffline')}
      </label>`;
  }

  #renderEmpty(): TemplateResult {
    if (!this.#searching) return html`<div class="empty">${icon('person')}<span>${this.text('noContacts')}</span></div>`;
    const none = this.text('noHits', { text: oneLine(this.sought.trim()) });
    const said = this.#search.state === 'searching' ? '' : this.#search.state === 'failed' ? this.text('searchFailed') : none;
    return html`<div class="empty" role="status">${said}</div>`;
  }

  /** What can be done with several, for those who would not look for it under the right button. */
  #renderChosen(): TemplateResult | typeof nothing {
    const { chosen } = this;
    if (chosen.length < 2) return nothing;
    const users = this.#reachable(chosen);
    return html`<div class="chosen">
      <span>${this.text('members', { count: chosen.length })}</span>
      ${
        users.length === 0
          ? nothing
          : html`<button class="button primary" type="button" @click=${() => this.#list.perform({ type: 'message', users })}>
              ${this.text('newMessage')}
            </button>`
      }
      <button class="button" type="button" @click=${() => this.#edit(null, chosen)}>${this.text('createGroup')}</button>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.#info.value === null) return nothing;
    const { error } = this.#acts;
    const lines = this.#build();
    const { requests } = this.#state.value;
    return html`${this.#renderTop()} ${error === '' ? nothing : html`<p class="error" role="alert">${icon('warning', 16)}${error}</p>`}
      <div class="scroller" part="contacts">
        ${
          this.#searching
            ? nothing
            : html`<parley-contact-requests .requests=${requests} .answer=${this.#answer}></parley-contact-requests>`
        }
        ${lines.length === 0 ? this.#renderEmpty() : html`<parley-contact-grid .lines=${lines} .list=${this.#list}></parley-contact-grid>`}
      </div>
      ${this.#renderChosen()} ${this.#announcer.region()}`;
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-contacts': ContactsElement;
  }
}
