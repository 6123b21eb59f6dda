import { el, find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import type { DemoPerson, DemoTenant, HostName } from '../page/host-api.js';

const WORDS: Readonly<Record<HostName, string>> = { viewer: 'Viewer', dashboard: 'Board', mail: 'Mail', console: 'Console' };

const api = new HostApi('');
const [people, tenants] = await Promise.all([api.people(), api.tenants()]);
for (const tenant of tenants) {
  const { id, name } = tenant;
  const members = people.filter((person) => person.tenant === id && person.chat === 'offered');
  // A region without people of its own is reached by the switch on its board.
  if (members.length === 0) continue;
  find('#tenants').append(
    el('section', { 'aria-labelledby': id }, el('h3', { id }, name), el('ul', {}, ...members.map((person) => card(person, tenant)))),
  );
}

function card(person: DemoPerson, tenant: DemoTenant): HTMLElement {
  const { id, name, title, organisation, initiate, headless, host } = person;
  const link = (place: HostName) =>
    el(
      'a',
      { href: `/${place}?as=${id}&chat=open`, 'aria-label': `${name}: ${WORDS[place]}`, class: place === host ? 'usual' : '' },
      WORDS[place],
    );
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'person' },
      el('b', {}, name),
      el('span', { class: 'quiet' }, `${title} · ${organisation.replace(`${tenant.name}, `, '')}`),
    ),
    !initiate && el('span', { class: 'note' }, 'may not start chats'),
    headless ? el('span', { class: 'note' }, 'answers by itself') : el('span', { class: 'hosts' }, ...tenant.hosts.map(link)),
  );
}
