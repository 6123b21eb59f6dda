import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ContactRequest } from '#sdk';
import { Avatar } from '../avatar/avatar.js';
import { aboutPerson } from '../chat-list/found-option.js';
import { deepActiveElement } from '../internal/focus.js';
import { html } from '../internal/html.js';
import { nameOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';

/** @summary People who would like to see one's status, each with Accept and Decline (B32). */
export class ContactRequests extends ParleyElement {
  static readonly tag = 'contact-requests';
  static override readonly parts = [Avatar];
  static override styles = [
    tokens,
    base,
    buttons,
    css`
      :host {
        display: block;
        padding: 0 6px 4px;
      }
      section {
        padding: 6px 8px 8px;
        border-radius: var(--_radius-large);
        background: var(--_own);
      }
      h3 {
        margin: 0 0 4px;
        font-size: 0.857em;
        font-weight: 600;
      }
      ul {
        display: grid;
        gap: 10px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template: 'avatar name' auto 'avatar words' auto '. acts' auto / auto minmax(0, 1fr);
        gap: 1px 10px;
        align-items: center;
      }
      .avatar {
        grid-area: avatar;
      }
      .name {
        grid-area: name;
        font-weight: 600;
      }
      .words {
        grid-area: words;
        min-inline-size: 0;
        font-size: 0.93em;
      }
      .about {
        display: block;
        color: var(--_ink-2);
      }
      .acts {
        grid-area: acts;
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-block-start: 6px;
      }
      @media (forced-colors: active) {
        section {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    requests: { attribute: false },
    answer: { attribute: false },
  };

  requests: readonly ContactRequest[] = [];
  /** Called with what was answered. */
  answer: ((user: string, accepted: boolean) => void) | null = null;

  #people = new PeopleController(this);
  #answering: { index: number; user: string } | null = null;

  #answered(index: number, user: string, accepted: boolean): void {
    this.#answering = { index, user };
    this.answer?.(user, accepted);
  }

  /** Whoever answers by keyboard goes on with the next one, once the one that was answered is gone and nothing else has the focus. */
  protected override updated(): void {
    const answered = this.#answering;
    if (answered === null || this.requests.some(({ user }) => user === answered.user)) return;
    this.#answering = null;
    if (deepActiveElement(this.ownerDocument) !== null) return;
    const rows = this.renderRoot.querySelectorAll<HTMLElement>('.primary');
    rows[Math.min(answered.index, rows.length - 1)]?.focus();
  }

  #renderRequest({ user }: ContactRequest, index: number): TemplateResult {
    const person = this.#people.get(user);
    const name = nameOf(user, '', (id) => this.#people.get(id), this.localisation);
    const about = person === null ? '' : aboutPerson(person);
    return html`<li>
      <parley-avatar class="avatar" name=${name} seed=${user}></parley-avatar>
      <span class="name truncate" dir="auto">${name}</span>
      <span class="words">
        ${about === '' ? nothing : html`<span class="about truncate" dir="auto" title=${about}>${about}</span>`}${this.text('wantsStatus')}
      </span>
      <span class="acts">
        <button
          class="button primary"
          type="button"
          aria-label=${this.text('acceptFrom', { name })}
          @click=${() => this.#answered(index, user, true)}
        >
          ${this.text('accept')}
        </button>
        <button
          class="button"
          type="button"
          aria-label=${this.text('declineFrom', { name })}
          @click=${() => this.#answered(index, user, false)}
        >
          ${this.text('decline')}
        </button>
      </span>
    </li>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.requests.length === 0) return nothing;
    return html`<section aria-labelledby="title">
      <h3 id="title">${this.text('requests')}</h3>
      <ul>
        ${this.requests.map((request, index) => this.#renderRequest(request, index))}
      </ul>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-contact-requests': ContactRequests;
  }
}
