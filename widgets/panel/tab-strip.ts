import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Conversation, Session } from '#sdk';
import { deepActiveElement } from '../internal/focus.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { KeyedValues } from '../internal/keyed-values.js';
import { otherOf, titleOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { repeat } from '../internal/repeat.js';
import { StoreController } from '../internal/store-controller.js';
import { base } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import { tabStripStyles } from './tab-strip-styles.js';
import './wide-words.js';

/**
 * @summary The open chats as tabs (B35, B36), each with its presence and unread number (B28). Closing one is not leaving it (B23).
 *
 * Arrow keys, Home and End move between them, Enter or the space bar opens, Delete closes. The cross is for the pointer: in a list of tabs
 * there may be nothing but tabs for those who hear it.
 *
 * @csspart tab - A tab.
 */
export class TabStrip extends ParleyElement {
  static readonly tag = 'tab-strip';
  static override readonly parts = [PresenceBadge];
  static override styles = [tokens, base, tabStripStyles];
  static override properties: PropertyDeclarations = {
    picked: { attribute: false },
    emptied: { attribute: false },
    standing: { state: true },
  };

  /** Called when a tab was opened here. */
  picked: (() => void) | null = null;
  /** Called when the last tab was closed here by a key, which leaves the focus without a place. */
  emptied: (() => void) | null = null;

  /** The tab that has the focus, or had it last. */
  protected standing = '';

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #tabs = new StoreController<readonly string[]>(this, (client) => client.select((session) => session.tabs$, []), []);
  #open = new StoreController<string | null>(this, (client) => client.select((session) => session.open$, null), null);
  #chats = new KeyedValues<Conversation>(this, (session, id) => session.conversations.one$(id));
  #people = new PeopleController(this);
  #seen: string | null = null;

  override focus(): void {
    this.#tab(this.#stop)?.focus();
  }

  /** The one tab that the Tab key comes to. */
  get #stop(): string {
    const tabs = this.#tabs.value;
    const at = [this.standing, this.#open.value].find((id) => id !== null && tabs.includes(id));
    return at ?? tabs[0] ?? '';
  }

  #tab(id: string): HTMLElement | null {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role="tab"]')].find((tab) => tab.dataset['id'] === id) ?? null;
  }

  #pick(id: string): void {
    this.standing = id;
    this.client?.session?.open(id);
    this.picked?.();
  }

  #close(id: string): void {
    const tabs = this.#tabs.value;
    const at = tabs.indexOf(id);
    const held = this.renderRoot.contains(deepActiveElement(this.ownerDocument));
    const next = tabs[at + 1] ?? tabs[at - 1];
    this.client?.session?.close(id);
    if (!held) return;
    this.standing = next ?? '';
    if (next === undefined) this.emptied?.();
    else void this.updateComplete.then(() => this.focus());
  }

  #keydown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const tabs = this.#tabs.value;
    const at = tabs.indexOf(this.#stop);
    const rtl = getComputedStyle(this).direction === 'rtl';
    const steps: Record<string, number> = {
      ArrowRight: at + (rtl ? -1 : 1),
      ArrowLeft: at + (rtl ? 1 : -1),
      Home: 0,
      End: tabs.length - 1,
    };
    const step = steps[event.key];
    if (event.key === 'Delete') this.#close(this.#stop);
    else if (step !== undefined) {
      this.standing = tabs[(step + tabs.length) % tabs.length] ?? '';
      void this.updateComplete.then(() => this.focus());
    } else return;
    event.preventDefault();
  }

  protected override updated(): void {
    const open = this.#open.value;
    if (open === this.#seen) return;
    this.#seen = open;
    if (open !== null) this.#tab(open)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #renderTab(id: string): TemplateResult {
    const chat = this.#chats.get(id);
    const me = this.#session.value?.info.user.id ?? '';
    const title = chat === null ? this.text('chat') : titleOf(chat, me, (user) => this.#people.get(user), this.localisation);
    const other = chat === null ? null : otherOf(chat, me);
    const unread = chat?.unread ?? 0;
    const close = this.text('closeTab', { name: title });
    return html`<div class="tab ${id === this.#open.value ? 'open' : ''}" role="presentation" part="tab">
      <button
        class="title-button"
        type="button"
        role="tab"
        data-id=${id}
        aria-selected=${id === this.#open.value ? 'true' : 'false'}
        aria-keyshortcuts="Delete"
        tabindex=${id === this.#stop ? 0 : -1}
        title=${title}
        @focus=${() => (this.standing = id)}
        @click=${() => this.#pick(id)}
        @auxclick=${(event: MouseEvent) => event.button === 1 && this.#close(id)}
      >
        ${other === null ? icon('group', 16) : html`<parley-presence-badge class="badge" user=${other} name=${title} view-only></parley-presence-badge>`}
        <span class="truncate" dir="auto">${title}</span>
        ${
          unread === 0
            ? nothing
            : html`<span class="visually-hidden"
                  >${unread > 99 ? this.text('manyUnreadMessages') : this.text('unreadMessages', { count: unread })}</span
                ><span class="number" aria-hidden="true"><i></i>${this.localisation.count(unread)}</span>`
        }
      </button>
      <button class="close" type="button" tabindex="-1" aria-hidden="true" title=${close} @click=${() => this.#close(id)}>
        ${icon('close', 16)}
      </button>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const tabs = this.#tabs.value;
    if (tabs.length === 0) return nothing;
    return html`<div class="strip" role="tablist" aria-label=${this.text('openChats')} @keydown=${this.#keydown}>
      ${repeat(
        tabs,
        (id) => id,
        (id) => this.#renderTab(id),
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-tab-strip': TabStrip;
  }
}
