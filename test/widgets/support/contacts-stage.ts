import { BehaviorSubject, of } from 'rxjs';
import type { ContactsState, ContactsStore, Conversation, ParleyError, Person, Presence, Settings } from '#sdk';
import '../../../widgets/internal/panel-words.js';
import { ContactsElement } from '../../../widgets/contacts/contacts.js';
import type { ContactGrid } from '../../../widgets/contacts/contact-grid.js';
import { deep, html, must, show, until } from './page.js';
import { anna, chat, standIn, type StandIn, standInSession, type StandInSession } from './stand-in.js';
import { define } from '../../../widgets/internal/define.js';

define(ContactsElement);

export const PEOPLE: readonly Person[] = [
  { id: 'mark', name: 'Mark Lee', title: 'Ward physician', organisation: 'St Anna Hospital' },
  { id: 'lena', name: 'Lena Fischer', title: 'Radiographer', organisation: 'St Anna Hospital' },
  { id: 'omar', name: 'Dr Omar Haddad', title: 'Surgeon', organisation: 'Harbour Clinic' },
  { id: 'sofia', name: 'Prof Sofía Álvarez Núñez', title: 'Head of thoracic imaging', organisation: 'University Hospital Graz' },
  { id: 'jun', name: '王俊', title: 'Resident', organisation: 'St Anna Hospital' },
  { id: 'nora', name: 'Nora Dahl', title: 'Dispatcher', organisation: 'Region North' },
];

export const GROUP = { id: '00000000-0000-4000-8000-0000000000a1', name: 'Chest team', users: ['mark', 'lena', 'sofia'] };
export const NIGHT = { id: '00000000-0000-4000-8000-0000000000a2', name: 'Night shift', users: ['jun'] };

export interface ContactsStage {
  client: StandIn;
  session: StandInSession;
  state$: BehaviorSubject<ContactsState>;
  /** What was asked of the stores, in order. */
  calls: string[];
  /** The next act is refused with this. */
  refuse: ParleyError | null;
  element: ContactsElement;
}

export interface ContactsOptions {
  contacts?: Partial<ContactsState>;
  chats?: Conversation[];
  presence?: 'open' | 'consent';
  initiate?: boolean;
  showOffline?: boolean;
  people?: readonly Person[];
  presences?: Record<string, Partial<Presence> & Pick<Presence, 'availability'>>;
}

/** A contacts store that does what the server would do. */
function contactsOf(made: Pick<ContactsStage, 'calls' | 'state$' | 'refuse'>, consent: () => boolean): ContactsStore {
  const act = async (call: string, change: (state: ContactsState) => Partial<ContactsState>): Promise<void> => {
    made.calls.push(call);
    await Promise.resolve();
    if (made.refuse !== null) throw made.refuse;
    made.state$.next({ ...made.state$.value, ...change(made.state$.value) });
  };
  const without = (user: string) => (one: { user: string }) => one.user !== user;
  return {
    state$: made.state$,
    add: (user) =>
      act(`add ${user}`, ({ contacts }) => ({
        contacts: [...contacts.filter(without(user)), { user, state: consent() ? 'requested' : 'accepted' }],
      })),
    accept: (user) =>
      act(`accept ${user}`, ({ contacts, requests }) => ({
        contacts: [...contacts.filter(without(user)), { user, state: 'accepted' }],
        requests: requests.filter(without(user)),
      })),
    decline: (user) => act(`decline ${user}`, ({ requests }) => ({ requests: requests.filter(without(user)) })),
    remove: (user) => act(`remove ${user}`, ({ contacts }) => ({ contacts: contacts.filter(without(user)) })),
    saveGroup: async ({ id = '00000000-0000-4000-8000-0000000000ff', name, users }) => {
      const saved = { id, name, users: [...users] };
      await act(`save ${name}: ${users.join()}`, ({ groups }) => ({
        groups: groups.some((one) => one.id === id) ? groups.map((one) => (one.id === id ? saved : one)) : [...groups, saved],
      }));
      return id;
    },
    removeGroup: (id) => act(`delete ${id}`, ({ groups }) => ({ groups: groups.filter((group) => group.id !== id) })),
    arrangeGroups: (ids) =>
      act(`arrange ${ids.map((id) => made.state$.value.groups.find((group) => group.id === id)?.name).join()}`, ({ groups }) => ({
        groups: [...groups].sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)),
      })),
  };
}

