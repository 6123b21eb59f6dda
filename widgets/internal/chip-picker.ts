import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LIMITS } from '#sdk';
import { Announcer } from './announcer.js';
import { html } from './html.js';
import { icon } from './icons.js';
import { oneLine } from './names.js';
import { ParleyElement } from './parley-element.js';
import type { Search } from './search.js';

/** What a picker says: of its field, of the hits and of those chosen, and of what was found. */
export interface PickerWords {
  label: string;
  hint: string;
  list: string;
  found(count: number): string;
  noneFound(text: string): string;
  /** When no more can be chosen. */
  full?: string;
}

/**
 * Finds while one types and holds those chosen as chips. A combobox: the focus stays in the field, arrows move through the hits, Enter or a
 * click adds, Backspace in the empty field takes the last away, Escape empties the field.
 */
export abstract class ChipPicker<T extends { name: string }> extends ParleyElement {
  static override properties: PropertyDeclarations = {
    chosen: { attribute: false },
    changed: { attribute: false },
    sought: { state: true },
    active: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  chosen: readonly T[] = [];
  changed: ((chosen: readonly T[]) => void) | null = null;

  protected sought = '';
  protected active = 0;

  #announcer = new Announcer(this);
  #announced: readonly T[] = [];

  /** So many may be chosen. */
  protected abstract readonly most: number;
  protected abstract readonly search: Search<T>;
  /** What was found and is not chosen yet. */
  protected abstract get hits(): readonly T[];
  protected abstract get words(): PickerWords;
  protected abstract renderHit(hit: T): TemplateResult;

  /** What an on-screen keyboard offers. */
  protected get keyboard(): string {
    return 'text';
  }

  override focus(): void {
    this.#field?.focus();
  }

  /** It is found and cannot be chosen. */
  protected isBarred(_one: T): boolean {
    return false;
  }

  /** Enter in the empty field. */
  protected confirm(): void {}

  protected add(one: T | undefined): void {
    if (one === undefined || this.isBarred(one) || this.#full) return;
    this.chosen = [...this.chosen, one];
    this.#announcer.say(this.text('personAdded', { name: oneLine(one.name) }));
    this.#empty();
    this.#tell();
  }

  get #full(): boolean {
    return this.chosen.length >= this.most;
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  #remove(one: T): void {
    this.chosen = this.chosen.filter((other) => other !== one);
    this.#announcer.say(this.text('personRemoved', { name: oneLine(one.name) }));
    this.#tell();
  }

  #tell(): void {
    this.changed?.(this.chosen);
    this.#field?.focus();
  }

  #seek(): void {
    this.sought = this.#field?.value ?? '';
    this.active = 0;
    this.search.ask(this.sought);
  }

  #empty(): void {
    if (this.#field !== null) this.#field.value = '';
    this.#seek();
  }

  #click(event: Event): void {
    const option = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (option !== null) this.add(this.hits[Number(option.dataset['index'])]);
  }

  #keydown(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const hits = this.hits;
    const last = this.chosen.at(-1);
    if (event.key === 'Enter') {
      event.preventDefault();
      if (this.sought.trim() !== '') this.add(hits[this.active]);
      else if (last !== undefined) this.confirm();
    } else if (event.key === 'Escape' && this.sought !== '') {
      // Empties the field; the next one closes what the field is in.
      event.preventDefault();
      event.stopPropagation();
      this.#empty();
    } else if (event.key === 'Backspace' && this.sought === '' && last !== undefined) {
      this.#remove(last);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && hits.length > 0) {
      event.preventDefault();
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % hits.length;
    }
  }

  protected override updated(): void {
    this.renderRoot.querySelector('.option.active')?.scrollIntoView({ block: 'nearest' });
    if (this.search.state !== 'done' || this.search.hits === this.#announced) return;
    this.#announced = this.search.hits;
    const count = this.hits.length;
    this.#announcer.say(count === 0 ? this.words.noneFound(oneLine(this.sought.trim())) : this.words.found(count));
  }

  #renderChip(one: T): TemplateResult {
    const name = oneLine(one.name);
    const label = this.text('removePerson', { name });
    return html`<li class="chip">
      <span class="truncate" dir="auto">${name}</span>
      <button class="remove" type="button" aria-label=${label} title=${label} @click=${() => this.#remove(one)}>
        ${icon('close', 16)}
      </button>
    </li>`;
  }

  #renderOption(hit: T, index: number): TemplateResult {
    const active = index === this.active;
    return html`<div
      class="option ${active ? 'active' : ''}"
      id="hit-${index}"
      role="option"
      aria-selected=${active}
      aria-disabled=${this.isBarred(hit) ? 'true' : nothing}
      @pointerdown=${(event: Event) => event.preventDefault()}
      data-index=${index}
    >
      ${this.renderHit(hit)}
    </div>`;
  }

  #renderHits(hits: readonly T[]): TemplateResult | typeof nothing {
    const { words, search } = this;
    if (hits.length > 0 && !this.#full)
      return html`<div class="hits" id="hits" role="listbox" aria-label=${words.list} @click=${this.#click} @keydown=${this.#keydown}>
        ${hits.map((hit, index) => this.#renderOption(hit, index))}
      </div>`;
    const said = this.#full
      ? words.full
      : search.state === 'failed'
        ? this.text('searchFailed')
        : search.state === 'done'
          ? words.noneFound(oneLine(this.sought.trim()))
          : undefined;
    return said === undefined ? nothing : html`<p class="none">${said}</p>`;
  }

  protected override render(): TemplateResult {
    const { hits, words } = this;
    if (this.active >= hits.length) this.active = 0;
    const found = hits.length > 0 && !this.#full;
    return html`${
        this.chosen.length === 0
          ? nothing
          : html`<ul class="chips" aria-label=${words.list}>
              ${this.chosen.map((one) => this.#renderChip(one))}
            </ul>`
      }
      <input
        class="field"
        type="text"
        role="combobox"
        inputmode=${this.keyboard}
        aria-autocomplete="list"
        aria-expanded=${found}
        aria-controls=${found ? 'hits' : nothing}
        aria-activedescendant=${found ? `hit-${this.active}` : nothing}
        aria-label=${words.label}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength=${LIMITS.searchLength}
        placeholder=${words.hint}
        ?disabled=${this.#full}
        @input=${this.#seek}
        @keydown=${this.#keydown}
      />
      ${this.#renderHits(hits)} ${this.#announcer.region()}`;
  }
}
