import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Conversation, type Member, ParleyError, type Person, type Session } from '#sdk';
import { renderPerson } from '../chat-list/chat-option.js';
import { define } from '../internal/define.js';
import { icon } from '../internal/icons.js';
import { MenuController } from '../internal/menu.js';
import { nameOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import '../new-chat/people-picker.js';

/**
 * @summary Who is in a chat, on hover in words and on click with how they are (S13); in a group the ways to add people (B12, B13) and to leave (B22).
 * @csspart button - What opens it.
 */
export class Participants extends ParleyElement {
  static override styles = [
    tokens,
    base,
    buttons,
    menus,
    css`
      :host {
        display: inline-flex;
        flex: none;
      }
      .menu {
        inline-size: 280px;
      }
      .people {
        max-block-size: min(300px, 40vh);
        margin: 0;
        padding: 0;
        overflow-y: auto;
        list-style: none;
        scrollbar-width: thin;
      }
      .people li {
        display: grid;
        grid-template: 'avatar title' auto 'avatar words' auto / auto minmax(0, 1fr);
        align-items: center;
        gap: 0 10px;
        padding: 5px 8px;
      }
      .people parley-avatar {
        grid-area: avatar;
        --parley-avatar-size: 28px;
      }
      .people parley-presence-badge {
        --parley-presence-ring: var(--_surface);
      }
      .people .title,
      .people .words {
        line-height: 1.3;
        unicode-bidi: isolate;
        text-align: start;
      }
      .people .words {
        grid-area: words;
        color: var(--_ink-2);
        font-size: 0.9em;
      }
      .acts {
        margin-block-start: 4px;
        padding-block-start: 4px;
        border-block-start: 1px solid var(--_line);
      }
      .menu-item svg {
        color: var(--_ink-2);
      }
      .part {
        display: grid;
        gap: 10px;
        padding: 8px;
      }
      .part p {
        margin: 0;
        text-wrap: pretty;
      }
      .row {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
      }
      .bad {
        color: var(--_bad);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    page: { state: true },
    chosen: { state: true },
    error: { state: true },
  };

  conversation: Conversation | null = null;

  protected page: 'people' | 'add' | 'leave' = 'people';
  protected chosen: readonly Person[] = [];
  protected error = '';
  protected get picker(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('parley-people-picker');
  }
  protected get menu(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.menu');
  }

  #menu = new MenuController(this, { invoker: '.invoker', menu: '.menu', items: '.menu-item' });
  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #members = new StoreController<readonly Member[]>(
    this,
    (client) =>
      this.#menu.open && this.conversation !== null
        ? client.select((s) => s.conversations.members$(this.conversation?.id ?? ''), [])
        : null,
    [],
    () => (this.#menu.open ? this.conversation?.id : null),
  );
  #people = new PeopleController(this);

  get #ids(): readonly string[] {
    const loaded = this.#members.value.filter((member) => member.active).map((member) => member.user);
    return loaded.length > 0 ? loaded : (this.conversation?.members ?? []);
  }

  async #show(page: 'people' | 'add' | 'leave'): Promise<void> {
    this.page = page;
    this.error = '';
    this.chosen = [];
    await this.updateComplete;
    if (page === 'add') this.picker?.focus();
    else this.menu?.querySelector<HTMLElement>('button')?.focus();
  }

  async #act(act: (session: Session, id: string) => Promise<void>): Promise<void> {
    const session = this.client?.session;
    if (!session || this.conversation === null) return;
    this.error = '';
    try {
      await act(session, this.conversation.id);
      this.#menu.close();
    } catch (cause) {
      this.error = refusalText(cause instanceof ParleyError ? cause.code : undefined, this.localisation);
    }
  }

  readonly #add = (): void => {
    if (this.chosen.length > 0)
      void this.#act((session, id) =>
        session.invite(
          id,
          this.chosen.map((person) => person.id),
        ),
      );
  };

  readonly #leave = (): void => void this.#act((session, id) => session.leave(id));

  #toggled(event: Event): void {
    this.#menu.toggled(event);
    if (this.#menu.open) return;
    this.page = 'people';
    this.error = '';
    this.chosen = [];
  }

  #renderPeople(): TemplateResult {
    const { conversation } = this;
    const group = conversation?.kind === 'group' && conversation.active && !conversation.ended;
    return html`<ul class="people" tabindex="0" aria-label=${this.text('participants')}>
        ${this.#ids.map((id) => {
          const person = this.#people.get(id);
          // Oneself by name, too: this is a list of who is in.
          const name = nameOf(id, '', (user) => this.#people.get(user), this.localisation);
          return html`<li>${renderPerson({ ...person, id, name }, this.localisation)}</li>`;
        })}
      </ul>
      ${
        group
          ? html`<div class="acts">
              <button class="menu-item" type="button" @click=${() => this.#show('add')}>
                ${icon('plus', 16)}${this.text('addPerson')}
              </button>
              <button class="menu-item" type="button" @click=${() => this.#show('leave')}>
                ${icon('leave', 16)}${this.text('leaveChat')}
              </button>
            </div>`
          : nothing
      }`;
  }

  #renderPage(): TemplateResult {
    const error = this.error === '' ? nothing : html`<p class="bad" role="alert">${this.error}</p>`;
    const cancel = html`<button class="button" type="button" @click=${() => this.#show('people')}>${this.text('cancel')}</button>`;
    if (this.page === 'add') {
      return html`<div class="part">
        <parley-people-picker
          .chosen=${this.chosen}
          .exclude=${this.#ids}
          .changed=${(chosen: readonly Person[]) => (this.chosen = chosen)}
          .confirmed=${this.#add}
        ></parley-people-picker>
        ${error}
        <div class="row">
          ${cancel}<button class="button primary" type="button" ?disabled=${this.chosen.length === 0} @click=${this.#add}>
            ${this.text('add')}
          </button>
        </div>
      </div>`;
    }
    if (this.page === 'leave') {
      return html`<div class="part">
        <p>${this.text('leaveQuestion')}</p>
        ${error}
        <div class="row">${cancel}<button class="button" type="button" @click=${this.#leave}>${this.text('leave')}</button></div>
      </div>`;
    }
    return this.#renderPeople();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.conversation === null) return nothing;
    const me = this.#session.value?.info.user.id ?? '';
    const names = this.conversation.members.map((id) => nameOf(id, me, (user) => this.#people.get(user), this.localisation));
    const more = this.conversation.memberCount - names.length;
    const hover = this.localisation.list(more > 0 ? [...names, `+${this.localisation.number(more)}`] : names);
    return html`<button
        class="icon-button invoker"
        part="button"
        type="button"
        aria-label=${this.text('participants')}
        title=${hover}
        aria-haspopup="dialog"
        aria-expanded=${this.#menu.open}
        @click=${this.#menu.toggle}
        @keydown=${this.#menu.keydown}
      >
        ${icon('dots')}
      </button>
      <div
        class="menu"
        popover
        role="dialog"
        aria-label=${this.text('participants')}
        @keydown=${this.#menu.keydown}
        @toggle=${this.#toggled}
      >
        ${this.#menu.open ? this.#renderPage() : nothing}
      </div>`;
  }
}

define('parley-participants', Participants);

declare global {
  interface HTMLElementTagNameMap {
    'parley-participants': Participants;
  }
}
