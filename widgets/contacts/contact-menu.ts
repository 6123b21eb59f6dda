import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type ContactGroup, type ContactsState, LIMITS, type SessionInfo, type Settings } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/more-icons.js';
import { MenuController } from '../internal/menu.js';
import { ParleyElement } from '../internal/parley-element.js';
import { tagOf } from '../internal/prefix.js';
import { questions, renderQuestion } from '../internal/question.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { PredefinedMenu } from '../predefined/predefined-menu.js';
import { predefinedOf } from '../predefined/predefined.js';
import type { Act } from './contact-acts.js';
import { asksFirst, type Favourite, favouriteOf, removalQuestion } from './favourites.js';

/** What the menu is about: people, with the personal group in which they were pointed at, or such a group. `reachable`: who can be written to. */
export type MenuTarget =
  | { type: 'people'; users: readonly string[]; name: string; group: ContactGroup | null; reachable: readonly string[] }
  | { type: 'group'; group: ContactGroup; reachable: readonly string[] };

type Page = 'acts' | 'groups' | 'predefined' | 'question';

/**
 * @summary What one can do with the people chosen, or with a personal group: a context menu whose second level takes the place of the first,
 * as there is room for one beside a narrow panel (S11, S14, M13). Where something cannot be undone it asks, in its own place.
 */
