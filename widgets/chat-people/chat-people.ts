import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Conversation, LIMITS, type Member, ParleyError, type Person, type Session } from '#sdk';
import { Avatar } from '../avatar/avatar.js';
import { renderPerson } from '../chat-list/found-option.js';
import { html } from '../internal/html.js';
import { icon, type IconName } from '../internal/more-icons.js';
import { nameOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { tagOf } from '../internal/prefix.js';
import { type Answers, questions, renderAnswers, renderQuestion } from '../internal/question.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import { PeoplePicker } from '../new-chat/people-picker.js';
import { chatPeopleStyles } from './chat-people-styles.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import './chat-people-words.js';
import '../new-chat/new-chat-words.js';

type Page = 'people' | 'add' | 'leave' | 'remove' | 'rename' | 'end';

/**
 * @summary The people of a chat with how they are, and what one may do: add or invite people (B12, B13, B15), give it a name and a description
 * (E23), leave (B22), and, for its initiator or an admin, take somebody out and end it for all (E15). What one may not do is not there.
 */
export class ChatPeople extends ParleyElement {
  static readonly tag = 'chat-people';
  static override readonly parts = [Avatar, PeoplePicker, PresenceBadge];
  static override styles = [tokens, base, buttons, fields, menus, questions, chatPeopleStyles];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    done: { attribute: false },
    page: { state: true },
    chosen: { state: true },
    error: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  conversation: Conversation | null = null;
  /** Called when something was done, and the menu around may close. */
  done: (() => void) | null = null;

  protected page: Page = 'people';
  protected chosen: readonly Person[] = [];
  protected error = '';
  /** Whom the question is about that stands on the page `remove`. */
  #removed = { user: '', name: '' };

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #members = new StoreController<readonly Member[]>(
    this,
    (client) => client.select((s) => s.conversations.members$(this.conversation?.id ?? ''), []),
    [],
    () => this.conversation?.id,
  );
  #people = new PeopleController(this);

  override focus(): void {
    const first = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
    (first(`${tagOf('people-picker')}, input`) ?? first('.menu-item, .button') ?? first('[tabindex]'))?.focus();
  }

  get #present(): readonly Pick<Member, 'user' | 'invited' | 'held'>[] {
    const loaded = this.#members.value.filter(({ active, invited }) => active || invited);
    return loaded.length > 0 ? loaded : (this.conversation?.members ?? []).map((user) => ({ user }));
  }

  async #show(page: Page): Promise<void> {
    this.page = page;
    this.error = '';
    this.chosen = [];
    await this.updateComplete;
    this.focus();
  }

  async #act(act: (session: Session, id: string) => Promise<void>): Promise<void> {
    const session = this.#session.value;
    if (session === null || this.conversation === null) return;
    this.error = '';
    try {
      await act(session, this.conversation.id);
      this.done?.();
    } catch (cause) {
      this.error = refusalText(cause instanceof ParleyError ? cause.code : undefined, this.localisation);
    }
  }

  readonly #add = (): void => {
    const users = this.chosen.map((person) => person.id);
    if (users.length > 0) void this.#act((session, id) => session.invite(id, users));
  };

  readonly #leave = (): void => void this.#act((session, id) => session.leave(id));
  readonly #remove = (): void => void this.#act((session, id) => session.remove(id, this.#removed.user));
  readonly #end = (): void => void this.#act((session, id) => session.end(id));

  #rename(event: Event): void {
    event.preventDefault();
    const value = (selector: string) => this.renderRoot.querySelector<HTMLInputElement>(selector)?.value.trim() ?? '';
    const change = { title: value('#title'), description: value('#description') };
    void this.#act((session, id) => session.rename(id, change));
  }

  #renderAct(page: Page, name: IconName, text: string): TemplateResult {
    return html`<button class="menu-item ${page}" type="button" @click=${() => this.#show(page)}>${icon(name, 16)}${text}</button>`;
  }

  /** Not of a chat of two: there is nobody left to talk to, and to end it is another thing. */
  #renderRemove(user: string, name: string, conversation: Conversation, session: Session): TemplateResult | typeof nothing {
    if (conversation.kind !== 'group' || user === session.info.user.id || !isInCharge(conversation, session)) return nothing;
    const label = this.text('removeName', { name });
    const ask = (): void => {
      this.#removed = { user, name };
      void this.#show('remove');
    };
    return html`<button class="icon-button remove" type="button" title=${label} aria-label=${label} @click=${ask}>
      ${icon('close', 16)}
    </button>`;
  }

  #renderActs(conversation: Conversation, session: Session): TemplateResult | typeof nothing {
    if (!conversation.active || conversation.ended) return nothing;
    const group = conversation.kind === 'group';
    const ends = isInCharge(conversation, session);
    if (!group && !ends) return nothing;
    return html`<div class="acts">
      ${
        group
          ? html`${this.#renderAct('add', 'plus', this.text('addPerson'))} ${this.#renderAct('rename', 'edit', this.text('renameChat'))}
            ${this.#renderAct('leave', 'leave', this.text('leaveChat'))}`
          : nothing
      }
      ${ends ? this.#renderAct('end', 'close', this.text('endChat')) : nothing}
    </div>`;
  }

  #renderPeople(conversation: Conversation, session: Session): TemplateResult {
    const { description } = conversation;
    return html`${description ? html`<p class="description" dir="auto">${description}</p>` : nothing}
      <ul class="people" tabindex="0" aria-label=${this.text('participants')}>
        ${this.#present.map(({ user, invited, held }) => {
          const person = this.#people.get(user);
          // Oneself by name, too: this is a list of who is in.
          const name = nameOf(user, '', (id) => this.#people.get(id), this.localisation);
          const mark = invited ? this.text('personInvited') : held ? this.text('dnd') : '';
          return html`<li>
            ${renderPerson({ ...person, id: user, name }, this.localisation)}
            ${mark === '' ? nothing : html`<span class="mark-words">${mark}</span>`}
            ${this.#renderRemove(user, name, conversation, session)}
          </li>`;
        })}
      </ul>
      ${this.#renderActs(conversation, session)}`;
  }

  #renderForm(conversation: Conversation): TemplateResult {
    return html`<form class="question" id="rename" @submit=${this.#rename}>
      <label
        >${this.text('chatName')}
        <input id="title" class="field" dir="auto" autocomplete="off" maxlength=${LIMITS.titleLength} .value=${conversation.title ?? ''} />
      </label>
      <label
        >${this.text('chatDescription')}
        <textarea
          id="description"
          class="field"
          dir="auto"
          rows="3"
          maxlength=${LIMITS.descriptionLength}
          .value=${conversation.description ?? ''}
        ></textarea>
      </label>
      ${renderAnswers(this.#answers(html`<button class="button primary" type="submit">${this.text('save')}</button>`), this.localisation)}
    </form>`;
  }

  #renderAdd(session: Session): TemplateResult {
    const asks = session.info.policies.join === 'invite';
    return html`<div class="question">
      <parley-people-picker
        .chosen=${this.chosen}
        .exclude=${this.#present.map(({ user }) => user)}
        .changed=${(chosen: readonly Person[]) => (this.chosen = chosen)}
        .confirmed=${this.#add}
      ></parley-people-picker>
      <p class="hint">${this.text(asks ? 'inviteHint' : 'addHint')}</p>
      ${renderAnswers(
        this.#answers(
          html`<button class="button primary" type="button" ?disabled=${this.chosen.length === 0} @click=${this.#add}>
            ${this.text(asks ? 'invite' : 'add')}
          </button>`,
        ),
        this.localisation,
      )}
    </div>`;
  }

  #answers(act: TemplateResult): Answers {
    return { error: this.error, cancel: () => void this.#show('people'), act };
  }

  #renderQuestion(question: string, act: TemplateResult): TemplateResult {
    return renderQuestion(question, this.#answers(act), this.localisation);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { conversation } = this;
    const session = this.#session.value;
    if (conversation === null || session === null) return nothing;
    switch (this.page) {
      case 'people':
        return this.#renderPeople(conversation, session);
      case 'add':
        return this.#renderAdd(session);
      case 'rename':
        return this.#renderForm(conversation);
      case 'leave':
        return this.#renderQuestion(
          this.text('leaveQuestion'),
          html`<button class="button" type="button" @click=${this.#leave}>${this.text('leave')}</button>`,
        );
      case 'remove':
        return this.#renderQuestion(
          this.text('removeQuestion', { name: this.#removed.name }),
          html`<button class="button danger" type="button" @click=${this.#remove}>${this.text('remove')}</button>`,
        );
      case 'end':
        return this.#renderQuestion(
          this.text('endQuestion'),
          html`<button class="button danger" type="button" @click=${this.#end}>${this.text('endChat')}</button>`,
        );
    }
  }
}

/** May end it and take people out: who started it, and an admin. */
function isInCharge({ active, ended, initiator }: Conversation, { info }: Session): boolean {
  return active && !ended && (initiator === info.user.id || info.policies.admin);
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-chat-people': ChatPeople;
  }
}
