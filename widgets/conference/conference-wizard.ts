import { nothing, type TemplateResult } from 'lit';
import { type DirectoryGroup, LIMITS, ParleyError, type Person, type Presence, type Session } from '#sdk';
import { Announcer } from '../internal/announcer.js';
import { DialogElement } from '../internal/dialog-element.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { KeyedValues } from '../internal/keyed-values.js';
import { learn } from '../internal/localisation.js';
import { conferenceMessages } from '../internal/messages/en-conference.js';
import { oneLine } from '../internal/names.js';
import { PeopleController } from '../internal/people.js';
import { refusalText } from '../message/delivery.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import { isOnline, presenceText } from '../presence-badge/presence-text.js';
import { conferenceStyles } from './conference-styles.js';
import { InviteSearch, type Way, WAYS } from './invite-search.js';
import '../new-chat/new-chat-words.js';

learn({ messages: conferenceMessages });

/**
 * @summary The conference wizard (E22 to E24): a room with name and description, and whom to invite: all, those of whom a field contains a text,
 * or those of a group or resource. `users` are chosen from the start; `done` hears whether a room was created.
 */
export class ConferenceWizard extends DialogElement {
  static readonly tag = 'conference-wizard';
  static override readonly parts = [PresenceBadge];
  static override styles = [DialogElement.styles, conferenceStyles];
  static override properties = {
    users: { attribute: false },
    room: { attribute: false },
    done: { attribute: false },
    chosen: { state: true },
    busy: { state: true },
    failed: { state: true },
  };

  users: readonly string[] = [];
  room = '';
  done: ((started: boolean) => void) | null = null;

  protected chosen: readonly string[] = [];
  protected busy = false;
  /** Why the room could not be created. */
  protected failed = '';

  #people = new PeopleController(this);
  #presences = new KeyedValues<Presence>(this, (session, id) => session.presence.of(id));
  #search = new InviteSearch(this);
  #announcer = new Announcer(this);

  protected override get heading(): string {
    return this.text('conference');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.chosen = this.users.slice(0, LIMITS.membersPerCommand);
    this.#search.start();
  }

