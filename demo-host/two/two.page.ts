import { el, find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import type { DemoPerson, HostName } from '../page/host-api.js';

/** Who is where, as it stands in the address: `?left=anna@viewer&right=mark@dashboard`. */
interface Side {
  person: string;
  host: HostName;
}

const NAMES: Readonly<Record<HostName, string>> = {
  viewer: 'PACS viewer',
  dashboard: 'Capacity board',
  mail: 'Webmail',
  console: 'Operator console',
};
const SIDES = [
  { name: 'left', otherwise: { person: 'anna', host: 'viewer' } },
  { name: 'right', otherwise: { person: 'mark', host: 'dashboard' } },
] as const;

const api = new HostApi('');
const tenants = await api.tenants();
const people = (await api.people()).filter((person) => !person.headless && person.chat === 'offered');
const hostsOf = (id: string): readonly HostName[] =>
  tenants.find((tenant) => tenant.id === people.find((person) => person.id === id)?.tenant)?.hosts ?? ['viewer'];
/** The host that somebody asked for, when the tenant of the person has it. */
const fitting = (id: string, asked: string): HostName => hostsOf(id).find((host) => host === asked) ?? hostsOf(id)[0] ?? 'viewer';
for (const { name, otherwise } of SIDES) find('#sides').append(side(name, read(name, otherwise)));

function side(name: string, shown: Side): HTMLElement {
  const frame = el('iframe', { title: `${name} side`, src: address(shown) });
  const who = el('select', { 'aria-label': `Person on the ${name} side` });
  for (const { id, name: label } of tenants) {
    const members = people.filter((person) => person.tenant === id);
    if (members.length > 0) who.append(el('optgroup', { label }, ...members.map(choice)));
  }
  const where = el('select', { 'aria-label': `Host on the ${name} side` });
  const offer = (id: string) => where.replaceChildren(...hostsOf(id).map((value) => el('option', { value }, NAMES[value])));
  offer(shown.person);
  who.value = shown.person;
  where.value = shown.host;
  const change = () => {
    const next: Side = { person: who.value, host: fitting(who.value, where.value) };
    const url = new URL(location.href);
    url.searchParams.set(name, `${next.person}@${next.host}`);
    history.replaceState(null, '', url);
    frame.src = address(next);
  };
  who.addEventListener('change', () => {
    offer(who.value);
    where.value = people.find((person) => person.id === who.value)?.host ?? 'viewer';
    change();
  });
  where.addEventListener('change', change);
  // A link in the chat may have opened the other host.
  frame.addEventListener('load', () => {
    where.value = frame.contentWindow?.location.pathname.split('/')[1] ?? where.value;
  });
  return el('section', { 'aria-label': `${name} side` }, el('div', { class: 'who' }, who, where), frame);
}

function choice(person: DemoPerson): HTMLElement {
  return el('option', { value: person.id }, `${person.name}, ${person.title}`);
}

function read(name: string, otherwise: Side): Side {
  const [person = '', host = ''] = (new URLSearchParams(location.search).get(name) ?? '').split('@');
  if (!people.some(({ id }) => id === person)) return otherwise;
  return { person, host: fitting(person, host) };
}

function address({ person, host }: Side): string {
  return `/${host}?as=${encodeURIComponent(person)}&chat=open`;
}
