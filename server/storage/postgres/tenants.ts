import type { PredefinedMessage } from '#protocol';
import type { TenantPolicies } from '../../domain/policies.js';
import type { TenantRecord } from '../directory-storage.js';
import { isShownOtherwise } from '../sql/shown-policies.js';
import type { Session } from './database.js';
import { tenantChanged } from './revocations.js';

interface TenantRow {
  policies: string;
  predefined: string;
}

const FIND = 'SELECT policies, predefined FROM tenants WHERE tenant = $1';

export async function readTenant({ query }: Session, tenant: string): Promise<TenantRecord> {
  const [row] = await query<TenantRow>(FIND, [tenant]);
  return row ? toTenant(row) : { policies: {}, predefined: [] };
}

export async function setPolicies(session: Session, tenant: string, change: Partial<TenantPolicies>, now: number): Promise<TenantRecord> {
  const before = await lock(session, tenant);
  const policies = { ...before.policies, ...change };
  await session.query('UPDATE tenants SET policies = $2 WHERE tenant = $1', [tenant, JSON.stringify(policies)]);
  if (isShownOtherwise(before.policies, policies)) await reviseAll(session, tenant);
  await tenantChanged(session, tenant, now);
  return { policies, predefined: before.predefined };
}

export async function setPredefined(session: Session, tenant: string, messages: readonly PredefinedMessage[]): Promise<TenantRecord> {
  const { policies } = await lock(session, tenant);
  await session.query('UPDATE tenants SET predefined = $2 WHERE tenant = $1', [tenant, JSON.stringify(messages)]);
  return { policies, predefined: [...messages] };
}

/** Two who change different policies at once must not take each other's back. */
async function lock({ query }: Session, tenant: string): Promise<TenantRecord> {
  await query("INSERT INTO tenants (tenant, policies, predefined) VALUES ($1, '{}', '[]') ON CONFLICT (tenant) DO NOTHING", [tenant]);
  const [row] = await query<TenantRow>(`${FIND} FOR UPDATE`, [tenant]);
  if (!row) throw new Error('the row of the tenant was made a moment ago, in the same transaction');
  return toTenant(row);
}

/** In the order in which every transaction locks them. */
async function reviseAll({ query }: Session, tenant: string): Promise<void> {
  await query('SELECT 1 FROM user_states WHERE tenant = $1 ORDER BY user_id FOR UPDATE', [tenant]);
  await query('UPDATE user_states SET revision = revision + 1, changed = pg_current_xact_id() WHERE tenant = $1', [tenant]);
}

function toTenant({ policies, predefined }: TenantRow): TenantRecord {
  return { policies: JSON.parse(policies) as Partial<TenantPolicies>, predefined: JSON.parse(predefined) as PredefinedMessage[] };
}
