import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Invitation, SessionInfo } from '#sdk';
import { ChatList } from '../chat-list/chat-list.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { ParleyElement } from '../internal/parley-element.js';
import { skeletonStyles } from '../internal/skeleton.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { LazyPlaces } from './lazy-places.js';
import { panelSideStyles } from './panel-side-styles.js';
import { isLoaded } from './places.js';
import { PARTS } from './parts.js';

type Tab = 'chats' | 'contacts';

/** @summary What stands beside the conversation, or in its place where it is narrow: the chats, the contacts (S9), or the beginning of a chat. */
export class PanelSide extends ParleyElement {
  static readonly tag = 'panel-side';
  static override readonly parts = [ChatList];
  static override styles = [tokens, base, buttons, skeletonStyles, panelSideStyles];
  static override properties: PropertyDeclarations = {
    starting: { type: Boolean },
    wide: { type: Boolean },
    startNew: { attribute: false },
    closedNew: { attribute: false },
    picked: { attribute: false },
    shown: { state: true },
  };

  /** A chat is being begun. */
  starting = false;
  /** There are tabs of chats beside it. */
  wide = false;
  /** Called by "New". */
  startNew: (() => void) | null = null;
  /** Called when the beginning of a chat was left, with or without one. */
  closedNew: ((started: boolean) => void) | null = null;
  /** Called when a chat was picked here. */
  picked: (() => void) | null = null;

  protected shown: Tab = 'chats';

  #lazy = new LazyPlaces(this);
  #wantsFocus = false;
  #invitations = new StoreController<readonly Invitation[]>(
    this,
    (client) => client.select((session) => session.invitations.list$, []),
    [],
  );
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);
  #unread = new StoreController<number>(this, (client) => client.select((session) => session.conversations.unread$, 0), 0);

  /** While what is to have the focus is being loaded, it gets it when it comes. */
  override focus(): void {
    const inside = this.renderRoot.querySelector<HTMLElement>('.inside');
    this.#wantsFocus = inside === null;
    if (inside instanceof ParleyElement) void inside.updateComplete.then(() => inside.focus());
  }

  protected override updated(): void {
    if (this.#wantsFocus) this.focus();
  }

  #keydown(event: KeyboardEvent): void {
    const to = { ArrowLeft: 1, ArrowRight: 1, Home: -1, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    // Of two tabs an arrow always leads to the other one.
    if (to === 1) this.shown = this.shown === 'chats' ? 'contacts' : 'chats';
    else this.shown = event.key === 'Home' ? 'chats' : 'contacts';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  }

  #renderTab(name: Tab, text: string): TemplateResult {
    const selected = this.shown === name;
    const unread = name === 'chats' ? this.#unread.value : 0;
    return html`<button
      class="tab"
      type="button"
      role="tab"
      id=${name}
      aria-controls="place"
      aria-selected=${selected ? 'true' : 'false'}
      tabindex=${selected ? 0 : -1}
      @click=${() => this.#show(name)}
    >
      ${text}
      ${
        unread === 0
          ? nothing
          : html`<span class="visually-hidden">${this.text('unreadMessages', { count: unread })}</span
              ><span class="count" aria-hidden="true">${this.localisation.count(unread)}</span>`
      }
    </button>`;
  }

  #renderHead(): TemplateResult {
    const label = this.text('newChat');
    return html`<div class="head">
      <div class="tabs" role="tablist" aria-label=${this.text('chat')} @keydown=${this.#keydown}>
        ${this.#renderTab('chats', this.text('chats'))} ${this.#renderTab('contacts', this.text('contactsPlace'))}
      </div>
      ${
        this.#info.value?.policies.initiate
          ? html`<button class="button new" type="button" aria-label=${label} title=${label} @click=${() => this.startNew?.()}>
              ${icon('plus', 16)}<span>${this.text('newShort')}</span>
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderPlace(): TemplateResult {
    if (this.shown === 'chats')
      return html`<parley-chat-list class="inside" exportparts=${PARTS} .picked=${this.picked} ?wide=${this.wide}></parley-chat-list>`;
    return this.#lazy.render(
      'contacts',
      () =>
        html`<parley-contacts class="inside" exportparts=${PARTS} @parley-conversation-opened=${() => this.picked?.()}></parley-contacts>`,
    );
  }

  #renderNew(): TemplateResult {
    const form = this.#lazy.render(
      'new-chat',
      () => html`<parley-new-chat class="inside new-chat" .closed=${this.closedNew}></parley-new-chat>`,
    );
    if (isLoaded('new-chat')) return form;
    // The way back, should it not come.
    return html`${this.#renderHead()}
      <div class="place" id="place" role="tabpanel" aria-labelledby=${this.shown}>${form}</div>`;
  }

  #show(tab: Tab): void {
    this.shown = tab;
    if (this.starting) this.closedNew?.(false);
  }

  protected override render(): TemplateResult {
    // Who may not start chats any more stands before the list again, not before nothing (E3).
    if (this.starting && this.#info.value?.policies.initiate) return this.#renderNew();
    const invited = this.#invitations.value.length > 0;
    return html`${this.#renderHead()}
      ${
        invited && this.shown === 'chats'
          ? this.#lazy.render(
              'invitations',
              () => html`<parley-invitations class="invitations" exportparts=${PARTS} .joined=${this.picked}></parley-invitations>`,
            )
          : nothing
      }
      <div class="place" id="place" role="tabpanel" aria-labelledby=${this.shown}>${this.#renderPlace()}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-panel-side': PanelSide;
  }
}
