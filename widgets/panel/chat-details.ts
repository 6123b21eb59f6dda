import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ContextLink, Conversation, Member, TimelineItem } from '#sdk';
import { Avatar } from '../avatar/avatar.js';
import { renderPerson } from '../chat-list/found-option.js';
import { html } from '../internal/html.js';
import { nameOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { repeat } from '../internal/repeat.js';
import { StoreController } from '../internal/store-controller.js';
import { base } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { LinkCard } from '../link-card/link-card.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import './wide-words.js';

/** As many as one looks through; older ones stand with their messages. */
const LINKS = 20;

/**
 * @summary The third pane, where there is room for one: who is in the open chat (S13) and which items were linked in what is shown of it.
 * Loaded when it is first shown.
 */
export class ChatDetails extends ParleyElement {
  static readonly tag = 'chat-details';
  static override readonly parts = [Avatar, LinkCard, PresenceBadge];
  static override styles = [
    tokens,
    base,
    css`
      :host {
        display: block;
        min-block-size: 0;
        padding: 4px 12px 16px;
        overflow-y: auto;
        overscroll-behavior: contain;
        scrollbar-width: thin;
        border-inline-start: 1px solid var(--_line);
        background: var(--_raised);
      }
      h3 {
        margin: 14px 0 6px;
        color: var(--_ink-2);
        font-size: 0.857em;
        font-weight: 600;
      }
      p {
        margin: 0;
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }
      .none {
        color: var(--_ink-2);
      }
      ul {
        display: grid;
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .people li {
        display: grid;
        grid-template: 'avatar title' auto 'avatar words' auto / auto minmax(0, 1fr);
        align-items: center;
        gap: 0 10px;
      }
      .people .avatar {
        grid-area: avatar;
        --parley-avatar-size: 28px;
      }
      .people [slot='presence'] {
        --parley-presence-ring: var(--_raised);
      }
      .title,
      .words {
        line-height: 1.3;
        unicode-bidi: isolate;
      }
      .words {
        grid-area: words;
        color: var(--_ink-2);
        font-size: 0.9em;
      }
    `,
  ];
  static override properties: PropertyDeclarations = { conversation: {} };

  conversation = '';

  #key = (): string => this.conversation;
  #one = new StoreController<Conversation | null>(
    this,
    (client) => client.select((session) => session.conversations.one$(this.conversation), null),
    null,
    this.#key,
  );
  #members = new StoreController<readonly Member[]>(
    this,
    (client) => client.select((session) => session.conversations.members$(this.conversation), []),
    [],
    this.#key,
  );
  #items = new StoreController<readonly TimelineItem[]>(
    this,
    (client) => client.select((session) => session.timeline(this.conversation).items$, []),
    [],
    this.#key,
  );
  #people = new PeopleController(this);

  #renderPeople(one: Conversation): TemplateResult {
    const loaded = this.#members.value.filter(({ active }) => active).map(({ user }) => user);
    const ids = loaded.length > 0 ? loaded : one.members;
    return html`<ul class="people">
      ${repeat(
        ids,
        (id) => id,
        (id) => {
          // Oneself by name, too: this is a list of who is in.
          const name = nameOf(id, '', (user) => this.#people.get(user), this.localisation);
          return html`<li>${renderPerson({ ...this.#people.get(id), id, name }, this.localisation)}</li>`;
        },
      )}
    </ul>`;
  }

  #renderLinks(): TemplateResult {
    const links = linked(this.#items.value);
    if (links.length === 0) return html`<p class="none">${this.text('noLinkedItems')}</p>`;
    return html`<ul>
      ${repeat(links, keyOf, (link) => html`<li><parley-link-card .link=${link} .conversation=${this.conversation}></parley-link-card></li>`)}
    </ul>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const one = this.#one.value;
    if (one === null) return nothing;
    return html`${
        one.description
          ? html`<h3>${this.text('aboutChat')}</h3>
              <p dir="auto">${one.description}</p>`
          : nothing
      }
      <h3>${this.text('participants')}</h3>
      ${this.#renderPeople(one)}
      <h3>${this.text('linkedItems')}</h3>
      ${this.#renderLinks()}`;
  }
}

const keyOf = ({ kind, id }: ContextLink): string => `${kind} ${id}`;

/** Each item once, where it was linked last, the newest first. */
function linked(items: readonly TimelineItem[]): readonly ContextLink[] {
  const found = new Map<string, ContextLink>();
  for (const item of items.toReversed()) {
    const links = item.type === 'entry' && item.entry.body.kind === 'message' ? item.entry.body.links : [];
    for (const link of links) if (!found.has(keyOf(link))) found.set(keyOf(link), link);
    if (found.size >= LINKS) break;
  }
  return [...found.values()];
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-chat-details': ChatDetails;
  }
}
