import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { EmojiPicker } from '../emoji/emoji-picker.js';
import { html } from '../internal/html.js';
import { icon, type IconName } from '../internal/icons.js';
import { MenuController } from '../internal/menu.js';
import { ParleyElement } from '../internal/parley-element.js';
import { tagOf } from '../internal/prefix.js';
import { base, buttons, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { load, openDialog } from '../panel/places.js';
import type { PredefinedMenu } from '../predefined/predefined-menu.js';

type Tool = 'emoji' | 'predefined';

/** @summary What can be put into a message besides typing: emoji (M20) and predefined messages (M13). Each is loaded when it is first opened. */
export class ComposerTools extends ParleyElement {
  static readonly tag = 'composer-tools';
  static override styles = [
    tokens,
    base,
    buttons,
    menus,
    css`
      :host {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px;
        margin-inline-start: -6px;
      }
      .failed {
        color: var(--_bad);
        font-size: 0.9em;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    conversation: {},
    insert: { attribute: false },
    written: { attribute: false },
    loaded: { state: true },
    failed: { state: true },
  };

  conversation = '';
  /** Puts a text where one writes. */
  insert: ((text: string) => void) | null = null;
  /** Called when the draft was changed here. */
  written: (() => void) | null = null;

  protected loaded: ReadonlySet<Tool> = new Set();
  protected failed = false;

  #menus = {
    emoji: new MenuController(this, { invoker: '.emoji', menu: '.emoji-menu', items: tagOf('emoji-picker') }),
    predefined: new MenuController(this, { invoker: '.predefined', menu: '.predefined-menu', items: tagOf('predefined-menu') }),
  };

  async #open(tool: Tool): Promise<void> {
    const menu = this.#menus[tool];
    if (menu.open) return menu.close();
    this.failed = false;
    try {
      await load(tool === 'emoji' ? 'emoji-picker' : 'predefined-menu');
    } catch {
      this.failed = true;
      return;
    }
    this.loaded = new Set([...this.loaded, tool]);
    await this.updateComplete;
    const inside = this.renderRoot.querySelector<EmojiPicker | PredefinedMenu>(`.${tool}-menu > *`);
    if (inside !== null && 'reset' in inside) inside.reset();
    await inside?.updateComplete;
    if (this.isConnected) menu.show();
  }

  readonly #picked = (emoji: string): void => {
    this.#menus.emoji.close();
    this.insert?.(emoji);
  };

  /** The caller first, then the text; a draft that the person sends (M14, M16). */
  readonly #chosen = (text: string): void => {
    this.#menus.predefined.close();
    this.client?.session?.drafts.compose(this.conversation, { text, context: this.client.host.call });
    this.written?.();
  };

  readonly #manage = (): void => {
    this.#menus.predefined.close();
    this.failed = false;
    openDialog(this, 'predefined-editor').catch(() => (this.failed = true));
  };

  #renderTool(tool: Tool, label: string, mark: IconName, inside: TemplateResult): TemplateResult {
    const menu = this.#menus[tool];
    return html`<button
        class="icon-button ${tool}"
        type="button"
        aria-label=${label}
        title=${label}
        aria-haspopup=${tool === 'emoji' ? 'dialog' : 'menu'}
        aria-expanded=${menu.open}
        @click=${() => void this.#open(tool)}
        @keydown=${menu.keydown}
      >
        ${icon(mark)}
      </button>
      <div
        class="menu ${tool}-menu"
        popover
        role=${tool === 'emoji' ? 'dialog' : nothing}
        aria-label=${tool === 'emoji' ? label : nothing}
        @keydown=${menu.keydown}
        @toggle=${menu.toggled}
      >
        ${this.loaded.has(tool) ? inside : nothing}
      </div>`;
  }

  protected override render(): TemplateResult {
    return html`${this.#renderTool(
      'emoji',
      this.text('insertEmoji'),
      'smile',
      html`<parley-emoji-picker .picked=${this.#picked}></parley-emoji-picker>`,
    )}${this.#renderTool(
      'predefined',
      this.text('predefined'),
      'predefined',
      html`<parley-predefined-menu .chosen=${this.#chosen} .manage=${this.#manage}></parley-predefined-menu>`,
    )}${this.failed ? html`<span class="failed" role="alert">${this.text('failed')}</span>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-composer-tools': ComposerTools;
  }
}
