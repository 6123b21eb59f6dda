import { css, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { type Availability, type Conversation, type Person, type Presence, type SessionInfo } from '#sdk';
import { core, inline } from '../internal/core-styles.js';
import { coreTokens } from '../internal/core-tokens.js';
import { define } from '../internal/define.js';
import { fire } from '../internal/events.js';
import type { Localisation } from '../internal/localisation.js';
import { findPanel } from '../internal/panel-lookup.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { warnOnce } from '../internal/warn.js';
import { marks } from './marks.js';

const WORDS = {
  available: 'available',
  busy: 'busy',
  away: 'away',
  offline: 'presenceOffline',
  unknown: 'presenceUnknown',
} as const satisfies Record<Availability, string>;

/** "Away, back at 15:00" */
export function presenceText(presence: Pick<Presence, 'availability' | 'message'>, localisation: Localisation): string {
  const status = localisation.text(WORDS[presence.availability]);
  return presence.message ? localisation.text('presenceWithMessage', { status, message: presence.message }) : status;
}

/**
 * @summary How a person is: a mark whose shape says it, words on hover and for screen readers, and the way to chat with them (M3).
 *
 * Nobody signed in: empty, in its size (M4). Chat not possible with this person: the mark alone, not a button (M5).
 * Give `name` in tables of many people: it saves the look-up in the directory.
 *
 * @event parley-chat-open - The person wants to chat with this user. Cancel it to do something else. Detail: `{ users }`.
 * @csspart mark - The mark.
 * @csspart words - The words, with `words`.
 * @cssproperty [--parley-presence-size=12px] - Diameter of the mark; 16px with `size="large"`.
 * @cssproperty [--parley-presence-ring=transparent] - Colour of the ring around it, for marks that lie on something.
 * @cssproperty --parley-presence-available - Colour of the mark; also `-busy`, `-away` and `-offline`.
 */
export class PresenceBadge extends ParleyElement {
  static override styles = [
    coreTokens,
    core,
    inline,
    marks,
    css`
      :host {
        --_mark-size: var(--parley-presence-size, 12px);
        --_ring: var(--parley-presence-ring, transparent);
        min-inline-size: var(--_mark-size);
        min-block-size: var(--_mark-size);
      }
      :host([size='large']) {
        --_mark-size: var(--parley-presence-size, 16px);
      }
      .badge {
        gap: 6px;
        min-inline-size: 0;
        padding: 0;
        border-radius: 4px;
        text-align: start;
      }
      /* The target is 24 px although the mark is 12, and takes no room in the table. */
      button.badge::before {
        content: '';
        position: absolute;
        inset: min(0px, (var(--_mark-size) - 24px) / 2);
      }
      button.badge:hover .mark {
        box-shadow: 0 0 0 3px var(--_hover);
      }
    `,
  ];
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
    (client) => (this.user === '' || this.name !== '' ? null : client.select((session) => session.directory.person$(this.user), null)),
    null,
    () => `${this.user} ${this.name}`,
  );
  /** Only for those who may not start a chat: they may go on with one that exists. */
  #chats = new StoreController<readonly Conversation[]>(
    this,
    (client) => (this.#info.value?.policies.initiate === false ? client.select((session) => session.conversations.list$, []) : null),
    [],
    () => this.#info.value?.policies.initiate,
  );

  /** Whether a click can open a chat with this person. */
  get chattable(): boolean {
    const info = this.#info.value;
    if (this.viewOnly || info === null || info.user.id === this.user) return false;
    return info.policies.initiate || this.#chats.value.some((chat) => chat.kind === 'direct' && chat.members.includes(this.user));
  }

  /** Opens the chat with this person, as a click does. */
  async openChat(): Promise<void> {
    const session = this.client?.session;
    if (!session || this.opening || !this.chattable || !fire(this, 'parley-chat-open', { users: [this.user] })) return;
    this.opening = true;
    try {
      const existing = this.#chats.value.find((chat) => chat.kind === 'direct' && chat.members.includes(this.user));
      if (existing) session.open(existing.id);
      else await session.startChat({ to: [this.user] });
      findPanel(this, this.for)?.show();
    } catch (cause) {
      warnOnce(`the chat with a person could not be opened: ${String(cause)}`);
    } finally {
      this.opening = false;
    }
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (this.user === '' && this.hasUpdated && changed.has('user')) warnOnce(`<${this.localName}> needs user="id".`);
    return true;
  }

  #click(event: MouseEvent): void {
    // The second click of a double-click has nothing more to do (M3 asks for a double-click, a single one does it as well).
    if (event.detail <= 1) void this.openChat();
  }

  protected override render(): TemplateResult | typeof nothing {
    const presence = this.#presence.value;
    if (this.#info.value === null || presence === null) return nothing;
    const status = presenceText(presence, this.localisation);
    const name = this.name || this.#person.value?.name || '';
    const mark = html`<span class="mark ${presence.availability}" part="mark"></span>${
        this.words ? html`<span class="truncate" part="words"><bdi>${status}</bdi></span>` : nothing
      }`;
    if (!this.chattable) {
      const label = name === '' ? status : this.text('presenceOf', { name, status });
      return html`<span class="bare badge" role="img" aria-label=${label} title=${status}>${mark}</span>`;
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
    >
      ${mark}
    </button>`;
  }
}

define('parley-presence-badge', PresenceBadge);

declare global {
  interface HTMLElementTagNameMap {
    'parley-presence-badge': PresenceBadge;
  }
}
