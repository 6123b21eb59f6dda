import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LIMITS, type Person } from '#sdk';
import { renderPerson } from '../chat-list/chat-option.js';
import { Announcer } from '../internal/announcer.js';
import { define } from '../internal/define.js';
import { DirectorySearch } from '../internal/directory-search.js';
import { icon } from '../internal/icons.js';
import { oneLine } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { peoplePickerStyles } from './people-picker-styles.js';
import './new-chat-words.js';

/**
 * @summary Finds people of the directory while one types, and holds those chosen as chips (B4, B5, B10).
 *
 * A combobox: the focus stays in the field, arrows move through the hits, Enter or a click adds, Backspace in the empty field takes the last away.
 */
export class PeoplePicker extends ParleyElement {
  static override styles = [tokens, base, buttons, fields, peoplePickerStyles];
  static override properties: PropertyDeclarations = {
    chosen: { attribute: false },
    exclude: { attribute: false },
    changed: { attribute: false },
    confirmed: { attribute: false },
    sought: { state: true },
    active: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  chosen: readonly Person[] = [];
  /** People who cannot be chosen: oneself, and who is in already. */
  exclude: readonly string[] = [];
  changed: ((chosen: readonly Person[]) => void) | null = null;
  /** Called by Enter in the empty field, when somebody was chosen. */
  confirmed: (() => void) | null = null;

  protected sought = '';
  protected active = 0;
  protected get field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  #search = new DirectorySearch(this);
  #announcer = new Announcer(this);
  #announced: readonly Person[] = [];

  override focus(): void {
    this.field?.focus();
  }

  get #hits(): readonly Person[] {
    return this.#search.people.filter((person) => !this.exclude.includes(person.id) && !this.chosen.some((one) => one.id === person.id));
  }

  #seek(): void {
    this.sought = this.field?.value ?? '';
    this.active = 0;
    this.#search.ask(this.sought);
  }

  #add(person: Person | undefined): void {
    if (person === undefined || this.chosen.length >= LIMITS.membersPerCommand) return;
    this.chosen = [...this.chosen, person];
    this.#announcer.say(this.text('personAdded', { name: oneLine(person.name) }));
    this.sought = '';
    if (this.field !== null) this.field.value = '';
    this.#search.ask('');
    this.changed?.(this.chosen);
    this.field?.focus();
  }

  #remove(person: Person): void {
    this.chosen = this.chosen.filter((one) => one !== person);
    this.#announcer.say(this.text('personRemoved', { name: oneLine(person.name) }));
    this.changed?.(this.chosen);
    this.field?.focus();
  }

  #click(event: MouseEvent): void {
    const option = event.composedPath().find((node) => node instanceof HTMLElement && node.role === 'option');
    if (option instanceof HTMLElement) this.#add(this.#hits[Number(option.dataset['index'])]);
  }

  #keydown(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const hits = this.#hits;
    const last = this.chosen.at(-1);
    if (event.key === 'Enter') {
      event.preventDefault();
      if (this.sought.trim() !== '') this.#add(hits[this.active]);
      else if (last !== undefined) this.confirmed?.();
    } else if (event.key === 'Escape' && this.sought !== '') {
      event.preventDefault();
      if (this.field !== null) this.field.value = '';
      this.#seek();
    } else if (event.key === 'Backspace' && this.sought === '' && last !== undefined) {
      this.#remove(last);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && hits.length > 0) {
      event.preventDefault();
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % hits.length;
    }
  }

  protected override updated(): void {
    this.renderRoot.querySelector('.option.active')?.scrollIntoView({ block: 'nearest' });
    if (this.#search.state === 'done' && this.#search.people !== this.#announced) {
      this.#announced = this.#search.people;
      const count = this.#hits.length;
      this.#announcer.say(count === 0 ? this.text('noHits', { text: oneLine(this.sought) }) : this.text('hits', { count }));
    }
  }

  #renderChip(person: Person): TemplateResult {
    const name = oneLine(person.name);
    const label = this.text('removePerson', { name });
    return html`<li class="chip">
      <span class="truncate" dir="auto">${name}</span>
      <button class="remove" type="button" aria-label=${label} title=${label} @click=${() => this.#remove(person)}>
        ${icon('close', 16)}
      </button>
    </li>`;
  }

  #renderHits(hits: readonly Person[]): TemplateResult | typeof nothing {
    if (hits.length > 0) {
      return html`<div
        class="hits"
        id="hits"
        role="listbox"
        aria-label=${this.text('people')}
        @click=${this.#click}
        @keydown=${this.#keydown}
      >
        ${hits.map(
          (person, index) =>
            html`<div
              class="option ${index === this.active ? 'active' : ''}"
              id="hit-${index}"
              role="option"
              aria-selected=${index === this.active ? 'true' : 'false'}
              @pointerdown=${(event: Event) => event.preventDefault()}
              data-index=${index}
            >
              ${renderPerson(person, this.localisation)}
            </div>`,
        )}
      </div>`;
    }
    if (this.sought.trim() === '' || this.#search.state === 'searching' || this.#search.state === 'idle') return nothing;
    const said = this.#search.state === 'failed' ? this.text('searchFailed') : this.text('noHits', { text: oneLine(this.sought.trim()) });
    return html`<p class="none">${said}</p>`;
  }

  protected override render(): TemplateResult {
    const hits = this.#hits;
    if (this.active >= hits.length) this.active = 0;
    return html`${
        this.chosen.length === 0
          ? nothing
          : html`<ul class="chips">
              ${this.chosen.map((person) => this.#renderChip(person))}
            </ul>`
      }
      <input
        class="field"
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded=${hits.length > 0}
        aria-controls=${hits.length > 0 ? 'hits' : nothing}
        aria-activedescendant=${hits.length > 0 ? `hit-${this.active}` : nothing}
        aria-label=${this.text('addPerson')}
        autocomplete="off"
        spellcheck="false"
        maxlength=${LIMITS.searchLength}
        placeholder=${this.text('personHint')}
        @input=${this.#seek}
        @keydown=${this.#keydown}
      />
      ${this.#renderHits(hits)} ${this.#announcer.region()}`;
  }
}

define('parley-people-picker', PeoplePicker);

declare global {
  interface HTMLElementTagNameMap {
    'parley-people-picker': PeoplePicker;
  }
}
