import { nothing, type TemplateResult } from 'lit';
import { ParleyError, type Person, type Presence, type Session } from '#sdk';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { KeyedValues } from '../internal/keyed-values.js';
import { learn } from '../internal/localisation.js';
import { peopleMessages } from '../internal/messages/en-people.js';
import { oneLine } from '../internal/names.js';
import { findPanel } from '../internal/panel-lookup.js';
import '../internal/panel-words.js';
import { PeopleController } from '../internal/people.js';
import { tagOf } from '../internal/prefix.js';
import type { Inside } from '../internal/shell-element.js';
import { StoreController } from '../internal/store-controller.js';
import { buttons, more } from '../internal/styles.js';
import { moreTokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import { openDialog } from '../panel/places.js';
import { isOnline, presenceText } from '../presence-badge/presence-text.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import type { People } from './people.js';
import { peopleTableStyles } from './people-table-styles.js';

learn({ messages: peopleMessages });

type Column = 'name' | 'organisation';
const COLUMNS = { name: 'peopleName', organisation: 'peopleOrganisation' } as const satisfies Record<Column, string>;

/** What `<parley-people>` shows. */
export class PeopleTable implements Inside {
  static readonly parts = [PresenceBadge];
  static readonly styles = [moreTokens, more, buttons, peopleTableStyles];

  readonly #element: People;
  readonly #session: StoreController<Session | null>;
  readonly #people: PeopleController;
  readonly #presences: KeyedValues<Presence>;
  #sorted: Column = 'name';
  #descending = false;
  /** Why a chat could not be started. */
  #failed = '';
  #members: { group: string; session: Session; users: readonly string[] | null } | null = null;

  constructor(element: People) {
    this.#element = element;
    this.#session = new StoreController<Session | null>(element, (client) => client.session$, null);
    this.#people = new PeopleController(element);
    this.#presences = new KeyedValues<Presence>(element, (session, id) => session.presence.of(id));
  }

  /** Null while they are being looked up. */
  #users(session: Session): readonly string[] | null {
    const { users, group } = this.#element;
    // A host without types may give anything.
    if (group === '') return Array.isArray(users) ? (users as readonly string[]) : [];
    if (this.#members?.group !== group || this.#members.session !== session) {
      this.#members = { group, session, users: null };
      void this.#load(session, group);
    }
    return this.#members.users;
  }

  async #load(session: Session, group: string): Promise<void> {
    const users: string[] = [];
    try {
      for (let after: string | null = ''; after !== null;) {
        const page: Awaited<ReturnType<Session['directory']['browse']>> = await session.directory.browse({
          group,
          ...(after === '' ? {} : { after }),
        });
        users.push(...page.people.map(({ id }) => id));
        after = page.next;
      }
    } catch {
      // A group that is not there has no people; what is missing is said in the table.
    }
    if (this.#members?.group !== group || this.#members.session !== session) return;
    this.#members.users = users;
    this.#element.requestUpdate();
  }

  #sort(column: Column): void {
    this.#descending = column === this.#sorted && !this.#descending;
    this.#sorted = column;
    this.#element.requestUpdate();
  }

  #rows(users: readonly string[]): { id: string; person: Person | null }[] {
    const rows = [...new Set(users)].map((id) => ({ id, person: this.#people.get(id) }));
    const collator = new Intl.Collator(this.#element.localisation.locale, { numeric: true });
    const key = ({ id, person }: { id: string; person: Person | null }) =>
      oneLine((person ?? { name: id, organisation: '' })[this.#sorted] ?? '');
    return rows.sort((a, b) => collator.compare(key(a), key(b)) * (this.#descending ? -1 : 1));
  }

  async #chat(id: string): Promise<void> {
    const session = this.#session.value;
    if (session === null || !fire(this.#element, 'parley-chat-open', { users: [id] })) return;
    this.#failed = '';
    try {
      await session.openChat({ to: id });
      findPanel(this.#element, this.#element.for)?.show();
    } catch (cause) {
      this.#fail(cause);
    }
    this.#element.requestUpdate();
  }

  #fail(cause: unknown): void {
    const code = cause instanceof ParleyError ? cause.code : undefined;
    this.#failed = `${this.#element.text('peopleChatFailed')} ${refusalText(code, this.#element.localisation)}`;
  }

  async #groupChat(users: readonly string[], me: string): Promise<void> {
    const others = users.filter((id) => id !== me);
    if (!fire(this.#element, 'parley-chat-open', { users: others })) return;
    this.#failed = '';
    try {
      const done = (started: boolean) => started && findPanel(this.#element, this.#element.for)?.show();
      await openDialog(this.#element, 'conference-wizard', { users: others, room: this.#element.heading, done });
    } catch (cause) {
      this.#fail(cause);
      this.#element.requestUpdate();
    }
  }

  #renderHeader(column: Column): TemplateResult {
    const sorted = column === this.#sorted;
    return html`<th scope="col" aria-sort=${sorted ? (this.#descending ? 'descending' : 'ascending') : nothing}>
      <button class="sort" type="button" @click=${() => this.#sort(column)}>
        ${this.#element.text(COLUMNS[column])}
        <span class=${sorted ? (this.#descending ? 'arrow down' : 'arrow') : 'arrow none'}>${icon('chevron', 16)}</span>
      </button>
    </th>`;
  }

  /** On the name as on the badge beside it: the predefined messages (M13). */
  readonly #contextMenu = (event: Event): void => {
    const cell = event.currentTarget as HTMLElement;
    event.preventDefault();
    void cell.querySelector<PresenceBadge>(tagOf('presence-badge'))?.openMenu(cell.querySelector<HTMLElement>('button'));
  };

  #renderRow(session: Session, { id, person }: { id: string; person: Person | null }): TemplateResult {
    const { text, localisation } = this.#element;
    const presence = this.#presences.get(id);
    const name = oneLine(person?.name ?? '') || text('unknownPerson');
    const offered = (person?.chat ?? 'offered') === 'offered' && person !== null && id !== session.info.user.id;
    const words = presence === null || person?.chat === 'none' ? '' : presenceText(presence, localisation);
    const styled = `name${isOnline(presence) ? ' online' : ''}`;
    return html`<tr>
      <td @contextmenu=${offered ? this.#contextMenu : nothing}>
        <span class="who">
          <parley-presence-badge user=${id} name=${name} for=${this.#element.for} view-only></parley-presence-badge>
          ${
            offered && session.info.policies.initiate
              ? html`<button
                  class="text-button ${styled}"
                  type="button"
                  title=${text('peopleChatWith', { name })}
                  @click=${() => this.#chat(id)}
                >
                  <bdi>${name}</bdi>
                </button>`
              : html`<span class=${styled} dir="auto">${name}</span>`
          }
        </span>
        <span class="words" dir="auto">${words}</span>
      </td>
      <td dir="auto">${oneLine(person?.organisation ?? '')}</td>
    </tr>`;
  }

  render(): TemplateResult | typeof nothing {
    const session = this.#session.value;
    if (session === null) return nothing;
    const { text, heading } = this.#element;
    const users = this.#users(session);
    if (users === null) return html`<p class="none" role="status">${text('loading')}</p>`;
    if (users.length === 0) return html`<p class="none">${text('peopleNone')}</p>`;
    const me = session.info.user.id;
    const others = users.some((id) => id !== me);
    return html`${
        others && session.info.policies.initiate
          ? html`<div class="acts">
              <button class="text-button" part="group-chat" type="button" @click=${() => this.#groupChat(users, me)}>
                ${text('peopleGroupChat')}
              </button>
            </div>`
          : nothing
      }
      <table part="table" aria-label=${heading || text('people')}>
        <thead>
          <tr>
            ${this.#renderHeader('name')} ${this.#renderHeader('organisation')}
          </tr>
        </thead>
        <tbody>
          ${this.#rows(users).map((row) => this.#renderRow(session, row))}
        </tbody>
      </table>
      <div class="failed" role="status">${this.#failed === '' ? nothing : html`${icon('warning', 16)} ${this.#failed}`}</div>`;
  }
}
