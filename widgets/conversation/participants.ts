import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Conversation, Session } from '#sdk';
import type { ChatPeople } from '../chat-people/chat-people.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { MenuController } from '../internal/menu.js';
import { nameOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { tagOf } from '../internal/prefix.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { LazyPlaces } from '../panel/lazy-places.js';

/**
 * @summary Who is in a chat: in words on hover, and on click how they are and what one may do with the chat (S13); that part is loaded then.
 * @csspart button - What opens it.
 */
export class Participants extends ParleyElement {
  static readonly tag = 'participants';
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
    `,
  ];
  static override properties: PropertyDeclarations = { conversation: { attribute: false } };

  conversation: Conversation | null = null;

  #menu = new MenuController(this, { invoker: '.invoker', menu: '.menu', items: '.menu-item' });
  #lazy = new LazyPlaces(this);
  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #people = new PeopleController(this);
  #entered: ChatPeople | null = null;

  protected override updated(): void {
    // What has just been loaded takes the focus that is still on the button.
    const inside = this.renderRoot.querySelector<ChatPeople>(tagOf('chat-people'));
    if (!this.#menu.open || inside === null || inside === this.#entered) return;
    this.#entered = inside;
    void inside.updateComplete.then(() => inside.focus());
  }

  #renderInside(conversation: Conversation): TemplateResult {
    const done = () => this.#menu.close();
    return this.#lazy.render(
      'chat-people',
      () => html`<parley-chat-people .conversation=${conversation} .done=${done}></parley-chat-people>`,
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { conversation } = this;
    if (conversation === null) return nothing;
    const me = this.#session.value?.info.user.id ?? '';
    const names = conversation.members.map((id) => nameOf(id, me, (user) => this.#people.get(user), this.localisation));
    const more = conversation.memberCount - names.length;
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
        ${icon('group')}
      </button>
      <div
        class="menu"
        popover
        role="dialog"
        aria-label=${this.text('participants')}
        @keydown=${this.#menu.keydown}
        @toggle=${this.#menu.toggled}
      >
        ${this.#menu.open ? this.#renderInside(conversation) : nothing}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-participants': Participants;
  }
}
