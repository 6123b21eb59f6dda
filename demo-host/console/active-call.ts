import { el, find } from '../page/element.js';
import type { Call, DemoPerson, ExchangeState } from '../page/host-api.js';
import { badge, duration } from './call-list.js';

const STATES: Readonly<Record<string, string>> = { idle: 'free', ringing: 'ringing', 'on-call': 'on a call', hold: 'on hold' };

export function phoneWords(state: string | undefined): string {
  return STATES[state ?? ''] ?? 'not known';
}

/** The call that the operator is in, and those that they hold. */
export function showCalls(own: readonly Call[]): void {
  const talking = own.find(({ state }) => state === 'talking');
  find('#active').replaceChildren(
    talking
      ? el(
          'div',
          { class: 'caller' },
          el('b', { class: 'name' }, talking.caller.name),
          el('span', { class: 'telephone' }, talking.caller.number),
          el('span', { class: 'quiet' }, [talking.caller.organisation, talking.line].filter(Boolean).join(' · ')),
          el('span', { class: 'talking' }, 'Talking ', duration(talking.since)),
        )
      : el('p', { class: 'quiet blank' }, 'You are in no call. F2 answers the one that waits longest.'),
  );
  find('#held').replaceChildren(
    ...own
      .filter(({ state }) => state === 'held')
      .map(({ caller, since }) => el('li', {}, el('b', {}, caller.name), el('span', {}, caller.number), 'on hold ', duration(since))),
  );
}

/** Whom the call could go to: how they are, what their telephone does, and who else is there. */
export class TransferAssistant {
  readonly #people: ReadonlyMap<string, DemoPerson>;
  readonly #acts: { choose(id: string): void; transfer(): void; message(): void };
  #shown: string | null = null;

  constructor(people: ReadonlyMap<string, DemoPerson>, acts: { choose(id: string): void; transfer(): void; message(): void }) {
    this.#people = people;
    this.#acts = acts;
  }

  show(target: string | null, phones: ExchangeState['phones'], inCall: boolean): void {
    const person = this.#people.get(target ?? '');
    const place = find('#assistant');
    if (!person) {
      this.#shown = null;
      place.replaceChildren(el('p', { class: 'quiet blank' }, 'Choose a person in the directory.'));
      return;
    }
    if (this.#shown !== person.id) place.replaceChildren(...this.#card(person));
    this.#shown = person.id;
    for (const element of place.querySelectorAll<HTMLElement>('[data-phone]')) {
      const state = phones[element.dataset['phone'] ?? ''];
      element.textContent = phoneWords(state);
      element.dataset['state'] = state;
    }
    const transfer = place.querySelector<HTMLButtonElement>('.transfer');
    if (transfer) transfer.disabled = !inCall || phones[person.id] !== 'idle';
  }

  #card(person: DemoPerson): HTMLElement[] {
    const { id, name, title, organisation, phone, email, chat } = person;
    const others = [...this.#people.values()].filter((one) => one.organisation === organisation && one.id !== id).slice(0, 3);
    const fact = (term: string, value: Node | string) => el('div', {}, el('dt', {}, term), el('dd', {}, value));
    return [
      el('div', { class: 'target' }, el('b', { class: 'name' }, name), badge(person, true) ?? ''),
      el(
        'dl',
        {},
        fact('Work', `${title}, ${organisation}`),
        fact('Extension', phone),
        fact('Telephone', el('span', { 'data-phone': id })),
        fact('E-mail', email),
      ),
      el(
        'div',
        { class: 'acts' },
        el('button', { type: 'button', class: 'transfer', onclick: () => this.#acts.transfer() }, 'Transfer'),
        chat === 'offered' && el('button', { type: 'button', class: 'message', onclick: () => this.#acts.message() }, 'Message'),
      ),
      ...(others.length === 0
        ? []
        : [
            el('h3', {}, `Also in ${organisation}`),
            el(
              'ul',
              { class: 'others' },
              ...others.map((one) =>
                el(
                  'li',
                  {},
                  badge(one),
                  el('button', { type: 'button', onclick: () => this.#acts.choose(one.id) }, one.name),
                  el('span', { 'data-phone': one.id }),
                ),
              ),
            ),
          ]),
    ];
  }
}
