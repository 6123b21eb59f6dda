import { el, find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import type { DemoPerson } from '../page/host-api.js';

/** Who is where, as it stands in the address: `?left=anna@viewer&right=mark@dashboard`. */
interface Side {
  person: string;
  host: 'viewer' | 'dashboard';
}

const NAMES = { viewer: 'PACS viewer', dashboard: 'Capacity board' } as const;
const SIDES = [
  { name: 'left', otherwise: { person: 'anna', host: 'viewer' } },
  { name: 'right', otherwise: { person: 'mark', host: 'dashboard' } },
] as const;

const people = (await new HostApi('').people()).filter((person) => !person.headless);
for (const { name, otherwise } of SIDES) find('#sides').append(side(name, read(name, otherwise)));

function side(name: string, shown: Side): HTMLElement {
  const frame = el('iframe', { title: `${name} side`, src: address(shown) });
  const who = el('select', { 'aria-label': `Person on the ${name} side` });
  for (const tenant of new Set(people.map((person) => person.tenant))) {
    who.append(
      el(
        'optgroup',
        { label: tenant === 'st-anna' ? 'St. Anna Hospital' : 'North Region' },
        ...people.filter((person) => person.tenant === tenant).map(choice),
      ),
    );
  }
  const where = el(
    'select',
    { 'aria-label': `Host on the ${name} side` },
    ...Object.entries(NAMES).map(([value, text]) => el('option', { value }, text)),
  );
  who.value = shown.person;
  where.value = shown.host;
  const change = () => {
    const next: Side = { person: who.value, host: where.value === 'viewer' ? 'viewer' : 'dashboard' };
    const url = new URL(location.href);
    url.searchParams.set(name, `${next.person}@${next.host}`);
    history.replaceState(null, '', url);
    frame.src = address(next);
  };
  who.addEventListener('change', () => {
    where.value = people.find((person) => person.id === who.value)?.host ?? 'viewer';
    change();
  });
  where.addEventListener('change', change);
  // A link in the chat may have opened the other host.
  frame.addEventListener('load', () => {
    where.value = frame.contentWindow?.location.pathname.slice(1) ?? where.value;
  });
  return el('section', { 'aria-label': `${name} side` }, el('div', { class: 'who' }, who, where), frame);
}

function choice(person: DemoPerson): HTMLElement {
  return el('option', { value: person.id }, `${person.name}, ${person.title}`);
}

function read(name: string, otherwise: Side): Side {
  const [person = '', host] = (new URLSearchParams(location.search).get(name) ?? '').split('@');
  if (!people.some(({ id }) => id === person)) return otherwise;
  return { person, host: host === 'dashboard' ? 'dashboard' : 'viewer' };
}

function address({ person, host }: Side): string {
  return `/${host}?as=${encodeURIComponent(person)}&chat=open`;
}
