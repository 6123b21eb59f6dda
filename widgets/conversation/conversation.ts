import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Conversation, Presence, Session } from '#sdk';
import { Avatar } from '../avatar/avatar.js';
import { Composer } from '../composer/composer.js';
import { FavouriteStar } from '../contacts/favourite-star.js';
import { deepActiveElement } from '../internal/focus.js';
import { html } from '../internal/html.js';
import { nameOf, oneLine, otherOf, titleOf } from '../internal/names.js';
import { icon } from '../internal/icons.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { tagOf } from '../internal/prefix.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import type { MessageStyle } from '../message/message.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import { presenceText } from '../presence-badge/presence-text.js';
import { Timeline } from '../timeline/timeline.js';
import { conversationStyles } from './conversation-styles.js';
import { Participants } from './participants.js';
import { PARTS } from '../panel/parts.js';

/**
 * @summary One chat: who it is with, the log, the composer. What was read is decided here: visible, focused and turned to the composer (B27).
 * @csspart chat-header - The line with the title.
 */
export class ConversationElement extends ParleyElement {
  static readonly tag = 'conversation';
  static override readonly parts = [Avatar, Composer, FavouriteStar, Participants, PresenceBadge, Timeline];
  static override styles = [tokens, base, buttons, conversationStyles];
  static override properties: PropertyDeclarations = {
    conversation: {},
    messageStyle: { attribute: 'message-style' },
    back: { attribute: false },
  };

  conversation = '';
  messageStyle: MessageStyle = 'bubble';
  /** Called by the arrow that leads back to the list. */
  back: (() => void) | null = null;

  /** Messages from this one on are tinted until the person turns to the composer (B25, B27). */
  protected tintFrom: number | null = null;
  protected get timeline(): Timeline | null {
    return this.renderRoot.querySelector(tagOf('timeline'));
  }
  protected get composer(): Composer | null {
    return this.renderRoot.querySelector(tagOf('composer'));
  }

