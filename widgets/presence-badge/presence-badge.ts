import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { type Conversation, ParleyError, type Person, type Presence, type SessionInfo } from '#sdk';
import { core, inline } from '../internal/core-styles.js';
import { coreTokens } from '../internal/core-tokens.js';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { findPanel } from '../internal/panel-lookup.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { warnOnce } from '../internal/warn.js';
import { predefinedOf } from '../predefined/predefined.js';
import type { BadgeMenu } from './badge-menu.js';
import { badgeStyles } from './badge-styles.js';
import { marks } from './marks.js';
import type * as phones from './phone-half.js';
import { presenceText } from './presence-text.js';

/** Loaded with the first phone that is known, for all badges. */
let phoneHalf: typeof phones | null = null;

/**
 * @summary How a person is: a mark whose shape says it, words on hover and for screen readers, and the way to chat with them (M3).
 *
 * Somebody without chat, or not in the directory: nothing (M4). Whose chat is unavailable: a grey mark that is not a button (M5). Where
 * telephony is connected it has two halves, presence and phone (B43). A context menu has the predefined messages (M13).
 *
 * @event parley-chat-open - The person wants to chat with this user. Cancel it to do something else. Detail: `{ users }`.
 * @csspart mark - The mark.
 * @csspart words - The words, with `words`.
 * @csspart phone - The half of the phone.
 * @cssproperty [--parley-presence-size=12px] - Diameter of the mark; 16px with `size="large"`.
 * @cssproperty [--parley-presence-ring=transparent] - Colour of the ring around it, for marks that lie on something.
 * @cssproperty [--parley-presence-available=#2e9e4f] - Colour of the mark of who is available.
 * @cssproperty [--parley-presence-away=#b97f00] - Colour of the mark of who is away.
 * @cssproperty [--parley-presence-busy=#d64533] - Colour of the mark of who is busy or does not want to be disturbed.
 * @cssproperty [--parley-presence-offline=#7a8694] - Colour of the mark of who is offline, or of whom nothing is known.
 */
export class PresenceBadge extends ParleyElement {
  static readonly tag = 'presence-badge';
  static override styles = [coreTokens, core, inline, marks, badgeStyles];
  static override properties: PropertyDeclarations = {
    user: {},
    name: {},
    size: { reflect: true },
    words: { type: Boolean, reflect: true },
    viewOnly: { type: Boolean, attribute: 'view-only' },
    for: {},
    opening: { state: true },
  };

  /** The id of the person, as the tokens of your back end name them. */
  user = '';

  /** The person's name, where the host knows it. */
  name = '';

  /** `large` is 16 px, for headers. */
  size?: 'large';

  /** Shows the words beside the mark, too. */
  words = false;

  /** Never a button. */
  viewOnly = false;

  /** The id of the panel that a click opens; without it the one of the same session. */
  for = '';

  protected opening = false;

