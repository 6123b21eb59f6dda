import { el, find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import type { DemoPerson } from '../page/host-api.js';

const TENANTS = { 'st-anna': 'St. Anna Hospital', 'north-region': 'North Region' } as const;

const people = await new HostApi('').people();
for (const tenant of Object.keys(TENANTS) as (keyof typeof TENANTS)[]) {
  const members = people.filter((person) => person.tenant === tenant);
  find('#tenants').append(
    el('section', { 'aria-labelledby': tenant }, el('h3', { id: tenant }, TENANTS[tenant]), el('ul', {}, ...members.map(card))),
  );
}

function card(person: DemoPerson): HTMLElement {
  const { id, name, title, organisation, initiate, headless, host } = person;
  const link = (place: DemoPerson['host'], text: string) =>
    el('a', { href: `/${place}?as=${id}&chat=open`, 'aria-label': `${name}: ${text}`, class: place === host ? 'usual' : '' }, text);
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'person' },
      el('b', {}, name),
      el('span', { class: 'quiet' }, `${title} · ${organisation.replace(`${TENANTS[person.tenant]}, `, '')}`),
    ),
    !initiate && el('span', { class: 'note' }, 'may not start chats'),
    headless
      ? el('span', { class: 'note' }, 'answers by itself')
      : el('span', { class: 'hosts' }, link('viewer', 'Viewer'), link('dashboard', 'Board')),
  );
}
