import { el, find } from '../page/element.js';
import type { DemoPerson } from '../page/host-api.js';
import { badge, initials, openSuite, say } from './suite.js';

const { api, person, people } = await openSuite('contacts');
const search = find('#search') as HTMLInputElement;

function showPeople(): void {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ name, title, organisation }: DemoPerson) =>
    words.every((word) => `${name} ${title} ${organisation}`.toLowerCase().includes(word));
  find('#people').replaceChildren(
    ...people
      .filter(fits)
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(card),
  );
}

function card(one: DemoPerson): HTMLElement {
  const { name, title, organisation, email, phone } = one;
  return el(
    'li',
    { class: 'card' },
    initials(name),
    el(
      'div',
      {},
      el('b', {}, name),
      el('span', { class: 'quiet' }, `${title}, ${organisation}`),
      el('span', { class: 'quiet' }, `${email} · ${phone.replaceAll(' ', '\u00a0')}`),
    ),
    badge(one),
  );
}

const names = (ids: readonly string[]): string => ids.map((id) => people.find((one) => one.id === id)?.name ?? id).join(', ');

function shared(name: string, email: string, members: readonly string[]): HTMLElement {
  return el(
    'li',
    { class: 'card' },
    el('div', {}, el('b', {}, name), el('span', {}, email), el('span', { class: 'quiet' }, names(members))),
  );
}

search.addEventListener('input', showPeople);
if (person === null) say('Nobody is signed in. Choose a person at the top.');
else {
  const { groups, mailboxes } = await api.addressBook();
  showPeople();
  find('#groups').replaceChildren(...groups.map(({ name, email = '', members }) => shared(name, email, members)));
  find('#boxes').replaceChildren(...mailboxes.map(({ name, email, members }) => shared(name, email, members)));
}
