import { clock } from '../page/chat.js';
import { el } from '../page/element.js';
import type { DemoPerson, ShownResource } from '../page/host-api.js';

export type SortKey = 'status' | 'name' | 'free' | 'waiting' | 'updated';

/** The worst first: what a dispatcher must not overlook. */
const SEVERITY = { closed: 0, diverting: 1, limited: 2, open: 3 } as const;
/** A shape for each status beside its colour and its word. */
const MARKS = { open: '●', limited: '◐', diverting: '▲', closed: '✕' } as const;

export function compare(key: SortKey, a: ShownResource, b: ShownResource): number {
  const byName = a.name.localeCompare(b.name) || a.sort.localeCompare(b.sort);
  switch (key) {
    case 'status':
      return SEVERITY[a.status] - SEVERITY[b.status] || byName;
    case 'name':
      return byName;
    case 'free':
      return b.beds.free - a.beds.free || byName;
    case 'waiting':
      return (a.waiting ?? Infinity) - (b.waiting ?? Infinity) || byName;
    case 'updated':
      return b.updatedAt - a.updatedAt || byName;
  }
}

export function statusTag(status: ShownResource['status']): HTMLElement {
  return el('span', { class: `status ${status}` }, el('span', { 'aria-hidden': 'true' }, MARKS[status]), ` ${status}`);
}

export function boardRow(resource: ShownResource, contact: DemoPerson | undefined, open: (id: string) => void): HTMLElement {
  const { id, name, site, sort, status, beds, waiting, comment, updatedAt } = resource;
  const share = beds.total === 0 ? 0 : beds.free / beds.total;
  const gauge = el('meter', {
    min: '0',
    max: '1',
    value: String(share),
    'aria-label': `${String(beds.free)} of ${String(beds.total)} free`,
  });
  return el(
    'tr',
    { 'data-id': id },
    el('td', {}, statusTag(status)),
    el(
      'th',
      { scope: 'row' },
      el('button', { type: 'button', class: 'name', onclick: () => open(id) }, name),
      el('span', { class: 'sort' }, `${sort} · ${site}`),
    ),
    el('td', { class: 'number' }, el('b', {}, String(beds.free)), ` / ${String(beds.total)}`, gauge),
    el('td', { class: 'number' }, waiting === null ? '–' : `${String(waiting)} min`),
    el('td', { class: 'comment' }, comment),
    el('td', {}, el('time', { datetime: new Date(updatedAt).toISOString() }, clock(updatedAt))),
    el('td', {}, contact ? contactLine(contact) : '–'),
  );
}

export function contactLine(person: DemoPerson): HTMLElement {
  return el(
    'span',
    { class: 'contact' },
    el('parley-presence-badge' as 'span', { user: person.id, name: person.name }),
    el('span', {}, person.name),
  );
}
