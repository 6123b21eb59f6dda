import type { DemoPolicies } from './policies.js';

/** The reference hosts, by the address of their first page. */
export const HOSTS = { viewer: 'PACS viewer', dashboard: 'Capacity board', mail: 'Webmail', console: 'Operator console' } as const;
export type HostName = keyof typeof HOSTS;
export type TenantId = 'st-anna' | 'north-region' | 'south-region' | 'town-hall' | 'kontor';

export interface DemoTenant {
  id: TenantId;
  name: string;
  /** The usual one first. */
  hosts: readonly HostName[];
  /** Where the tenant differs from the server's defaults when the demo starts. */
  policies: Partial<DemoPolicies>;
  /** Messages that one has ready for others (M13). */
  predefined?: readonly string[];
}

/** Each behaves at first as the product that its host stands for; the switch on every page changes that. */
export const tenants: readonly DemoTenant[] = [
  {
    id: 'st-anna',
    name: 'St. Anna Hospital',
    hosts: ['viewer', 'dashboard'],
    policies: { initiate: 'authorised', notice: 'Chats are kept for good. Stay professional.' },
  },
  { id: 'north-region', name: 'North Region', hosts: ['dashboard', 'viewer'], policies: { initiate: 'authorised' } },
  // Its board is the same page; its administration has not switched chat on (E1).
  { id: 'south-region', name: 'South Region', hosts: ['dashboard'], policies: { enabled: false } },
  {
    id: 'town-hall',
    name: 'Brookfield Town Hall',
    hosts: ['mail'],
    policies: { join: 'invite', presence: 'consent', export: { allowed: true, domains: ['brookfield.example', 'state.example'] } },
  },
  {
    id: 'kontor',
    name: 'Kontor Trading',
    hosts: ['console'],
    policies: { dnd: 'block' },
    predefined: [
      'This person would like you to call them back.',
      'This person is on the line. Can you take the call?',
      'Your visitor has arrived at the front desk.',
    ],
  },
];

const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]));

export function tenantOf(id: TenantId): DemoTenant {
  const found = byId.get(id);
  if (!found) throw new Error(`there is no tenant ${id}`);
  return found;
}