  get #session(): Session | null {
    return this.client?.session ?? null;
  }

  #field<E extends HTMLElement>(id: string): E | null {
    return this.renderRoot.querySelector<E>(`#${id}`);
  }

  #choose(ids: readonly string[], wanted: boolean): void {
    const me = this.#session?.info.user.id;
    const others = ids.filter((id) => id !== me);
    this.chosen = wanted
      ? [...new Set([...this.chosen, ...others])].slice(0, LIMITS.membersPerCommand)
      : this.chosen.filter((id) => !others.includes(id));
    this.#announcer.say(this.#count());
  }

  #count(): string {
    return this.chosen.length === 0 ? this.text('conferenceNobodyChosen') : this.text('conferenceChosen', { count: this.chosen.length });
  }

  async #create(event: Event): Promise<void> {
    event.preventDefault();
    const session = this.#session;
    if (session === null || this.busy || this.chosen.length === 0) return;
    const title = this.#field<HTMLInputElement>('room')?.value.trim() ?? '';
    const description = this.#field<HTMLTextAreaElement>('description')?.value.trim() ?? '';
    this.busy = true;
    this.failed = '';
    try {
      // A conference is a group, also with one other person: it has a name.
      await session.startChat({ to: [...this.chosen], title: title || this.text('conferenceRoom'), description });
      this.close();
      this.done?.(true);
    } catch (cause) {
      const code = cause instanceof ParleyError ? cause.code : undefined;
      this.failed = `${this.text('conferenceFailed')} ${refusalText(code, this.localisation)}`;
    } finally {
      this.busy = false;
    }
  }

  #renderWay(): TemplateResult {
    const { way, text } = this.#search;
    const needsText = way !== 'all' && way !== 'group';
    return html`<div class="find">
      <select
        class="field"
        aria-label=${this.text('conferenceFind')}
        @change=${(event: Event) => this.#search.by((event.target as HTMLSelectElement).value as Way)}
      >
        ${WAYS.map(({ way: one, words }) => html`<option value=${one} ?selected=${one === way}>${this.text(words)}</option>`)}
      </select>
      ${
        way === 'all'
          ? nothing
          : html`<input
              class="field"
              type="search"
              dir="auto"
              maxlength=${LIMITS.searchLength}
              aria-label=${this.text(needsText ? 'conferenceText' : 'conferenceByGroup')}
              .value=${text}
              @input=${(event: Event) => this.#search.seek((event.target as HTMLInputElement).value)}
            />`
      }
    </div>`;
  }

  #renderGroup({ id, name, memberCount }: DirectoryGroup): TemplateResult {
    return html`<li>
      <button class="group" type="button" aria-pressed=${this.#search.group === id} @click=${() => this.#search.inGroup(id)}>
        ${icon('group', 16)} <span class="truncate" dir="auto">${oneLine(name)}</span>
        <span class="count">${this.localisation.number(memberCount)}</span>
      </button>
    </li>`;
  }

  #renderPerson(person: Person): TemplateResult {
    const name = oneLine(person.name);
    const presence = this.#presences.get(person.id);
    const status = presence === null ? '' : presenceText(presence, this.localisation);
    const details = [person.title, person.organisation].filter(Boolean).map((detail) => oneLine(detail ?? ''));
    return html`<li>
      <label class="person">
        <input
          type="checkbox"
          .checked=${this.chosen.includes(person.id)}
          @change=${(event: Event) => this.#choose([person.id], (event.target as HTMLInputElement).checked)}
        />
        <parley-presence-badge user=${person.id} name=${name} view-only></parley-presence-badge>
        <span class="truncate ${isOnline(presence) ? 'online' : ''}" dir="auto">${name}</span>
        <span class="details truncate" dir="auto">${[status, details.join(', ')].filter(Boolean).join(' · ')}</span>
      </label>
    </li>`;
  }

  #renderHits(): TemplateResult {
    const { state, groups, more, way, group } = this.#search;
    const me = this.#session?.info.user.id;
    const people = this.#search.people.filter(({ id, chat }) => id !== me && (chat ?? 'offered') === 'offered');
    const choosesGroup = way === 'group' && group === '';
    if (state === 'failed') return html`<p class="none" role="alert">${this.text('conferenceSearchFailed')}</p>`;
    if (choosesGroup)
      return html`<ul class="hits">
        ${groups.map((one) => this.#renderGroup(one))}
      </ul>`;
    if (people.length === 0) return html`<p class="none">${state === 'done' ? this.text('conferenceNobody') : this.text('loading')}</p>`;
    return html`<ul class="hits" aria-label=${this.text('conferenceFind')}>
        ${people.map((person) => this.#renderPerson(person))}
      </ul>
      <div class="under">
        <button
          class="text-button"
          type="button"
          @click=${() =>
            this.#choose(
              people.map(({ id }) => id),
              true,
            )}
        >
          ${this.text('conferenceSelectAll')}
        </button>
        ${more ? html`<button class="text-button" type="button" @click=${() => this.#search.showMore()}>${this.text('conferenceMore')}</button>` : nothing}
      </div>`;
  }

  #renderChosen(id: string): TemplateResult {
    const name = oneLine(this.#people.get(id)?.name ?? '') || this.text('unknownPerson');
    const label = this.text('removePerson', { name });
    return html`<li class="chip">
      <span class="truncate" dir="auto">${name}</span>
      <button class="icon-button" type="button" aria-label=${label} title=${label} @click=${() => this.#choose([id], false)}>
        ${icon('close', 16)}
      </button>
    </li>`;
  }

  protected override renderBody(): TemplateResult {
    return html`<form id="wizard" @submit=${this.#create}>
        <label class="label" for="room">${this.text('conferenceRoom')}</label>
        <input class="field" id="room" dir="auto" autocomplete="off" maxlength=${LIMITS.titleLength} .value=${this.room} />
        <label class="label" for="description">${this.text('conferenceDescription')}</label>
        <textarea class="field" id="description" dir="auto" rows="2" maxlength=${LIMITS.descriptionLength}></textarea>
      </form>
      <h3 class="label">${this.text('conferenceFind')}</h3>
      ${this.#renderWay()}${this.#renderHits()}
      <h3 class="label">${this.#count()}</h3>
      <ul class="chosen">
        ${this.chosen.map((id) => this.#renderChosen(id))}
      </ul>
      ${this.failed === '' ? nothing : html`<p class="failed" role="alert">${icon('warning', 16)} ${this.failed}</p>`}
      ${this.#announcer.region()}`;
  }

  protected override renderActions(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => this.close()}>${this.text('cancel')}</button>
      <button class="button primary" type="submit" form="wizard" ?disabled=${this.busy || this.chosen.length === 0}>
        ${this.text('conferenceCreate')}
      </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-conference-wizard': ConferenceWizard;
  }
}
