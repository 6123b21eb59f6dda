import type { Policies, PredefinedMessage } from '#protocol';

/** What a tenant decides. What it did not decide has the default of the server's configuration, or the one below. */
export interface TenantPolicies {
  /** Off: no element shows anything and every command is answered as if there were nothing (E1). */
  enabled: boolean;
  /** `authorised`: only who has the right by their token or the directory starts conversations (E3). */
  initiate: 'everyone' | 'authorised';
  join: Policies['join'];
  dnd: Policies['dnd'];
  presence: Policies['presence'];
  visibleDays: number | null;
  /** Whether histories may leave the chat, and to addresses of which domains; none listed: of all (B18-B21). */
  export: { allowed: boolean; domains: string[] };
  previewText: boolean;
  /** A line that reminds people how to write here; empty: none (S4). */
  notice: string;
  storedLabels: boolean;
}

export const DEFAULT_POLICIES: TenantPolicies = {
  enabled: true,
  initiate: 'everyone',
  join: 'direct',
  dnd: 'hold',
  presence: 'open',
  visibleDays: null,
  export: { allowed: true, domains: [] },
  previewText: false,
  notice: '',
  storedLabels: false,
};

/** What the token and the directory say of one user's rights. */
export interface Rights {
  /** `initiate` of the token; undefined when it says nothing. */
  claim: boolean | undefined;
  /** `initiate` of the directory. */
  directory: boolean;
  /** The token's `roles` contain `admin`. */
  admin: boolean;
  /** Reads everything and does nothing, whatever other roles there are. */
  auditor: boolean;
}

/** Everyone may, unless their token says that they may not; or who has the right by token or directory (E3). */
function mayInitiate(policy: TenantPolicies['initiate'], { claim, directory }: Rights): boolean {
  return policy === 'everyone' ? claim !== false : claim === true || directory;
}

/** What holds for one user. `mail`: the server can send mail. */
export function policiesFor(tenant: TenantPolicies, rights: Rights, mail: boolean): Policies {
  const { enabled, join, dnd, presence, visibleDays, previewText, notice, storedLabels } = tenant;
  return {
    enabled,
    initiate: !rights.auditor && mayInitiate(tenant.initiate, rights),
    join,
    dnd,
    presence,
    visibleDays,
    export: { allowed: !rights.auditor && tenant.export.allowed, mail, domains: tenant.export.domains },
    previewText,
    ...(notice === '' ? {} : { notice }),
    admin: rights.admin && !rights.auditor,
    storedLabels,
  };
}

/** What a tenant has, for those who work with it on the server. */
export interface TenantSettings {
  policies: TenantPolicies;
  predefined: readonly PredefinedMessage[];
}