  #presence = new StoreController<Presence | null>(
    this,
    (client) => (this.user === '' ? null : client.select((session) => session.presence.of(this.user), null)),
    null,
    () => this.user,
  );
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);
  #person = new StoreController<Person | null>(
    this,
    (client) => (this.user === '' ? null : client.select((session) => session.directory.person$(this.user), null)),
    null,
    () => this.user,
  );
  /** Only for those who may not start a chat: they may go on with one that exists. */
  #chats = new StoreController<readonly Conversation[]>(
    this,
    (client) => (this.#info.value?.policies.initiate === false ? client.select((session) => session.conversations.list$, []) : null),
    [],
    () => this.#info.value?.policies.initiate,
  );

  #menu: BadgeMenu | null = null;

  /** Whether a click can open a chat with this person. */
  get chattable(): boolean {
    return !this.viewOnly && this.#mayChat;
  }

  get #mayChat(): boolean {
    const info = this.#info.value;
    if (info === null || info.user.id === this.user || this.#offer !== 'offered') return false;
    return info.policies.initiate || this.#chats.value.some((chat) => chat.kind === 'direct' && chat.members.includes(this.user));
  }

  /** Of somebody who is not in the directory the server says "unknown"; without a server, nothing is said. */
  get #offer(): NonNullable<Person['chat']> {
    const person = this.#person.value;
    const presence = this.#presence.value;
    if (person !== null) return person.chat ?? 'offered';
    return presence?.availability === 'unknown' && presence.since > 0 ? 'none' : 'offered';
  }

  /** Opens the chat with this person, as a click does; `text` is put into the message and not sent, after the host's call (M14). */
  async openChat(text = ''): Promise<void> {
    const session = this.client?.session;
    if (!session || this.opening || !this.#mayChat || !fire(this, 'parley-chat-open', { users: [this.user] })) return;
    this.opening = true;
    try {
      await session.openChat({ to: this.user, text });
      findPanel(this, this.for)?.show();
    } catch (cause) {
      await this.#refuse(cause);
    } finally {
      this.opening = false;
    }
  }

  /** The menu of predefined messages; the chat itself where there are none (M15). The focus goes back to `back`, without it to the badge. */
  async openMenu(back: HTMLElement | null = null): Promise<void> {
    if (!this.#mayChat) return;
    // Read when they are needed: 1,000 badges that follow them are 1,000 renders for each change of a setting.
    let own: readonly unknown[] = [];
    this.client?.session?.settings$.subscribe((settings) => (own = predefinedOf(this.#info.value, settings))).unsubscribe();
    if (own.length === 0) return this.openChat();
    try {
      (await this.#loadMenu()).show(back);
    } catch {
      await this.openChat();
    }
  }

  async #loadMenu(): Promise<BadgeMenu> {
    const { BadgeMenu } = await import('./badge-menu.js');
    return (this.#menu ??= new BadgeMenu(this));
  }

  /** Said at the badge: the panel may be closed, or show another chat. */
  async #refuse(cause: unknown): Promise<void> {
    try {
      (await this.#loadMenu()).refuse(cause instanceof ParleyError ? cause.code : undefined);
    } catch {
      warnOnce(`<${this.localName}> could not open the chat: ${String(cause)}`);
    }
  }

  #click(event: MouseEvent): void {
    // The second click of a double-click has nothing more to do (M3 asks for a double-click, a single one does it as well).
    if (event.detail <= 1) void this.openChat();
  }

  #contextMenu(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    void this.openMenu();
  }

  async #loadPhone(): Promise<void> {
    phoneHalf ??= await import('./phone-half.js');
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.user === '' && changed.get('user')) warnOnce(`<${this.localName}> needs user="id".`);
    if (this.#presence.value?.phone !== undefined && phoneHalf === null) this.#loadPhone().catch(() => {});
  }

  #renderMarks(presence: Presence, status: string): TemplateResult {
    const { phone } = presence;
    const mark = html`<span class="mark ${presence.availability}" part="mark"></span>`;
    return html`${phone === undefined || phoneHalf === null ? mark : phoneHalf.render(mark, phone)}${
      this.words ? html`<span class="truncate" part="words"><bdi>${status}</bdi></span>` : nothing
    }`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const info = this.#info.value;
    const told = this.#presence.value;
    const offer = this.#offer;
    if (info === null || told === null || offer === 'none') return nothing;
    const unavailable = offer === 'unavailable';
    const presence: Presence = unavailable ? { ...told, availability: 'unknown' } : told;
    const status = unavailable ? this.text('chatUnavailable') : presenceText(presence, this.localisation);
    const name = this.name || this.#person.value?.name || '';
    const shown = this.#renderMarks(presence, status);
    if (!this.chattable) {
      const label = name === '' ? status : this.text('presenceOf', { name, status });
      return html`<span class="bare badge" role="img" aria-label=${label} title=${status}>${shown}</span
        >${this.#menu?.render() ?? nothing}`;
    }
    const label = this.text('presenceOpensChat', { name: name || this.text('unknownPerson'), status });
    return html`<button
        class="bare badge"
        type="button"
        aria-label=${label}
        title=${status}
        aria-busy=${this.opening ? 'true' : nothing}
        @click=${this.#click}
        @dblclick=${(event: Event) => event.stopPropagation()}
        @contextmenu=${this.#contextMenu}
      >
        ${shown}
      </button>
      ${this.#menu?.render() ?? nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-presence-badge': PresenceBadge;
  }
}
