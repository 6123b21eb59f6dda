import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Conversation, ParleyError, type Settings } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/more-icons.js';
import { MenuController } from '../internal/menu.js';
import { ParleyElement } from '../internal/parley-element.js';
import { tagOf } from '../internal/prefix.js';
import { questions, renderQuestion } from '../internal/question.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import { predefinedOf } from '../predefined/predefined.js';
import { PredefinedMenu } from '../predefined/predefined-menu.js';
import '../chat-people/chat-people-words.js';

/** @summary What can be done with an entry of the list. Loaded when it is first asked for. */
export class ChatMenu extends ParleyElement {
  static readonly tag = 'chat-menu';
  static override readonly parts = [PredefinedMenu];
  static override styles = [
    tokens,
    base,
    buttons,
    menus,
    questions,
    css`
      .menu-item svg {
        color: var(--_ink-2);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    chat: { attribute: false },
    name: {},
    wide: { type: Boolean },
    opened: { attribute: false },
    asking: { state: true },
    error: { state: true },
  };

  chat: Conversation | null = null;
  /** What it is called. */
  name = '';
  /** There are tabs. */
  wide = false;
  /** Called when it was opened from here. */
  opened: (() => void) | null = null;

  protected asking = false;
  protected error = '';
  #menu = new MenuController(this, { invoker: '.menu', menu: '.menu', items: `button, ${tagOf('predefined-menu')}` });
  #settings = new StoreController<Settings | null>(this, (client) => client.select<Settings | null>((s) => s.settings$, null), null);

  /** At this place of the window; `back` gets the focus afterwards. */
  async show(at: DOMRect, back: HTMLElement | null): Promise<void> {
    this.asking = false;
    this.error = '';
    await this.updateComplete;
    this.#menu.show(at, back);
  }

  #open(background: boolean): void {
    if (this.chat !== null) this.client?.session?.open(this.chat.id, { background });
    this.#menu.close();
    if (!background) this.opened?.();
  }

  async #ask(): Promise<void> {
    this.asking = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.row button')?.focus();
  }

  async #leave(): Promise<void> {
    if (this.chat === null) return;
    this.error = '';
    try {
      await this.client?.session?.leave(this.chat.id);
      this.#menu.close();
    } catch (cause) {
      this.error = refusalText(cause instanceof ParleyError ? cause.code : undefined, this.localisation);
    }
  }

  #renderQuestion(): TemplateResult {
    const act = html`<button class="button" type="button" @click=${this.#leave}>${this.text('leave')}</button>`;
    return renderQuestion(this.text('leaveQuestion'), { error: this.error, cancel: () => this.#menu.close(), act }, this.localisation);
  }

  #renderItems(chat: Conversation): TemplateResult {
    const item = (act: () => void, mark: TemplateResult, text: string): TemplateResult =>
      html`<button class="menu-item" type="button" role="menuitem" @click=${act}>${mark}${text}</button>`;
    return html`${item(() => this.#open(false), icon('chat', 16), this.text('openChat'))}
    ${this.wide ? item(() => this.#open(true), icon('plus', 16), this.text('openInNewTab')) : nothing} ${this.#renderPredefined(chat)}
    ${
      chat.kind === 'group' && chat.active && !chat.ended
        ? item(() => void this.#ask(), icon('leave', 16), this.text('leaveEllipsis'))
        : nothing
    }`;
  }

  /** Of a chat of two, as on every person (M13); it becomes a draft. */
  #renderPredefined({ kind, members, active, ended }: Conversation): TemplateResult | typeof nothing {
    const session = this.client?.session;
    const other = members.find((user) => user !== session?.info.user.id);
    if (kind !== 'direct' || !active || ended || !session || other === undefined) return nothing;
    if (predefinedOf(session.info, this.#settings.value).length === 0) return nothing;
    return html`<parley-predefined-menu .chosen=${(text: string) => this.#draft(other, text)}></parley-predefined-menu>`;
  }

  async #draft(other: string, text: string): Promise<void> {
    this.#menu.close();
    await this.client?.session?.openChat({ to: other, text });
    this.opened?.();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.chat === null) return nothing;
    return html`<div
      class="menu"
      popover
      role=${this.asking ? 'dialog' : 'menu'}
      aria-label=${this.text('moreFor', { name: this.name })}
      @keydown=${this.#menu.keydown}
      @toggle=${this.#menu.toggled}
    >
      ${this.asking ? this.#renderQuestion() : this.#renderItems(this.chat)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-chat-menu': ChatMenu;
  }
}
