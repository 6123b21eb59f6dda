import { nothing, type TemplateResult } from 'lit';
import type { Conversation, OutboxItem, Session } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { KeyedValues } from '../internal/keyed-values.js';
import { learn } from '../internal/localisation.js';
import { unsentMessages } from '../internal/messages/en-unsent.js';
import { titleOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { repeat } from '../internal/repeat.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalOf } from '../message/delivery.js';
import { harmless } from '../message/plain-text.js';
import { unsentStyles } from './unsent-styles.js';

learn({ messages: unsentMessages });

/**
 * @summary Messages that were not sent, wherever in the panel one is: how many, and each with what the person can decide (reliability G11). Says,
 * too, that a browser cannot keep what waits. Empty while there is neither.
 * @csspart unsent - The line, and what it opens.
 */
export class UnsentNotice extends ParleyElement {
  static readonly tag = 'unsent-notice';
  static override styles = [tokens, base, buttons, unsentStyles];

  /** The messages are looked at. */
  #shown = false;
  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #items = new StoreController<readonly OutboxItem[]>(this, (client) => client.select((session) => session.outbox.items$, []), []);
  #chats = new KeyedValues<Conversation>(this, (session, id) => session.conversations.one$(id));
  #people = new PeopleController(this);

  #toggle(): void {
    this.#shown = !this.#shown;
    this.requestUpdate();
  }

  #decide(item: OutboxItem, act: 'retry' | 'discard'): void {
    this.client?.session?.outbox[act](item.cid);
    // The button goes away with the focus on it.
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.acts button, .toggle')?.focus());
  }

  #titleOf(id: string): string {
    const chat = this.#chats.get(id);
    const me = this.#session.value?.info.user.id ?? '';
    return chat === null ? this.text('chat') : titleOf(chat, me, (user) => this.#people.get(user), this.localisation);
  }

  #renderItem(item: OutboxItem): TemplateResult {
    const name = this.#titleOf(item.conversation);
    const where = this.text('unsentIn', { name, time: this.localisation.times.short(item.at) });
    return html`<li>
      <button class="text-button where" type="button" dir="auto" @click=${() => this.client?.session?.open(item.conversation)}>
        ${where}
      </button>
      <p class="text" dir="auto">${harmless(item.text) || this.text('linkedItem')}</p>
      <p class="reason">${refusalOf(item, this.localisation)}</p>
      <div class="acts">
        <button class="button" type="button" @click=${() => this.#decide(item, 'retry')}>${this.text('send')}</button>
        <button class="button quiet" type="button" @click=${() => this.#decide(item, 'discard')}>${this.text('discard')}</button>
      </div>
    </li>`;
  }

  #renderUnsent(items: readonly OutboxItem[]): TemplateResult {
    return html`<ul>
      ${repeat(
        items,
        ({ cid }) => cid,
        (item) => this.#renderItem(item),
      )}
    </ul>`;
  }

  protected override render(): TemplateResult {
    const unsent = this.#items.value.filter(({ state }) => state === 'not-sent');
    const unkept = this.#items.value.some(({ kept, state }) => !kept && state === 'waiting');
    // Who comes next does not find it opened.
    if (unsent.length === 0) this.#shown = false;
    const said = unsent.length > 0 ? this.text('unsentCount', { count: unsent.length }) : unkept ? this.text('keptInPage') : '';
    const shown = this.#shown;
    // One template for all: the live region stays in the document, so that its first words are a change and are read.
    return html`<div class=${said === '' ? 'none' : 'notice'} part="unsent">
      <div class="line ${unsent.length > 0 ? 'bad' : ''}">
        ${said === '' ? nothing : icon(unsent.length > 0 ? 'warning' : 'offline', 16)}<span role="status">${said}</span>
        ${
          unsent.length === 0
            ? nothing
            : html`<button class="text-button toggle" type="button" aria-expanded=${shown ? 'true' : 'false'} @click=${this.#toggle}>
                ${this.text(shown ? 'hideUnsent' : 'reviewUnsent')}
              </button>`
        }
      </div>
      ${shown ? this.#renderUnsent(unsent) : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-unsent-notice': UnsentNotice;
  }
}
