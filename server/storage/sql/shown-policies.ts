import type { TenantPolicies } from '../../domain/policies.js';

/** Policies on which it depends what state people are shown. */
const SHOWN_BY: readonly (keyof TenantPolicies)[] = ['enabled', 'presence', 'visibleDays'];

/** Whether people hold a state that is no more what they would be shown. */
export function isShownOtherwise(before: Partial<TenantPolicies>, after: Partial<TenantPolicies>): boolean {
  return SHOWN_BY.some((name) => after[name] !== before[name]);
}
