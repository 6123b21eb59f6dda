import { clock } from '../page/chat.js';
import { el } from '../page/element.js';
import type { DemoPerson, ShownResource } from '../page/host-api.js';
import { contactLine, statusTag } from './board-rows.js';

/** Everything about one resource, with the people to ask about it (E17). */
export function resourceDetail(resource: ShownResource, people: ReadonlyMap<string, DemoPerson>, close: () => void): HTMLElement[] {
  const { name, site, sort, status, beds, waiting, comment, updatedAt, contacts } = resource;
  const fact = (term: string, value: Node | string) => el('div', {}, el('dt', {}, term), el('dd', {}, value));
  return [
    el(
      'div',
      { class: 'detail-head' },
      el('div', {}, el('h2', { id: 'detail-name' }, name), el('p', { class: 'quiet' }, `${sort}, ${site}`)),
      el('button', { type: 'button', class: 'close', 'aria-label': 'Back to the board', onclick: close }, '✕'),
    ),
    el(
      'dl',
      {},
      fact('Status', statusTag(status)),
      fact('Beds free', `${String(beds.free)} of ${String(beds.total)}`),
      fact('Waiting', waiting === null ? 'not measured' : `${String(waiting)} min`),
      fact('Updated', clock(updatedAt)),
    ),
    ...(comment === '' ? [] : [el('p', { class: 'said' }, comment)]),
    el('h3', {}, 'Users'),
    peopleOf(name, contacts),
    el(
      'table',
      { class: 'users own-users' },
      el(
        'thead',
        {},
        el('tr', {}, el('th', { scope: 'col' }, 'Name'), el('th', { scope: 'col' }, 'Organisation'), el('th', { scope: 'col' }, 'Phone')),
      ),
      el(
        'tbody',
        {},
        ...contacts.flatMap((id) => {
          const person = people.get(id);
          return person
            ? [el('tr', {}, el('td', {}, contactLine(person)), el('td', {}, person.organisation), el('td', {}, person.phone))]
            : [];
        }),
      ),
    ),
  ];
}

/** Parley's list of the people of a record: who is there, and a chat with one or all of them (E17 to E21). */
function peopleOf(name: string, users: readonly string[]): HTMLElement {
  const element = el('parley-people' as 'span', { heading: `${name}, Users` });
  return Object.assign(element, { users });
}
