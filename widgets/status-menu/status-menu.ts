import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ChosenAvailability, SessionInfo } from '#sdk';
import { Avatar } from '../avatar/avatar.js';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { whenIdle } from '../internal/idle.js';
import { MenuController } from '../internal/menu.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { marks } from '../presence-badge/marks.js';
import type { StatusChoices } from './status-choices.js';
import { statusMenuStyles } from './status-menu-styles.js';

/** In the order of the menu. `invisible` looks to oneself as it looks to others. */
export const MARKS = { available: 'available', busy: 'busy', away: 'away', dnd: 'dnd', invisible: 'offline' } as const satisfies Record<
  ChosenAvailability,
  string
>;

export interface Own {
  availability: ChosenAvailability;
  message: string;
}

/**
 * @summary One's own availability with one's own words for it (B38 to B42). The words of each availability are kept, so that nobody types them again.
 * @event parley-status-change - The availability or its words were changed here. Detail: `{ availability, message }`.
 * @csspart status-button - What opens the menu: avatar, name and status.
 * @csspart menu - The menu.
 */
export class StatusMenu extends ParleyElement {
  static readonly tag = 'status-menu';
  static override readonly parts = [Avatar];
  static override styles = [tokens, base, buttons, marks, statusMenuStyles];
  static override properties: PropertyDeclarations = {
    compact: { type: Boolean, reflect: true },
    failed: { state: true },
  };

  /** Shows the mark and the name only, for narrow toolbars. */
  compact = false;

  protected failed = false;

  #menu = new MenuController(this, { invoker: '.own', menu: '.menu', items: '[role="menuitemradio"]' });
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);
  #own = new StoreController<Own | null>(this, (client) => client.select((session) => session.presence.own$, null), null);
  #choices: StatusChoices | null = null;

  protected override firstUpdated(): void {
    whenIdle(() => void this.#load().catch(() => {}));
  }

  async #load(): Promise<void> {
    const { StatusChoices } = await import('./status-choices.js');
    this.#choices ??= new StatusChoices(this, this.#menu);
    this.requestUpdate();
    await this.updateComplete;
  }

  async #open(): Promise<void> {
    this.failed = false;
    try {
      await this.#load();
      this.#menu.show();
    } catch {
      this.failed = true;
    }
  }

  /** For what the menu is loaded with. */
  async set(availability: ChosenAvailability, message: string): Promise<void> {
    this.failed = false;
    try {
      await this.client?.session?.presence.set(availability, message === '' ? undefined : message);
      fire(this, 'parley-status-change', { availability, message });
    } catch {
      this.failed = true;
    }
  }

  readonly #toggle = (): void => {
    if (this.#menu.open) this.#menu.close();
    else void this.#open();
  };

  #keydown(event: KeyboardEvent): void {
    // Down from a closed button opens, as in any menu button.
    if (event.key !== 'ArrowDown' || this.#menu.open) return this.#menu.keydown(event);
    event.preventDefault();
    void this.#open();
  }

  protected override render(): TemplateResult | typeof nothing {
    const info = this.#info.value;
    const own = this.#own.value;
    if (info === null || own === null) return nothing;
    const status = own.message === '' ? this.text(own.availability) : `${this.text(own.availability)}, ${own.message}`;
    return html`<button
        class="own"
        part="status-button"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.#menu.open}
        @click=${this.#toggle}
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
      ${this.#choices?.render(own) ?? nothing}
      <div class="failed" role="status">${this.failed ? html`${icon('warning', 16)} ${this.text('statusFailed')}` : nothing}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-status-menu': StatusMenu;
  }
}
