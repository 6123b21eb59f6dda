import { html, type TemplateResult } from 'lit';
import { icon } from '../internal/icons.js';
import { learn } from '../internal/localisation.js';
import { MenuController } from '../internal/menu.js';
import { badgeMessages } from '../internal/messages/en-badge.js';
import { menus } from '../internal/styles.js';
import { moreTokens } from '../internal/tokens.js';
import '../predefined/predefined-menu.js';
import type { PresenceBadge } from './presence-badge.js';

learn({ messages: badgeMessages });

/** The context menu of a badge: start the chat, or start it with a predefined message (M13). Loaded when the first one is asked for. */
export class BadgeMenu {
  readonly #badge: PresenceBadge;
  readonly #menu: MenuController;

  constructor(badge: PresenceBadge) {
    this.#badge = badge;
    this.#menu = new MenuController(badge, { invoker: '.badge', menu: '.menu', items: '[role="menuitem"], parley-predefined-menu' });
    const root = badge.renderRoot as ShadowRoot;
    root.adoptedStyleSheets.push(...[moreTokens, menus].map(({ styleSheet }) => styleSheet as CSSStyleSheet));
  }

  show(): void {
    this.#badge.requestUpdate();
    void this.#badge.updateComplete.then(() => this.#menu.show());
  }

  #choose(text = ''): void {
    this.#menu.close();
    void this.#badge.openChat(text);
  }

  render(): TemplateResult {
    const { text } = this.#badge;
    return html`<div
      class="menu"
      popover
      role="menu"
      aria-label=${text('sendInstantMessage')}
      @keydown=${this.#menu.keydown}
      @toggle=${this.#menu.toggled}
    >
      <button class="menu-item" type="button" role="menuitem" @click=${() => this.#choose()}>
        ${icon('chat', 16)}${text('sendInstantMessage')}
      </button>
      <parley-predefined-menu .chosen=${(chosen: string) => this.#choose(chosen)}></parley-predefined-menu>
    </div>`;
  }
}