  #key = (): string => this.conversation;
  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #one = new StoreController<Conversation | null>(
    this,
    (client) => client.select((s) => s.conversations.one$(this.conversation), null),
    null,
    this.#key,
  );
  #typing = new StoreController<readonly string[]>(
    this,
    (client) => client.select((s) => s.conversations.typing$(this.conversation), []),
    [],
    this.#key,
  );
  #presence = new StoreController<Presence | null>(
    this,
    (client) => (this.#other === null ? null : client.select((s) => s.presence.of(this.#other ?? ''), null)),
    null,
    () => this.#other,
  );
  #people = new PeopleController(this);
  #opened = '';
  /** While the panel itself puts the focus into the composer, that is not the person turning to it. */
  #placing = false;
  /** Between the page losing the focus and having it back: the browser then focuses the field again, which is not a turn to it, either. */
  #away = false;

  get #me(): string {
    return this.#session.value?.info.user.id ?? '';
  }

  get #other(): string | null {
    const one = this.#one.value;
    return one === null ? null : otherOf(one, this.#me);
  }

  /** Puts the cursor into the composer: opening a chat is opening it to write (M19), but what is new keeps its tint until then. */
  override focus(): void {
    this.#placing = true;
    this.composer?.focus();
    this.#placing = false;
    if (!this.#holdsFocus) this.timeline?.focus();
    // Opened at an older message, what is new is not in view.
    else if (this.timeline?.atEnd !== false) this.#markRead();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#away = !this.ownerDocument.hasFocus();
    this.ownerDocument.defaultView?.addEventListener('focus', this.#returned);
    this.ownerDocument.defaultView?.addEventListener('blur', this.#left);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.defaultView?.removeEventListener('focus', this.#returned);
    this.ownerDocument.defaultView?.removeEventListener('blur', this.#left);
  }

  readonly #left = (): void => {
    this.#away = true;
  };

  readonly #returned = (): void => {
    // A press into the composer has brought the page its focus: that is a turn to it.
    if (!this.#away) return this.#activated();
    setTimeout(() => (this.#away = false));
    if (this.#holdsFocus && this.timeline?.atEnd) this.#markRead();
  };

  get #holdsFocus(): boolean {
    const active = deepActiveElement(this.ownerDocument);
    return active !== null && this.composer?.renderRoot.contains(active) === true;
  }

  #markRead(): void {
    const one = this.#one.value;
    if (one === null || one.unread === 0 || this.ownerDocument.visibilityState !== 'visible' || !this.ownerDocument.hasFocus()) return;
    this.client?.session?.conversations.markRead(one.id);
  }

  /** The person turned to the composer: what came so far is read, and looks like the rest (B27). */
  readonly #activated = (event?: Event): void => {
    // It comes before the focus that it brings, to the field and to a page that is a frame of another.
    if (event?.type === 'pointerdown') this.#away = false;
    if (this.#placing || (this.#away && event?.type === 'focusin')) return;
    this.tintFrom = null;
    this.#markRead();
    this.requestUpdate();
  };

  /** Something came while the end is in view: read at once only if they are writing here. */
  readonly #arrived = (): void => {
    if (this.#holdsFocus) this.#markRead();
  };

  /** What was new when the chat was opened is tinted from the first render on, and what comes later as it comes. */
  #tint(one: Conversation): void {
    if (this.#opened !== one.id || this.tintFrom === null) this.tintFrom = one.unread > 0 ? one.marks.read + 1 : null;
    this.#opened = one.id;
  }

  #renderTyping(): TemplateResult {
    const names = this.#typing.value.map((id) => nameOf(id, this.#me, (user) => this.#people.get(user), this.localisation));
    const key = names.length > 1 ? 'typingSeveral' : 'typing';
    return html`<div class="typing">
      ${
        names.length === 0
          ? nothing
          : html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span
              ><span class="truncate" dir="auto">${this.text(key, { names: this.localisation.list(names) })}</span>`
      }
    </div>`;
  }

  #renderHeader(one: Conversation): TemplateResult {
    const title = titleOf(one, this.#me, (id) => this.#people.get(id), this.localisation);
    const other = this.#other;
    const presence = this.#presence.value;
    const about = other === null ? null : this.#people.get(other);
    const words = [about?.title, about?.organisation].map((part) => oneLine(part ?? '')).filter((part) => part !== '');
    const how = presence === null ? words.join(', ') : [presenceText(presence, this.localisation), ...words.slice(0, 1)].join(' · ');
    const who = [this.text('members', { count: one.memberCount }), ...(one.ended ? [this.text('sessionEnded')] : [])].join(' · ');
    const under = other === null ? who : how;
    const back = this.text('back');
    return html`<header class="header" part="chat-header">
      <button class="icon-button back" type="button" aria-label=${back} title=${back} @click=${() => this.back?.()}>${icon('back')}</button>
      <parley-avatar class="avatar" name=${title} seed=${other ?? title} ?group=${one.kind === 'group'} photo=${about?.photo ?? ''}>
        ${other === null ? nothing : html`<parley-presence-badge slot="presence" user=${other} name=${title} view-only></parley-presence-badge>`}
      </parley-avatar>
      <div class="who">
        <h2 class="truncate" dir="auto" title=${title}>${title}</h2>
        ${under === '' ? nothing : html`<span class="under truncate" dir="auto" title=${one.description ?? nothing}>${under}</span>`}
      </div>
      ${other === null ? nothing : html`<parley-favourite-star .user=${other}></parley-favourite-star>`}
      <parley-participants .conversation=${one}></parley-participants>
    </header>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const one = this.#one.value;
    if (one === null) {
      // Taken away from under the hands that write in it: the focus stays in the panel.
      if (this.matches(':focus-within')) {
        this.tabIndex = -1;
        super.focus();
      }
      return nothing;
    }
    this.#tint(one);
    const name = oneLine(this.#session.value?.info.user.name ?? '');
    return html`${this.#renderHeader(one)}
      ${keyed(
        one.id,
        html`<parley-timeline
          exportparts=${PARTS}
          class="timeline"
          .conversation=${one}
          .messageStyle=${this.messageStyle}
          .tintFrom=${this.tintFrom}
          .arrived=${this.#arrived}
        ></parley-timeline>`,
      )}
      ${this.#renderTyping()}
      <parley-composer
        exportparts=${PARTS}
        .conversation=${one}
        .sent=${() => this.#activated()}
        @focusin=${this.#activated}
        @pointerdown=${this.#activated}
        @input=${this.#activated}
      >
        <span slot="identity" class="identity truncate" title=${this.text('signedInAs', { name })}
          >${this.text('signedInAs', { name })}</span
        >
      </parley-composer>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-conversation': ConversationElement;
  }
}
