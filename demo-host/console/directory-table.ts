import { el, find } from '../page/element.js';
import type { DemoPerson, ExchangeState } from '../page/host-api.js';
import { phoneWords } from './active-call.js';
import { badge } from './call-list.js';

/** Everybody in the house, one row each, chosen by keyboard alone: arrows, Home, End, Enter. */
export class DirectoryTable {
  readonly #body = find('#people');
  readonly #search = find('#directory-search') as HTMLInputElement;
  readonly #choose: (id: string) => void;
  readonly #rows: HTMLElement[];

  constructor(people: readonly DemoPerson[], choose: (id: string) => void) {
    this.#choose = choose;
    this.#rows = people.map((person) => this.#row(person));
    this.#body.replaceChildren(...this.#rows);
    this.#search.addEventListener('input', () => this.#filter());
    this.#search.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
      event.preventDefault();
      this.#visible()[0]?.focus();
    });
    this.#body.addEventListener('keydown', (event) => this.#onKeyDown(event));
    this.#body.addEventListener('focusin', () => this.#keepReachable());
    this.#filter();
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  showPhones(phones: ExchangeState['phones']): void {
    for (const row of this.#rows) {
      const cell = row.querySelector<HTMLElement>('[data-phone]');
      if (!cell) continue;
      const state = phones[row.dataset['id'] ?? ''];
      cell.textContent = phoneWords(state);
      cell.dataset['state'] = state;
    }
  }

  mark(chosen: string | null): void {
    for (const row of this.#rows) {
      row.classList.toggle('chosen', row.dataset['id'] === chosen);
      row.setAttribute('aria-selected', String(row.dataset['id'] === chosen));
    }
  }

  #row(person: DemoPerson): HTMLElement {
    const { id, name, title, organisation, phone, email } = person;
    return el(
      'tr',
      {
        tabindex: '-1',
        'data-id': id,
        'data-words': `${name} ${title} ${organisation} ${phone} ${email}`.toLowerCase(),
        onclick: () => this.#choose(id),
      },
      el('td', { class: 'presence' }, badge(person)),
      el('th', { scope: 'row' }, name),
      el('td', { class: 'title' }, title),
      el('td', { class: 'department' }, organisation),
      el('td', { class: 'number' }, phone),
      el('td', {}, el('span', { 'data-phone': id })),
    );
  }

  #filter(): void {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of this.#rows) row.hidden = !words.every((word) => (row.dataset['words'] ?? '').includes(word));
    find('#count').textContent = `${String(this.#visible().length)} of ${String(this.#rows.length)}`;
    this.#keepReachable();
  }

  /** One row is in the order of the Tab key: the one that has the focus, else the first. */
  #keepReachable(): void {
    const visible = this.#visible();
    const at = visible.find((row) => row.contains(document.activeElement)) ?? visible[0];
    for (const row of this.#rows) row.tabIndex = row === at ? 0 : -1;
  }

  #visible(): HTMLElement[] {
    return this.#rows.filter((row) => !row.hidden);
  }

  #onKeyDown(event: KeyboardEvent): void {
    const rows = this.#visible();
    const at = rows.findIndex((row) => row === document.activeElement);
    if (at < 0) return;
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
    const next = to[event.key];
    if (event.key === 'Enter') this.#choose(rows[at]?.dataset['id'] ?? '');
    else if (next !== undefined) rows[next]?.focus();
    else return;
    event.preventDefault();
  }
}
