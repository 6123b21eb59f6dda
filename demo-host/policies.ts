/** The tenant's rules, as the server's REST interface names them. */
export interface DemoPolicies {
  enabled: boolean;
  join: 'direct' | 'invite';
  initiate: 'everyone' | 'authorised';
  dnd: 'hold' | 'block';
  presence: 'open' | 'consent';
  visibleDays: number | null;
  export: { allowed: boolean; domains: string[] };
  notice: string;
}

/** Where a tenant says nothing else. Every start of the demo begins with these, whatever was tried before. */
export const USUAL_POLICIES: DemoPolicies = {
  enabled: true,
  join: 'direct',
  initiate: 'everyone',
  dnd: 'hold',
  presence: 'open',
  visibleDays: null,
  export: { allowed: true, domains: [] },
  notice: '',
};

const isString = (value: unknown): value is string => typeof value === 'string';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const oneOf =
  (...words: string[]) =>
  (value: unknown) =>
    isString(value) && words.includes(value);

const CHECKS: Readonly<Record<keyof DemoPolicies, (value: unknown) => boolean>> = {
  enabled: isBoolean,
  join: oneOf('direct', 'invite'),
  initiate: oneOf('everyone', 'authorised'),
  dnd: oneOf('hold', 'block'),
  presence: oneOf('open', 'consent'),
  visibleDays: (value) => value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 36_500),
  export: (value) =>
    typeof value === 'object' &&
    value !== null &&
    'allowed' in value &&
    isBoolean(value.allowed) &&
    'domains' in value &&
    Array.isArray(value.domains) &&
    value.domains.every(isString),
  notice: isString,
};

/** A change that a page asks for, or null when it is none. */
export function readPolicies(value: unknown): Partial<DemoPolicies> | null {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  const checks: Readonly<Record<string, (value: unknown) => boolean>> = CHECKS;
  if (entries.length === 0 || !entries.every(([name, one]) => checks[name]?.(one) === true)) return null;
  return Object.fromEntries(entries);
}
