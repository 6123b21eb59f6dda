import type { DemoPolicies } from './policies.js';
import { USUAL_POLICIES } from './policies.js';

/** The reference hosts, by the address of their first page: PACS viewer, capacity board, webmail, operator console. */
export type HostName = 'viewer' | 'dashboard' | 'mail' | 'console';
export type TenantId = 'st-anna' | 'north-region' | 'south-region' | 'town-hall' | 'kontor';

export interface DemoTenant {
  id: TenantId;
  name: string;
  /** The usual one first. */
  hosts: readonly HostName[];
  /** The tenant's rules when the demo starts. */
  policies: DemoPolicies;
  /** Messages that one has ready for others (M13). */
  predefined?: readonly string[];
}

/** Each behaves at first as the product that its host stands for; the switch on every page changes that. */
export const tenants: readonly DemoTenant[] = [
  {
    id: 'st-anna',
    name: 'St. Anna Hospital',
    hosts: ['viewer', 'dashboard'],
    policies: { ...USUAL_POLICIES, initiate: 'authorised', notice: 'Chats are kept for good. Stay professional.' },
  },
  { id: 'north-region', name: 'North Region', hosts: ['dashboard', 'viewer'], policies: { ...USUAL_POLICIES, initiate: 'authorised' } },
  // Its board is the same page; its administration has not switched chat on (E1).
  { id: 'south-region', name: 'South Region', hosts: ['dashboard'], policies: { ...USUAL_POLICIES, enabled: false } },
  {
    id: 'town-hall',
    name: 'Brookfield Town Hall',
    hosts: ['mail'],
    policies: {
      ...USUAL_POLICIES,
      join: 'invite',
      presence: 'consent',
      export: { allowed: true, domains: ['brookfield.example', 'state.example'] },
    },
  },
  {
    id: 'kontor',
    name: 'Kontor Trading',
    hosts: ['console'],
    policies: { ...USUAL_POLICIES, dnd: 'block' },
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