export class ContactMenu extends ParleyElement {
  static readonly tag = 'contact-menu';
  static override readonly parts = [PredefinedMenu];
  static override styles = [
    tokens,
    base,
    buttons,
    menus,
    questions,
    css`
      .menu-item .truncate {
        flex: 1;
      }
      .menu-item > svg {
        color: var(--_ink-2);
      }
      .onward {
        rotate: -90deg;
      }
      .onward:dir(rtl) {
        rotate: 90deg;
      }
      hr {
        margin: 4px 8px;
        border: 0;
        border-block-start: 1px solid var(--_line);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    chosen: { attribute: false },
    edit: { attribute: false },
    target: { state: true },
    page: { state: true },
  };

  /** Called with what was chosen. */
  chosen: ((act: Act) => void) | null = null;
  /** Called for what needs a dialog: a new group with these people, or another name for one. */
  edit: ((group: ContactGroup | null, users: readonly string[]) => void) | null = null;

  protected target: MenuTarget | null = null;
  protected page: Page = 'acts';

  #menu = new MenuController(this, { invoker: '.none', menu: '.menu', items: '.menu-item, .row button' });
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((s) => s.info$, null), null);
  #settings = new StoreController<Settings | null>(this, (client) => client.select((s) => s.settings$, null), null);
  #contacts = new StoreController<ContactsState | null>(this, (client) => client.select((s) => s.contacts.state$, null), null);

  get open(): boolean {
    return this.#menu.open;
  }

  /** At this place of the window; `back` gets the focus when it closes. `question`: whether to remove this favourite, at once. */
  async show(target: MenuTarget, at: DOMRect, back: HTMLElement | null, page: 'acts' | 'question' = 'acts'): Promise<void> {
    this.#menu.close();
    this.target = target;
    this.page = page;
    await this.updateComplete;
    this.#menu.show(at, back);
  }

  #favourite(user: string): Favourite {
    return this.#contacts.value === null ? 'none' : favouriteOf(this.#contacts.value, user);
  }

  #choose(act: Act): void {
    this.#menu.close();
    this.chosen?.(act);
  }

  #edit(group: ContactGroup | null, users: readonly string[]): void {
    this.#menu.close();
    this.edit?.(group, users);
  }

  async #turn(page: Page): Promise<void> {
    this.page = page;
    await this.updateComplete;
    const inner = this.renderRoot.querySelector(tagOf('predefined-menu'));
    await inner?.updateComplete;
    (inner ?? this.renderRoot.querySelector<HTMLElement>('.menu-item, .row button'))?.focus();
  }

  /** Into a second level and out of it by the arrows, as in a menu beside a menu. */
  #keydown(event: KeyboardEvent): void {
    const rtl = getComputedStyle(this).direction === 'rtl';
    const [onward, back] = rtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    const item = event.composedPath()[0];
    if (event.key === back && this.page !== 'acts') {
      event.preventDefault();
      void this.#turn('acts');
    } else if (event.key === onward && item instanceof HTMLElement && item.ariaHasPopup === 'menu') {
      event.preventDefault();
      item.click();
    } else this.#menu.keydown(event);
  }

  #item(label: string, act: () => void, mark: TemplateResult | typeof nothing = nothing, onward = false): TemplateResult {
    return html`<button
      class="menu-item"
      type="button"
      role="menuitem"
      tabindex="-1"
      aria-haspopup=${onward ? 'menu' : nothing}
      @click=${act}
    >
      ${mark}<span class="truncate" dir="auto">${label}</span>${onward ? html`<span class="onward">${icon('chevron', 16)}</span>` : nothing}
    </button>`;
  }

  #renderWrite(users: readonly string[], label: string): TemplateResult {
    const texts = predefinedOf(this.#info.value, this.#settings.value);
    return html`${this.#item(label, () => this.#choose({ type: 'message', users }), icon('chat', 16))}
      ${
        // M15: without texts there is no such item.
        texts.length === 0 ? nothing : this.#item(this.text('predefined'), () => void this.#turn('predefined'), icon('document', 16), true)
      }
      <hr />`;
  }

  #renderPeople(target: Extract<MenuTarget, { type: 'people' }>): TemplateResult {
    const { users, group, reachable } = target;
    const favourites = users.filter((user) => this.#favourite(user) !== 'none');
    const others = users.filter((user) => this.#favourite(user) === 'none');
    const asks = favourites.some((user) => asksFirst(this.#favourite(user), this.#info.value?.policies.presence));
    const write = users.length === 1 ? this.text('newMessage') : this.text('newMessageTo', { count: reachable.length });
    const remove = (): void => (asks ? void this.#turn('question') : this.#choose({ type: 'favourite', users: favourites, on: false }));
    return html`${reachable.length > 0 ? this.#renderWrite(reachable, write) : nothing}
    ${
      others.length === 0
        ? nothing
        : this.#item(this.text('addToFavourites'), () => this.#choose({ type: 'favourite', users: others, on: true }))
    }
    ${favourites.length === 0 ? nothing : this.#item(this.text('removeFromFavourites'), remove)}
    ${this.#item(this.text('addToGroup'), () => void this.#turn('groups'), nothing, true)}
    ${
      group === null
        ? nothing
        : this.#item(this.text('removeFromGroup', { name: group.name }), () => this.#choose({ type: 'remove-from-group', users, group }))
    }`;
  }

  #renderGroups(users: readonly string[]): TemplateResult {
    const groups = this.#contacts.value?.groups ?? [];
    const open = groups.filter((group) => users.some((user) => !group.users.includes(user)));
    const more = groups.length < LIMITS.contactGroups;
    return html`${this.#item(this.text('back'), () => void this.#turn('acts'), icon('back', 16))}
      <hr />
      ${open.map((group) => this.#item(group.name, () => this.#choose({ type: 'add-to-group', users, group })))}
      ${open.length > 0 && more ? html`<hr />` : nothing}
      ${more ? this.#item(this.text('newGroup'), () => this.#edit(null, users), icon('plus', 16)) : nothing}`;
  }

  #renderGroup({ group, reachable }: Extract<MenuTarget, { type: 'group' }>): TemplateResult {
    const ids = (this.#contacts.value?.groups ?? []).map(({ id }) => id);
    const at = ids.indexOf(group.id);
    const move = (to: number): void => {
      const others = ids.filter((id) => id !== group.id);
      this.#choose({ type: 'arrange-groups', group, ids: [...others.slice(0, to), group.id, ...others.slice(to)] });
    };
    return html`${
      reachable.length > 0
        ? html`${this.#item(this.text('newMessageToAll'), () => this.#choose({ type: 'message', users: reachable }), icon('chat', 16))}
            <hr />`
        : nothing
    }
    ${this.#item(this.text('rename'), () => this.#edit(group, group.users))}
    ${at > 0 ? this.#item(this.text('moveUp'), () => move(at - 1)) : nothing}
    ${at >= 0 && at < ids.length - 1 ? this.#item(this.text('moveDown'), () => move(at + 1)) : nothing}
    ${this.#item(this.text('deleteGroup'), () => void this.#turn('question'), icon('trash', 16))}`;
  }

  #renderQuestion(target: MenuTarget): TemplateResult {
    const yes = target.type === 'group' ? this.text('deleteGroupYes') : this.text('removeContact');
    const favourites = target.type === 'people' ? target.users.filter((user) => this.#favourite(user) !== 'none') : [];
    const only = favourites.length === 1 ? favourites[0] : undefined;
    const question =
      target.type === 'group'
        ? this.text('deleteGroupQuestion', { name: target.group.name })
        : only !== undefined && target.users.length === 1
          ? removalQuestion(this.#favourite(only), target.name, this.localisation)
          : this.text('removeSeveralQuestion', { count: favourites.length });
    const act = (): void =>
      this.#choose(
        target.type === 'group' ? { type: 'delete-group', group: target.group } : { type: 'favourite', users: favourites, on: false },
      );
    const button = html`<button class="button" type="button" @click=${act}>${yes}</button>`;
    return renderQuestion(question, { error: '', cancel: () => this.#menu.close(), act: button }, this.localisation);
  }

  #renderPage(target: MenuTarget): TemplateResult {
    if (this.page === 'question') return this.#renderQuestion(target);
    if (this.page === 'groups' && target.type === 'people') return this.#renderGroups(target.users);
    if (this.page === 'predefined')
      return html`<button class="menu-item" type="button" @click=${() => void this.#turn('acts')}>
          ${icon('back', 16)}${this.text('back')}
        </button>
        <hr />
        <parley-predefined-menu
          .chosen=${(text: string) => this.#choose({ type: 'draft', users: target.reachable, text })}
        ></parley-predefined-menu>`;
    return target.type === 'group' ? this.#renderGroup(target) : this.#renderPeople(target);
  }

  protected override render(): TemplateResult {
    const { target } = this;
    const role = this.page === 'question' ? 'alertdialog' : this.page === 'predefined' ? 'presentation' : 'menu';
    const label = target === null ? '' : target.type === 'group' ? target.group.name : target.name;
    return html`<div
      class="menu"
      popover
      role=${role}
      aria-label=${label}
      @keydown=${this.#keydown}
      @toggle=${this.#menu.toggled}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${target === null ? nothing : this.#renderPage(target)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-contact-menu': ContactMenu;
  }
}
