import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type ChosenAvailability, LIMITS, type SessionInfo, type Settings } from '#sdk';
import '../avatar/avatar.js';
import { define } from '../internal/define.js';
import { fire } from '../internal/events.js';
import { icon } from '../internal/icons.js';
import { MenuController } from '../internal/menu.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { marks } from '../presence-badge/marks.js';
import { statusMenuStyles } from './status-menu-styles.js';

const CHOICES = ['available', 'busy', 'away', 'dnd', 'invisible'] as const satisfies readonly ChosenAvailability[];

/** `invisible` looks to oneself as it looks to others. */
const MARKS = { available: 'available', busy: 'busy', away: 'away', dnd: 'dnd', invisible: 'offline' } as const satisfies Record<
  ChosenAvailability,
  string
>;

interface Own {
  availability: ChosenAvailability;
  message: string;
}

/**
 * @summary One's own availability with one's own words for it (B38 to B42). The words of each availability are kept, so that nobody types them again.
 * @event parley-status-change - The availability or its words were changed here. Detail: `{ availability, message }`.
 * @csspart button - What opens the menu: avatar, name and status.
 * @csspart menu - The menu.
 */
export class StatusMenu extends ParleyElement {
  static override styles = [tokens, base, buttons, fields, menus, marks, statusMenuStyles];
  static override properties: PropertyDeclarations = {
    compact: { type: Boolean, reflect: true },
    failed: { state: true },
  };

  /** Shows the mark and the name only, for narrow toolbars. */
  compact = false;

  protected failed = false;
  protected get words(): HTMLInputElement | null {
    return this.renderRoot.querySelector('.words');
  }

  #menu = new MenuController(this, { invoker: '.own', menu: '.menu', items: '[role="menuitemradio"]' });
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);
  #own = new StoreController<Own | null>(this, (client) => client.select((session) => session.presence.own$, null), null);
  #settings = new StoreController<Settings | null>(this, (client) => client.select((session) => session.settings$, null), null);

  #kept(availability: ChosenAvailability): string {
    const messages = this.#settings.value?.statusMessages ?? {};
    return Object.hasOwn(messages, availability) ? (messages[availability] ?? '') : '';
  }

  async #set(availability: ChosenAvailability, message: string): Promise<void> {
    this.failed = false;
    try {
      await this.client?.session?.presence.set(availability, message === '' ? undefined : message);
      fire(this, 'parley-status-change', { availability, message });
    } catch {
      this.failed = true;
    }
  }

  #choose(availability: ChosenAvailability): void {
    this.#menu.close();
    void this.#set(availability, this.#kept(availability));
  }

  #save(event: Event, own: Own): void {
    event.preventDefault();
    this.#menu.close();
    void this.#set(own.availability, this.words?.value.trim() ?? '');
  }

  #keydown(event: KeyboardEvent): void {
    // Down from a closed button opens, as in any menu button.
    if (event.key !== 'ArrowDown' || this.#menu.open) return this.#menu.keydown(event);
    event.preventDefault();
    this.#menu.show();
  }

  #renderChoice(availability: ChosenAvailability, own: Own): TemplateResult {
    const kept = this.#kept(availability);
    return html`<button
      class="menu-item"
      type="button"
      role="menuitemradio"
      aria-checked=${availability === own.availability}
      tabindex=${availability === own.availability ? 0 : -1}
      @click=${() => this.#choose(availability)}
    >
      <span class="mark ${MARKS[availability]}"></span>
      <span class="choice">
        <span>${this.text(availability)}</span>
        ${kept === '' ? nothing : html`<span class="kept truncate" dir="auto">${kept}</span>`}
      </span>
      <span class="chosen">${availability === own.availability ? icon('check', 16) : nothing}</span>
    </button>`;
  }

  #renderMenu(own: Own): TemplateResult {
    const label = this.text('statusWords', { status: this.text(own.availability) });
    return html`<div
      class="menu"
      part="menu"
      popover
      role="dialog"
      aria-label=${this.text('yourStatus')}
      @keydown=${this.#menu.keydown}
      @toggle=${this.#menu.toggled}
    >
      <div role="menu" aria-label=${this.text('yourStatus')}>${CHOICES.map((choice) => this.#renderChoice(choice, own))}</div>
      <form @submit=${(event: Event) => this.#save(event, own)}>
        <label for="words">${label}</label>
        <div class="row">
          <input
            id="words"
            class="field words"
            dir="auto"
            autocomplete="off"
            maxlength=${LIMITS.statusMessageLength}
            placeholder=${this.text('statusWordsHint')}
            .value=${this.#menu.open ? own.message : ''}
          />
          <button class="button" type="submit">${this.text('save')}</button>
        </div>
      </form>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const info = this.#info.value;
    const own = this.#own.value;
    if (info === null || own === null) return nothing;
    const status = own.message === '' ? this.text(own.availability) : `${this.text(own.availability)}, ${own.message}`;
    return html`<button
        class="own"
        part="button"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.#menu.open}
        @click=${this.#menu.toggle}
        @keydown=${this.#keydown}
      >
        <parley-avatar .name=${info.user.name} .seed=${info.user.id} .photo=${info.user.photo ?? ''}>
          <span slot="presence" class="mark ${MARKS[own.availability]}"></span>
        </parley-avatar>
        <span class="who">
          <span class="name truncate" dir="auto">${info.user.name}</span>
          <span class=${this.compact ? 'visually-hidden' : 'status'}>
            <span class="visually-hidden">${this.text('yourStatus')}: </span>
            <span class="truncate" dir="auto">${status}</span>
            ${icon('chevron', 16)}
          </span>
        </span>
      </button>
      ${this.#renderMenu(own)}
      <div class="failed" role="status">${this.failed ? html`${icon('warning', 16)} ${this.text('statusFailed')}` : nothing}</div>`;
  }
}

define('parley-status-menu', StatusMenu);

declare global {
  interface HTMLElementTagNameMap {
    'parley-status-menu': StatusMenu;
  }
}
