import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type ContactsState, ParleyError, type SessionInfo } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { MenuController } from '../internal/menu.js';
import { oneLine } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { questions, renderQuestion } from '../internal/question.js';
import { PeopleController } from '../internal/people.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, menus } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { asksFirst, contactRefusal, type Favourite, favouriteOf, removalQuestion, star, starLabel } from './favourites.js';

/**
 * @summary The star beside a name: makes somebody a favourite, and shows whether they are one (B31, B32, B34). Nothing for oneself.
 * @csspart button - The star.
 */
export class FavouriteStar extends ParleyElement {
  static readonly tag = 'favourite-star';
  static override styles = [
    tokens,
    base,
    buttons,
    menus,
    questions,
    css`
      :host {
        display: inline-flex;
        flex: none;
      }
      .on {
        color: var(--_accent);
      }
      p.question {
        display: flex;
        gap: 6px;
        margin: 0;
        text-wrap: pretty;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    user: {},
    name: {},
    busy: { state: true },
    error: { state: true },
  };

  /** The id of the person. */
  user = '';
  /** The person's name, where it is known. */
  name = '';

  protected busy = false;
  protected error = '';

  #menu = new MenuController(this, { invoker: '.star', menu: '.menu', items: '.row button' });
  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((s) => s.info$, null), null);
  #contacts = new StoreController<ContactsState | null>(this, (client) => client.select((s) => s.contacts.state$, null), null);
  #people = new PeopleController(this);

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.star')?.focus();
  }

  async #act(add: boolean): Promise<void> {
    const contacts = this.client?.session?.contacts;
    if (!contacts || this.busy) return;
    this.busy = true;
    this.error = '';
    try {
      await (add ? contacts.add(this.user) : contacts.remove(this.user));
      this.#menu.close();
    } catch (cause) {
      this.error = contactRefusal(cause instanceof ParleyError ? cause.code : undefined, this.localisation);
      this.#menu.show();
    } finally {
      this.busy = false;
    }
  }

  #press(state: ContactsState, info: SessionInfo): void {
    const favourite = favouriteOf(state, this.user);
    this.error = '';
    if (this.#menu.open || asksFirst(favourite, info.policies.presence)) this.#menu.toggle();
    else void this.#act(favourite === 'none');
  }

  protected override render(): TemplateResult | typeof nothing {
    const [info, state] = [this.#info.value, this.#contacts.value];
    if (info === null || state === null || this.user === '' || this.user === info.user.id) return nothing;
    const favourite = favouriteOf(state, this.user);
    const name = oneLine(this.name || (this.#people.get(this.user)?.name ?? '')) || this.text('unknownPerson');
    const label = starLabel(favourite, name, info.policies.presence, this.localisation);
    return html`<button
        class="icon-button star ${favourite === 'none' ? '' : 'on'}"
        part="button"
        type="button"
        aria-label=${label}
        title=${label}
        aria-busy=${this.busy ? 'true' : nothing}
        aria-expanded=${this.#menu.open ? 'true' : nothing}
        @click=${() => this.#press(state, info)}
        @keydown=${this.#menu.keydown}
      >
        ${star(favourite)}
      </button>
      <div class="menu" popover role="dialog" aria-label=${label} @keydown=${this.#menu.keydown} @toggle=${this.#menu.toggled}>
        ${this.#menu.open ? this.#renderQuestion(favourite, name) : nothing}
      </div>`;
  }

  #renderQuestion(favourite: Favourite, name: string): TemplateResult {
    if (this.error !== '') return html`<p class="question bad" role="alert">${icon('warning', 16)}${this.error}</p>`;
    const yes = this.text(favourite === 'requested' ? 'takeBack' : 'removeContact');
    const act = html`<button class="button" type="button" @click=${() => this.#act(false)}>${yes}</button>`;
    return renderQuestion(
      removalQuestion(favourite, name, this.localisation),
      { error: '', cancel: () => this.#menu.close(), act },
      this.localisation,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-favourite-star': FavouriteStar;
  }
}
