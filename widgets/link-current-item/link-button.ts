import { nothing, type TemplateResult } from 'lit';
import { type ContextLink, type Conversation, LIMITS, type Session } from '#sdk';
import { Announcer } from '../internal/announcer.js';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { findPanel } from '../internal/panel-lookup.js';
import type { Inside } from '../internal/shell-element.js';
import { StoreController } from '../internal/store-controller.js';
import { buttons, more } from '../internal/styles.js';
import { moreTokens } from '../internal/tokens.js';
import { linkButtonStyles } from './link-button-styles.js';
import type { LinkCurrentItem } from './link-current-item.js';

type CurrentItem = { link: ContextLink; kind: object };

function sameItem(a: ContextLink, b: ContextLink): boolean {
  const context = (link: ContextLink): string => JSON.stringify(Object.entries(link.context ?? {}).sort());
  return a.kind === b.kind && a.id === b.id && context(a) === context(b);
}

/** The inside of `<parley-link-current-item>`. */
export class LinkButton implements Inside {
  static readonly styles = [moreTokens, more, buttons, linkButtonStyles];

  readonly #element: LinkCurrentItem;
  readonly #announcer: Announcer;
  readonly #current: StoreController<CurrentItem | null>;
  readonly #session: StoreController<Session | null>;
  readonly #open: StoreController<string | null>;
  readonly #chats: StoreController<readonly Conversation[]>;

  constructor(element: LinkCurrentItem) {
    this.#element = element;
    this.#announcer = new Announcer(element);
    this.#current = new StoreController<CurrentItem | null>(element, (client) => client.host.current$, null);
    this.#session = new StoreController<Session | null>(element, (client) => client.session$, null);
    this.#open = new StoreController<string | null>(element, (client) => client.select((session) => session.open$, null), null);
    this.#chats = new StoreController<readonly Conversation[]>(
      element,
      (client) => client.select((session) => session.conversations.list$, []),
      [],
    );
  }

  get reason(): string {
    const { text } = this.#element;
    if (this.#session.value === null) return text('linkNotSignedIn');
    if (this.#current.value === null) return text('nothingToLink', { noun: this.#noun() });
    if (this.#target() === null) return text('noChatToLink');
    return '';
  }

  link(): boolean {
    const element = this.#element;
    const session = this.#session.value;
    // Asked at the press: a host may have changed to another patient's item without a word.
    const item = element.client?.host.current()?.link;
    const conversation = this.#target();
    if (session === null || item === undefined || conversation === null) {
      this.#announcer.say(this.reason);
      return false;
    }
    if (!fire(element, 'parley-item-link', { link: item })) return false;
    const { links } = session.drafts.get(conversation);
    const held = links.some((link) => sameItem(link, item));
    if (!held && links.length >= LIMITS.linksPerMessage) {
      this.#announcer.say(element.text('tooManyLinks'));
      return false;
    }
    if (!held) session.drafts.update(conversation, { links: [...links, item] });
    this.#announcer.say(held ? element.text('itemAlreadyLinked', { noun: this.#noun() }) : element.text('itemLinked'));
    if (element.outermost) {
      session.open(conversation);
      findPanel(element, element.for)?.show();
    }
    fire(element, 'parley-item-linked', { link: item, conversation });
    return true;
  }

  #target(): string | null {
    const { conversation } = this.#element;
    if (conversation !== '') return conversation;
    const writable = this.#chats.value.filter((chat) => chat.active && !chat.ended);
    const open = this.#open.value;
    return (writable.find((chat) => chat.id === open) ?? writable[0])?.id ?? null;
  }

  #noun(): string {
    const host = this.#element.client?.host;
    const kind = this.#current.value?.link.kind ?? host?.kinds[0];
    return (kind === undefined ? null : host?.noun(kind)) ?? this.#element.text('item');
  }

  render(): TemplateResult {
    const { reason } = this;
    const label = this.#element.text('linkToCurrent', { noun: this.#noun() });
    // aria-disabled and not disabled: it keeps its place in the tab order, so that the reason can be found.
    return html`<button
        class="button link"
        part="button"
        type="button"
        aria-disabled=${reason === '' ? nothing : 'true'}
        aria-describedby=${reason === '' ? nothing : 'reason'}
        title=${reason === '' ? nothing : reason}
        @click=${() => this.link()}
      >
        ${icon('link', 16)}<span class="truncate">${label}</span>
      </button>
      <span id="reason" part="reason" class=${this.#element.toolbar ? 'visually-hidden' : 'reason'} ?hidden=${reason === ''}
        >${reason}</span
      >
      ${this.#announcer.region()}`;
  }
}
