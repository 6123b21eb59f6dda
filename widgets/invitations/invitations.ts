import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Invitation, ParleyError } from '#sdk';
import '../chat-people/chat-people-words.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { oneLine } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { repeat } from '../internal/repeat.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';

/**
 * @summary Chats that one was invited to (B15): who asks, the title, how many are in, and no more before one has joined. Loaded with the first.
 * @csspart invitation - One card.
 */
export class Invitations extends ParleyElement {
  static readonly tag = 'invitations';
  static override styles = [
    tokens,
    base,
    buttons,
    css`
      :host {
        display: block;
      }
      ul {
        display: grid;
        gap: 8px;
        margin: 0;
        padding: 8px 12px;
        list-style: none;
      }
      li {
        display: grid;
        gap: 2px;
        padding: 10px 12px;
        border: 1px solid var(--_line);
        border-inline-start: 3px solid var(--_accent);
        border-radius: var(--_radius);
        background: var(--_surface);
      }
      strong {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .about {
        color: var(--_ink-2);
      }
      .acts {
        display: flex;
        gap: 8px;
        margin-block-start: 6px;
      }
      .bad {
        display: flex;
        gap: 6px;
        margin: 4px 0 0;
        color: var(--_bad);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    joined: { attribute: false },
    busy: { state: true },
    failed: { state: true },
  };

  /** Called when the person has joined one; the chat is open then. */
  joined: (() => void) | null = null;

  protected busy = '';
  protected failed: { conversation: string; text: string } | null = null;

  #list = new StoreController<readonly Invitation[]>(this, (client) => client.select((session) => session.invitations.list$, []), []);
  #people = new PeopleController(this);

  async #answer({ conversation }: Invitation, join: boolean): Promise<void> {
    const session = this.client?.session;
    if (!session || this.busy !== '') return;
    this.busy = conversation;
    this.failed = null;
    try {
      if (join) {
        await session.invitations.join(conversation);
        session.open(conversation);
        this.joined?.();
      } else await session.invitations.decline(conversation);
    } catch (cause) {
      const text = refusalText(cause instanceof ParleyError ? cause.code : undefined, this.localisation);
      this.failed = { conversation, text };
    } finally {
      this.busy = '';
    }
  }

  #renderInvitation(invitation: Invitation): TemplateResult {
    const { conversation, inviter, title, memberCount, at } = invitation;
    const name = oneLine(this.#people.get(inviter)?.name ?? '') || this.text('unknownPerson');
    const named = oneLine(title ?? '');
    const what = named === '' ? this.text('invitedYou', { name }) : this.text('invitedYouTo', { name, title: named });
    const busy = this.busy === conversation;
    return html`<li part="invitation">
      <strong dir="auto">${what}</strong>
      <span class="about">${this.text('invitationMembers', { count: memberCount })} · ${this.localisation.times.short(at)}</span>
      ${this.failed?.conversation === conversation ? html`<p class="bad" role="alert">${icon('warning', 16)} ${this.failed.text}</p>` : nothing}
      <div class="acts">
        <button class="button primary" type="button" ?disabled=${busy} @click=${() => this.#answer(invitation, true)}>
          ${this.text('join')}
        </button>
        <button class="button" type="button" ?disabled=${busy} @click=${() => this.#answer(invitation, false)}>
          ${this.text('decline')}
        </button>
      </div>
    </li>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const list = this.#list.value;
    if (list.length === 0) return nothing;
    return html`<ul aria-label=${this.text('invitations')}>
      ${repeat(
        list,
        ({ conversation }) => conversation,
        (invitation) => this.#renderInvitation(invitation),
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-invitations': Invitations;
  }
}
