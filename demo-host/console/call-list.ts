import { el, find } from '../page/element.js';
import type { Call, DemoPerson } from '../page/host-api.js';

export function badge(person: DemoPerson | undefined, large = false): HTMLElement | null {
  return person
    ? el('parley-presence-badge' as 'span', { user: person.id, name: person.name, ...(large ? { size: 'large', words: true } : {}) })
    : null;
}

/** `0:42`, counted on by `showDurations`. */
export function duration(since: number): HTMLElement {
  const element = el('span', { class: 'duration', 'data-since': String(since) });
  write(element);
  return element;
}

export function showDurations(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-since]')) write(element);
}

export function length(since: number): string {
  const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

function write(element: HTMLElement): void {
  element.textContent = length(Number(element.dataset['since']));
}

/** The calls that wait. A row lives as long as its call, so that neither the focus nor a badge is lost when another call comes. */
export class CallQueue {
  readonly #list = find('#queue');
  readonly #rows = new Map<string, HTMLElement>();
  readonly #people: ReadonlyMap<string, DemoPerson>;
  readonly #answer: (id: string) => void;

  constructor(people: ReadonlyMap<string, DemoPerson>, answer: (id: string) => void) {
    this.#people = people;
    this.#answer = answer;
    this.#list.addEventListener('keydown', (event) => this.#onKeyDown(event));
  }

  show(calls: readonly Call[]): void {
    for (const [id, row] of this.#rows) {
      if (calls.some((call) => call.id === id)) continue;
      const next = row.nextElementSibling ?? row.previousElementSibling;
      const focused = row.contains(document.activeElement);
      row.remove();
      this.#rows.delete(id);
      if (focused) next?.querySelector('button')?.focus();
    }
    for (const call of calls) {
      if (this.#rows.has(call.id)) continue;
      const row = this.#row(call);
      this.#rows.set(call.id, row);
      this.#list.append(row);
    }
    find('#queue-empty').hidden = calls.length > 0;
  }

  #row({ id, caller, line, wanted, since }: Call): HTMLElement {
    const person = this.#people.get(wanted ?? '');
    return el(
      'tr',
      {},
      el(
        'th',
        { scope: 'row' },
        el('button', { type: 'button', class: 'answer', title: 'Answer this call', onclick: () => this.#answer(id) }, caller.name),
        el('span', { class: 'below' }, caller.organisation),
      ),
      el('td', { class: 'optional' }, caller.number),
      el('td', { class: 'optional' }, line),
      el('td', {}, person ? el('span', { class: 'wanted' }, badge(person), el('span', {}, person.name)) : '–'),
      el('td', { class: 'number' }, duration(since)),
    );
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...this.#list.querySelectorAll<HTMLElement>('.answer')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    buttons[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  }
}
