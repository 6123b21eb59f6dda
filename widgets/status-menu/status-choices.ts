import { nothing, type TemplateResult } from 'lit';
import { type ChosenAvailability, LIMITS, type Settings } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { learn } from '../internal/localisation.js';
import type { MenuController } from '../internal/menu.js';
import { statusMessages } from '../internal/messages/en-status.js';
import { StoreController } from '../internal/store-controller.js';
import { fields, menus } from '../internal/styles.js';
import { statusChoicesStyles } from './status-choices-styles.js';
import { MARKS, type Own, type StatusMenu } from './status-menu.js';

learn({ messages: statusMessages });

const CHOICES = Object.keys(MARKS) as ChosenAvailability[];

/** What opens at one's own status: the availabilities, and the words for the present one. Loaded when there is time, at the latest when it opens. */
export class StatusChoices {
  readonly #host: StatusMenu;
  readonly #menu: MenuController;
  readonly #settings: StoreController<Settings | null>;

  constructor(host: StatusMenu, menu: MenuController) {
    this.#host = host;
    this.#menu = menu;
    this.#settings = new StoreController<Settings | null>(host, (client) => client.select((session) => session.settings$, null), null);
    const root = host.renderRoot as ShadowRoot;
    root.adoptedStyleSheets.push(...[fields, menus, statusChoicesStyles].map(({ styleSheet }) => styleSheet as CSSStyleSheet));
  }

  #kept(availability: ChosenAvailability): string {
    const messages = this.#settings.value?.statusMessages ?? {};
    return Object.hasOwn(messages, availability) ? (messages[availability] ?? '') : '';
  }

  #choose(availability: ChosenAvailability, message: string): void {
    this.#menu.close();
    void this.#host.set(availability, message);
  }

  #save(event: Event, own: Own): void {
    event.preventDefault();
    this.#choose(own.availability, this.#host.renderRoot.querySelector<HTMLInputElement>('.words')?.value.trim() ?? '');
  }

  #renderChoice(availability: ChosenAvailability, own: Own): TemplateResult {
    const kept = this.#kept(availability);
    return html`<button
      class="menu-item"
      type="button"
      role="menuitemradio"
      aria-checked=${availability === own.availability}
      tabindex=${availability === own.availability ? 0 : -1}
      @click=${() => this.#choose(availability, kept)}
    >
      <span class="mark ${MARKS[availability]}"></span>
      <span class="choice">
        <span>${this.#host.text(availability)}</span>
        ${kept === '' ? nothing : html`<span class="kept truncate" dir="auto">${kept}</span>`}
      </span>
      <span class="chosen">${availability === own.availability ? icon('check', 16) : nothing}</span>
    </button>`;
  }

  render(own: Own): TemplateResult {
    const { text } = this.#host;
    const label = text('statusWords', { status: text(own.availability) });
    return html`<div
      class="menu"
      part="menu"
      popover
      role="dialog"
      aria-label=${text('yourStatus')}
      @keydown=${this.#menu.keydown}
      @toggle=${this.#menu.toggled}
    >
      <div role="menu" aria-label=${text('yourStatus')}>${CHOICES.map((choice) => this.#renderChoice(choice, own))}</div>
      <form @submit=${(event: Event) => this.#save(event, own)}>
        <label for="words">${label}</label>
        <div class="row">
          <input
            id="words"
            class="field words"
            dir="auto"
            autocomplete="off"
            maxlength=${LIMITS.statusMessageLength}
            placeholder=${text('statusWordsHint')}
            .value=${this.#menu.open ? own.message : ''}
          />
          <button class="button" type="submit">${text('save')}</button>
        </div>
      </form>
    </div>`;
  }
}
