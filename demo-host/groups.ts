import { resources } from './resources.js';
import type { TenantId } from './tenants.js';

/** A team, or the people of a resource, as the directory of the tenant knows it. */
export interface DemoGroup {
  id: string;
  tenant: TenantId;
  name: string;
  members: readonly string[];
  kind?: 'team' | 'resource';
  email?: string;
}

/** An address whose mails several people read. */
export interface DemoMailbox {
  id: string;
  tenant: TenantId;
  name: string;
  email: string;
  members: readonly string[];
}

export const groups: readonly DemoGroup[] = [
  {
    id: 'building-team',
    tenant: 'town-hall',
    name: 'Planning and Building',
    members: ['helene', 'idris', 'viktor'],
    email: 'planning@brookfield.example',
  },
  {
    id: 'citizen-team',
    tenant: 'town-hall',
    name: 'Citizen Services',
    members: ['maren', 'yusuf', 'robin', 'nele'],
    email: 'citizens@brookfield.example',
  },
  { id: 'heads', tenant: 'town-hall', name: 'Heads of department', members: ['clara', 'helene', 'ewa', 'june'] },
  { id: 'radiology', tenant: 'st-anna', name: 'Radiology', members: ['anna', 'sam', 'ines', 'jonas', 'greta'] },
  { id: 'sales', tenant: 'kontor', name: 'Sales', members: ['dmitri', 'chloe', 'ravi', 'emma'] },
  { id: 'service', tenant: 'kontor', name: 'Customer Service', members: ['jo', 'petra', 'luca', 'hanna'] },
  // Found by the record that they belong to (E24).
  ...resources.map(({ id, tenant, name, sort, contacts }): DemoGroup => ({
    id: `resource-${id}`,
    tenant,
    name: `${name}, ${sort}`,
    members: contacts,
    kind: 'resource',
  })),
];

export const mailboxes: readonly DemoMailbox[] = [
  {
    id: 'permits',
    tenant: 'town-hall',
    name: 'Building permits',
    email: 'permits@brookfield.example',
    members: ['idris', 'helene', 'viktor', 'clara'],
  },
  {
    id: 'front-desk',
    tenant: 'town-hall',
    name: 'Front desk',
    email: 'frontdesk@brookfield.example',
    members: ['maren', 'yusuf', 'robin', 'nele', 'clara'],
  },
];

/** The mailboxes that somebody reads beside their own. */
export function mailboxesOf(person: string): DemoMailbox[] {
  return mailboxes.filter(({ members }) => members.includes(person));
}
