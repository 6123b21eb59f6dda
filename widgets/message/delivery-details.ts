import { css, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { RecipientState } from '#sdk';
import { html } from '../internal/html.js';
import { icon, type IconName } from '../internal/more-icons.js';
import { learn } from '../internal/localisation.js';
import { MenuController } from '../internal/menu.js';
import { deliveryMessages } from '../internal/messages/en-delivery.js';
import type { MessageKey } from '../internal/messages/en.js';
import { nameOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { StoreController } from '../internal/store-controller.js';
import { base, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';

learn({ messages: deliveryMessages });

const STATES = {
  queued: { icon: 'clock', word: 'deliveryQueued' },
  held: { icon: 'dnd', word: 'deliveryHeld' },
  delivered: { icon: 'check', word: 'delivered' },
  read: { icon: 'check-double', word: 'read' },
  ended: { icon: 'leave', word: 'deliveryEnded' },
} as const satisfies Record<RecipientState['state'], { icon: IconName; word: MessageKey }>;

/** @summary How far each recipient of an own message is, by name and in words; follows what changes while it is open. */
export class DeliveryDetails extends ParleyElement {
  static readonly tag = 'delivery-details';
  static override styles = [
    tokens,
    base,
    menus,
    css`
      .details {
        max-inline-size: 304px;
        padding: 4px 8px 6px;
      }
      h3 {
        margin: 0 0 4px;
        font-size: 1em;
        font-weight: 600;
      }
      ul {
        display: grid;
        gap: 2px;
        max-block-size: min(280px, 40vh);
        margin: 0;
        padding: 0;
        overflow-y: auto;
        list-style: none;
        scrollbar-width: thin;
      }
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: 0 8px;
        padding-block: 2px;
      }
      li svg {
        grid-row: span 2;
        color: var(--_ink-2);
      }
      .state,
      p {
        margin: 0;
        color: var(--_ink-2);
        font-size: 0.93em;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    conversation: {},
    seq: { state: true },
  };

  conversation = '';

  /** Number of the message; 0 before the first. */
  protected seq = 0;

  #menu = new MenuController(this, { invoker: '.menu', menu: '.menu' });
  #recipients = new StoreController<readonly RecipientState[]>(
    this,
    (client) => (this.seq === 0 ? null : client.select((session) => session.conversations.recipients$(this.conversation, this.seq), [])),
    [],
    () => `${this.conversation} ${this.seq}`,
  );
  #people = new PeopleController(this);

  /** Shows who has this message at the button that was pressed, which closes it as well. */
  async toggle(seq: number, from: HTMLElement): Promise<void> {
    if (this.#menu.open) return this.#menu.close();
    this.seq = seq;
    await this.updateComplete;
    if (from.isConnected) this.#menu.show(from.getBoundingClientRect(), from);
  }

  protected override render(): TemplateResult {
    const recipients = this.#recipients.value;
    return html`<div
      class="menu details"
      popover
      role="dialog"
      aria-labelledby="title"
      @keydown=${this.#menu.keydown}
      @toggle=${this.#menu.toggled}
    >
      <h3 id="title">${this.text('deliveryOfMessage')}</h3>
      ${
        recipients.length === 0
          ? html`<p>${this.text('deliveryNobody')}</p>`
          : html`<ul tabindex="0" aria-labelledby="title">
              ${recipients.map(
                ({ user, state }) =>
                  html`<li>
                    ${icon(STATES[state].icon, 16)}
                    <span class="truncate" dir="auto">${nameOf(user, '', (id) => this.#people.get(id), this.localisation)}</span>
                    <span class="state">${this.text(STATES[state].word)}</span>
                  </li>`,
              )}
            </ul>`
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-delivery-details': DeliveryDetails;
  }
}
