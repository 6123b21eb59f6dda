import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { type ContextLink, type Conversation, LIMITS, type Session } from '#sdk';
import { Announcer } from '../internal/announcer.js';
import { define } from '../internal/define.js';
import { fire } from '../internal/events.js';
import { icon } from '../internal/icons.js';
import { findPanel } from '../internal/panel-lookup.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';

type CurrentItem = { link: ContextLink; kind: object };

function sameItem(a: ContextLink, b: ContextLink): boolean {
  const context = (link: ContextLink): string => JSON.stringify(Object.entries(link.context ?? {}).sort());
  return a.kind === b.kind && a.id === b.id && context(a) === context(b);
}

/**
 * @summary "Link to current examination": puts what the user has open in the host into the message being written. Never sends (S17 to S19).
 *
 * On the host's own toolbar it opens the panel on the open chat, or on the latest. It follows the host's current item; without one it is
 * disabled and says why.
 *
 * @event parley-item-link - The item is about to be put into the message. Cancel it to keep it out. Detail: `{ link }`.
 * @event parley-item-linked - The item is in the draft; nothing was sent. Detail: `{ link, conversation }`.
 * @csspart button - The button.
 * @csspart reason - Why it is disabled.
 */
export class LinkCurrentItem extends ParleyElement {
  static override styles = [
    tokens,
    base,
    buttons,
    css`
      :host {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
        max-inline-size: 100%;
        font-size: inherit;
        color: inherit;
      }
      .link {
        max-inline-size: 100%;
        color: var(--_link);
        border-color: transparent;
        background: none;
        padding-inline: 6px 10px;
      }
      .link:hover {
        background: var(--_hover);
        color: var(--_link);
      }
      .link[aria-disabled='true'] {
        color: var(--_ink-2);
        background: none;
        border-color: transparent;
      }
      .reason {
        color: var(--_ink-2);
        font-size: 0.9em;
      }
      :host([toolbar]) .link {
        min-block-size: 32px;
        color: inherit;
      }
      :host([toolbar]) .link:not([aria-disabled='true']):hover {
        background: color-mix(in srgb, currentColor 10%, transparent);
      }
      :host([toolbar]) .link[aria-disabled='true'] {
        color: inherit;
        opacity: 0.65;
      }
      @media (forced-colors: active) {
        .link {
          border-color: ButtonBorder;
        }
        .link[aria-disabled='true'] {
          border-color: GrayText;
          color: GrayText;
          opacity: 1;
        }
      }
    `,
  ];

  /** The chat whose draft takes the link; without it the open one, else the latest. */
  @property() conversation = '';

  /** For the host's toolbar: takes its colour, and gives the reason as a hint only. */
  @property({ type: Boolean, reflect: true }) toolbar = false;

  /** The id of the panel that it opens; without it the one of the same session. */
  @property() for = '';

  #announcer = new Announcer(this);
  #current = new StoreController<CurrentItem | null>(this, (client) => client.host.current$, null);
  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #open = new StoreController<string | null>(this, (client) => client.select((session) => session.open$, null), null);
  #chats = new StoreController<readonly Conversation[]>(this, (client) => client.select((session) => session.conversations.list$, []), []);

  /** Why nothing can be linked now; empty when it can. */
  get reason(): string {
    if (this.#session.value === null) return this.text('linkNotSignedIn');
    if (this.#current.value === null) return this.text('nothingToLink', { noun: this.#noun() });
    if (this.#target() === null) return this.text('noChatToLink');
    return '';
  }

  /** Puts the current item into the draft, as a click does. False when it was not: nothing to link, or the host said no. */
  link(): boolean {
    const session = this.#session.value;
    const item = this.#current.value?.link;
    const conversation = this.#target();
    if (session === null || item === undefined || conversation === null || !fire(this, 'parley-item-link', { link: item })) return false;
    const { links } = session.drafts.get(conversation);
    const held = links.some((link) => sameItem(link, item));
    if (!held && links.length >= LIMITS.linksPerMessage) {
      this.#announcer.say(this.text('tooManyLinks'));
      return false;
    }
    if (!held) session.drafts.update(conversation, { links: [...links, item] });
    this.#announcer.say(held ? this.text('itemAlreadyLinked', { noun: this.#noun() }) : this.text('itemLinked'));
    if (this.outermost) {
      session.open(conversation);
      findPanel(this, this.for)?.show();
    }
    fire(this, 'parley-item-linked', { link: item, conversation });
    return true;
  }

  #target(): string | null {
    if (this.conversation !== '') return this.conversation;
    const writable = this.#chats.value.filter((chat) => chat.active && !chat.ended);
    const open = this.#open.value;
    return (writable.find((chat) => chat.id === open) ?? writable[0])?.id ?? null;
  }

  #noun(): string {
    const host = this.client?.host;
    const kind = this.#current.value?.link.kind ?? host?.kinds[0];
    return (kind === undefined ? null : host?.noun(kind)) ?? this.text('item');
  }

  protected override render(): TemplateResult {
    const { reason } = this;
    const label = this.text('linkToCurrent', { noun: this.#noun() });
    // aria-disabled and not disabled: it keeps its place in the tab order, so that the reason can be found.
    return html`<button
        class="button link"
        part="button"
        type="button"
        aria-disabled=${reason === '' ? nothing : 'true'}
        aria-describedby=${reason === '' ? nothing : 'reason'}
        title=${reason === '' ? nothing : reason}
        @click=${() => reason === '' && this.link()}
      >
        ${icon('link', 16)}<span class="truncate">${label}</span>
      </button>
      <span id="reason" part="reason" class=${this.toolbar ? 'visually-hidden' : 'reason'} ?hidden=${reason === ''}>${reason}</span>
      ${this.#announcer.region()}`;
  }
}

define('parley-link-current-item', LinkCurrentItem);

declare global {
  interface HTMLElementTagNameMap {
    'parley-link-current-item': LinkCurrentItem;
  }
}
