import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { SessionInfo, Settings } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { firstWords } from '../message/plain-text.js';
import { predefinedOf } from './predefined.js';
import './predefined-words.js';

/**
 * @summary The predefined messages as items of a menu: the tenant's, then one's own (M13). For inside a popover or as a submenu, which keeps
 * Escape and the place; the arrows, Home, End and the first letter are handled here. What is chosen is given to `chosen` and goes nowhere else.
 */
export class PredefinedMenu extends ParleyElement {
  static readonly tag = 'predefined-menu';
  static override styles = [
    tokens,
    base,
    menus,
    css`
      :host {
        display: block;
        min-inline-size: 200px;
        max-inline-size: 304px;
      }
      /* Two lines: texts that begin alike are told apart by their ends. */
      .menu-item .words {
        display: -webkit-box;
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow-wrap: anywhere;
        text-align: -webkit-match-parent;
        text-align: match-parent;
      }
      .none {
        margin: 0;
        padding: 6px 8px;
        color: var(--_ink-2);
      }
      .manage {
        margin-block-start: 4px;
        border-block-start: 1px solid var(--_line);
        border-start-start-radius: 0;
        border-start-end-radius: 0;
        color: var(--_ink-2);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    chosen: { attribute: false },
    manage: { attribute: false },
  };

  /** Called with the text. */
  chosen: ((text: string) => void) | null = null;
  /** Called by the last item, "My predefined messages"; without it there is no such item. */
  manage: (() => void) | null = null;

  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);
  #settings = new StoreController<Settings | null>(this, (client) => client.select((session) => session.settings$, null), null);

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  override focus(): void {
    this.#items[0]?.focus();
  }

  #keydown(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const items = this.#items;
    const at = items.indexOf(event.target as HTMLElement);
    const letter = event.key.length === 1 && event.key !== ' ' ? event.key.toLocaleLowerCase() : null;
    const next = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const target =
      letter === null
        ? { ArrowDown: next[0], ArrowUp: items.at(at - 1), Home: items[0], End: items.at(-1) }[event.key]
        : next.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(letter));
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  }

  protected override render(): TemplateResult {
    const texts = predefinedOf(this.#info.value, this.#settings.value);
    return html`<div role="menu" aria-label=${this.text('predefined')} @keydown=${this.#keydown}>
      ${
        texts.length === 0
          ? html`<p class="none">${this.text('predefinedNone')}</p>`
          : texts.map(
              ({ text }, index) =>
                html`<button
                  class="menu-item"
                  type="button"
                  role="menuitem"
                  title=${text}
                  tabindex=${index === 0 ? 0 : -1}
                  @click=${() => this.chosen?.(text)}
                >
                  <span class="words" dir="auto">${firstWords(text)}</span>
                </button>`,
            )
      }
      ${
        this.manage === null
          ? nothing
          : html`<button
              class="menu-item manage"
              type="button"
              role="menuitem"
              tabindex=${texts.length === 0 ? 0 : -1}
              @click=${() => this.manage?.()}
            >
              ${icon('settings', 16)}${this.text('predefinedManage')}
            </button>`
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-predefined-menu': PredefinedMenu;
  }
}
