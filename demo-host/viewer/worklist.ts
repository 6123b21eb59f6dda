import { clock, day } from '../page/chat.js';
import { el, find } from '../page/element.js';
import type { ShownStudy } from '../page/host-api.js';

export interface WorklistActions {
  open(uid: string): void;
  setCurrent(uid: string): void;
}

/** The examinations at the left. The green arrow marks the current one; opening another does not move it (S17, S18). */
export class Worklist {
  readonly #list = find('#worklist-rows');
  readonly #menu = find('#row-menu');
  readonly #search: HTMLInputElement;
  readonly #actions: WorklistActions;
  #studies: readonly ShownStudy[] = [];
  #opened: string | null = null;
  #current: string | null = null;
  #menuFor: string | null = null;

  constructor(actions: WorklistActions) {
    this.#actions = actions;
    const search = document.querySelector<HTMLInputElement>('#worklist-search');
    if (!search) throw new Error('the page has no #worklist-search');
    this.#search = search;
    search.addEventListener('input', () => this.#filter());
    this.#list.addEventListener('keydown', (event) => this.#onKeyDown(event));
    find('#row-open').addEventListener('click', () => this.#choose((uid) => this.#actions.open(uid)));
    find('#row-current').addEventListener('click', () => this.#choose((uid) => this.#actions.setCurrent(uid)));
  }

  show(studies: readonly ShownStudy[]): void {
    this.#studies = studies;
    this.#list.replaceChildren(...studies.map((study) => this.#row(study)));
    this.#filter();
  }

  mark(opened: string | null, current: string | null): void {
    this.#opened = opened;
    this.#current = current;
    for (const row of this.#rows()) this.#markRow(row);
  }

  #row(study: ShownStudy): HTMLElement {
    const { uid, patient, modality, description, at, priority, status } = study;
    const row = el(
      'li',
      {
        class: 'row',
        'data-uid': uid,
        'data-words': `${patient.name} ${patient.id} ${modality} ${description} ${study.accession} ${study.referrerName}`.toLowerCase(),
      },
      el(
        'button',
        { class: 'open', type: 'button', onclick: () => this.#actions.open(uid) },
        el('span', { class: 'arrow', 'aria-hidden': 'true' }, '➤'),
        el('span', { class: 'modality' }, modality),
        el('span', { class: 'patient' }, patient.name),
        el('time', { datetime: at }, at.startsWith('2026-11-20') ? clock(at) : day(at).replace(/ 2026$/, '')),
        el('span', { class: 'what' }, description),
        el(
          'span',
          { class: `state ${priority === 'urgent' && status === 'unread' ? 'urgent' : status}` },
          priority === 'urgent' && status === 'unread' ? '! urgent' : status,
        ),
        el('span', { class: 'visually-hidden is-current' }),
      ),
      el(
        'span',
        { class: 'referrer' },
        el('parley-presence-badge' as 'span', { user: study.referrer, name: study.referrerName }),
        study.referrerName,
      ),
      el(
        'button',
        {
          class: 'set-current',
          type: 'button',
          'aria-label': `Set as current examination: ${description}, ${patient.name}`,
          onclick: () => this.#actions.setCurrent(uid),
        },
        'Set as current',
      ),
    );
    row.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      this.#showMenu(uid, event.clientX, event.clientY);
    });
    return row;
  }

  #markRow(row: HTMLElement): void {
    const uid = row.dataset['uid'] ?? '';
    row.classList.toggle('opened', uid === this.#opened);
    row.classList.toggle('current', uid === this.#current);
    const open = row.querySelector('.open');
    if (uid === this.#opened) open?.setAttribute('aria-current', 'true');
    else open?.removeAttribute('aria-current');
    const said = row.querySelector('.is-current');
    if (said) said.textContent = uid === this.#current ? ', current examination' : '';
  }

  #filter(): void {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of this.#rows()) {
      row.hidden = !words.every((word) => (row.dataset['words'] ?? '').includes(word));
      if (!row.hidden) shown++;
    }
    find('#worklist-count').textContent = `${String(shown)} of ${String(this.#studies.length)}`;
    find('#worklist-empty').hidden = shown > 0;
  }

  #rows(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('.row')];
  }

  #showMenu(uid: string, x: number, y: number): void {
    this.#menuFor = uid;
    this.#menu.showPopover();
    this.#menu.style.left = `${String(Math.min(x, innerWidth - this.#menu.offsetWidth - 8))}px`;
    this.#menu.style.top = `${String(Math.min(y, innerHeight - this.#menu.offsetHeight - 8))}px`;
    find('#row-open').focus();
  }

  #choose(act: (uid: string) => void): void {
    const uid = this.#menuFor;
    this.#menu.hidePopover();
    if (uid !== null) act(uid);
  }

  /** Up and down go from row to row, as in any worklist; the images do not scroll meanwhile. */
  #onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const rows = this.#rows().filter((row) => !row.hidden);
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
    event.preventDefault();
    event.stopPropagation();
    next?.querySelector<HTMLElement>('.open')?.focus();
  }
}