/** A signed-in client with these contacts; who has no presence here is offline. */
export function contactsClient(options: ContactsOptions = {}): Omit<ContactsStage, 'element'> {
  const { people = PEOPLE, presences = {} } = options;
  const calls: string[] = [];
  const base = standInSession(anna, options.initiate ?? true, calls);
  base.info$.next({ ...base.info$.value, policies: { ...base.info$.value.policies, presence: options.presence ?? 'open' } });
  base.settings$.next({ ...base.settings$.value, showOffline: options.showOffline ?? false });
  base.list$.next(options.chats ?? []);
  for (const { id } of people) base.presenceOf(id).next({ since: 0, availability: 'offline', ...presences[id] });
  const find = (id: string): Person | null => [anna, ...people].find((person) => person.id === id) ?? null;
  const state$ = new BehaviorSubject<ContactsState>({ contacts: [], requests: [], groups: [], ...options.contacts });
  const made = { calls, state$, refuse: null as ParleyError | null };
  const opened = async (to: readonly string[], call: string): Promise<Conversation> => {
    calls.push(call);
    await Promise.resolve();
    if (made.refuse !== null) throw made.refuse;
    return chat('c-new', { members: [anna.id, ...to] });
  };
  const session: StandInSession = {
    ...base,
    get info() {
      return base.info;
    },
    contacts: contactsOf(made, () => base.info$.value.policies.presence === 'consent'),
    directory: {
      ...base.directory,
      person: find,
      person$: (id) => of(find(id)),
      search: async (text) => people.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())),
    },
    saveSettings: async (change) => {
      calls.push(`settings ${JSON.stringify(change)}`);
      if (made.refuse !== null) throw made.refuse;
      base.settings$.next({ ...base.settings$.value, ...(change as Partial<Settings>) });
    },
    startChat: async ({ to }) => opened(to, `startChat ${to.join()}`),
    openChat: async ({ to, text }) => opened([to].flat(), `openChat ${[to].flat().join()}${text === undefined ? '' : ` “${text}”`}`),
  };
  return Object.assign(made, { session, client: standIn(session) });
}

export async function contacts(options: ContactsOptions & { width?: number } = {}): Promise<ContactsStage> {
  const made = contactsClient(options);
  const place = show(
    html`<div style=${`position:fixed;inset:0 auto auto 0;inline-size:${options.width ?? 320}px;block-size:600px;display:grid`}>
      <parley-contacts .client=${made.client}></parley-contacts>
    </div>`,
  );
  const element = must<ContactsElement>(place, 'parley-contacts');
  await until(() => element.renderRoot.querySelector('.scroller') !== null, 'the contacts are there');
  await element.updateComplete;
  return Object.assign(made, { element });
}

export function grid(element: ContactsElement): ContactGrid {
  return must<ContactGrid>(element.renderRoot, 'parley-contact-grid');
}

export function rows(element: ContactsElement): HTMLElement[] {
  const found = deep<ContactGrid>(element.renderRoot, 'parley-contact-grid');
  return [...(found?.renderRoot.querySelectorAll<HTMLElement>('[role="row"]') ?? [])];
}

/** What stands there: banners in capitals, people by name, why a banner is empty in brackets. */
export function shown(element: ContactsElement): string[] {
  return rows(element).map((row) => {
    if (row.classList.contains('banner')) return text(row, '.title').toUpperCase();
    return row.classList.contains('note') ? `(${text(row, '[role="gridcell"]')})` : text(row, '.name');
  });
}

export function text(from: ParentNode, selector: string): string {
  return (from.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** The row of this person or banner; of the first one, where there are several. */
export function row(element: ContactsElement, name: string): HTMLElement {
  const found = rows(element).find((one) => text(one, '.name') === name || text(one, '.title') === name);
  if (found === undefined) throw new Error(`There is no row of ${name}.`);
  return found;
}

export function chosen(element: ContactsElement): string[] {
  return rows(element)
    .filter((one) => one.ariaSelected === 'true')
    .map((one) => text(one, '.name'));
}

/** The items of the menu that is open. */
export function items(element: ContactsElement): HTMLElement[] {
  const menu = must(element.renderRoot as ShadowRoot, 'parley-contact-menu').shadowRoot;
  const open = menu?.querySelector('.menu:popover-open');
  return [...(open?.querySelectorAll<HTMLElement>('.menu-item, .row button') ?? [])];
}

export function item(element: ContactsElement, label: string): HTMLElement {
  const found = items(element).find((one) => one.textContent?.trim() === label);
  if (found === undefined)
    throw new Error(
      `There is no “${label}” among: ${items(element)
        .map((one) => one.textContent?.trim())
        .join()}`,
    );
  return found;
}

export async function openMenu(element: ContactsElement, name: string): Promise<void> {
  row(element, name).querySelector<HTMLElement>('[data-act="more"]')?.click();
  await until(() => items(element).length > 0, `the menu of ${name} is open`);
}
