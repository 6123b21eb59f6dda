import { css, type TemplateResult } from 'lit';
import type { ErrorCode } from '#sdk';
import { define } from '../internal/define.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { learn } from '../internal/localisation.js';
import { MenuController } from '../internal/menu.js';
import { badgeMessages } from '../internal/messages/en-badge.js';
import '../internal/panel-words.js';
import { tagOf } from '../internal/prefix.js';
import { menus, more } from '../internal/styles.js';
import { moreTokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import { PredefinedMenu } from '../predefined/predefined-menu.js';
import type { PresenceBadge } from './presence-badge.js';

learn({ messages: badgeMessages });

const refusalStyles = css`
  .refusal {
    display: flex;
    gap: 6px;
    margin: 0;
    padding: 6px 8px;
    text-wrap: pretty;
  }
`;

/**
 * What opens at a badge: the context menu, to start the chat or start it with a predefined message (M13); or why a chat could not be opened.
 * Loaded when the first one is asked for.
 */
export class BadgeMenu {
  readonly #badge: PresenceBadge;
  readonly #menu: MenuController;
  #refusal = '';

  constructor(badge: PresenceBadge) {
    define(PredefinedMenu);
    this.#badge = badge;
    this.#menu = new MenuController(badge, { invoker: '.badge', menu: '.menu', items: `[role="menuitem"], ${tagOf('predefined-menu')}` });
    const root = badge.renderRoot as ShadowRoot;
    root.adoptedStyleSheets.push(...[moreTokens, more, menus, refusalStyles].map(({ styleSheet }) => styleSheet as CSSStyleSheet));
  }

  show(back: HTMLElement | null = null): void {
    this.#refusal = '';
    this.#open(back);
  }

  refuse(code: ErrorCode | undefined): void {
    this.#refusal = refusalText(code, this.#badge.localisation);
    this.#open();
  }

  #open(back: HTMLElement | null = null): void {
    this.#badge.requestUpdate();
    void this.#badge.updateComplete.then(() => this.#menu.show(back === null ? undefined : this.#badge.getBoundingClientRect(), back));
  }

  #choose(text = ''): void {
    this.#menu.close();
    void this.#badge.openChat(text);
  }

  render(): TemplateResult {
    const { text } = this.#badge;
    if (this.#refusal !== '')
      return html`<div class="menu" popover role="alert" @keydown=${this.#menu.keydown} @toggle=${this.#menu.toggled}>
        <p class="refusal" tabindex="0">${icon('warning', 16)}${this.#refusal}</p>
      </div>`;
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
