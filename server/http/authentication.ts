import type { Request, RequestHandler } from 'express';
import { ParleyError } from '#protocol';
import type { Admission } from '../realtime/admission.js';
import { TokenRefused } from '../realtime/identity.js';
import type { IdentityVerifier } from '../realtime/identity.js';
import type { AuditActor } from '../storage/audit-storage.js';
import type { Storage } from '../storage/storage.js';
import type { HostKeys } from './host-keys.js';

/** What a back end may be allowed to do; a token carries it in `scope`, a host key allows all of it. */
export const SCOPES = {
  'parley:directory': 'People, groups and shared mailboxes',
  'parley:policies': 'Policies and predefined messages',
  'parley:phone': 'States of telephones',
  'parley:admin': 'Counts, conversations without what is in them, and the health of the server',
} as const;
export type Scope = keyof typeof SCOPES;

export interface AuthenticationParts {
  identities: IdentityVerifier;
  admission: Admission;
  hostKeys: HostKeys;
  storage: Pick<Storage, 'tokensSince'>;
}

/** Whose back end asks. Undefined scope: every right. */
interface Asker {
  tenant: string;
  /** As the audit log knows it. */
  by: AuditActor;
  scope: ReadonlySet<string> | undefined;
}

/** Who asks is known before a body is read: a stranger must not make the server parse anything. */
export function authenticate(parts: AuthenticationParts): RequestHandler {
  return async (request, response, next) => {
    response.locals['asker'] = await askerOf(request, parts);
    next();
  };
}

/** Who asks, when they may do this. */
export function askerWith(scope: Scope, { locals }: { locals: Record<string, unknown> }): Pick<Asker, 'tenant' | 'by'> {
  const asker = locals['asker'] as Asker;
  if (asker.scope && !asker.scope.has(scope)) throw new ParleyError('ROLE_FORBIDDEN', `The token's scope does not contain ${scope}`);
  return asker;
}

async function askerOf(request: Request, { identities, admission, hostKeys, storage }: AuthenticationParts): Promise<Asker> {
  const presented = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (presented === undefined) throw new ParleyError('UNAUTHENTICATED');
  return admission.check(admission.addressOf(request), async () => {
    const key = hostKeys.find(presented);
    if (key) return { tenant: key.tenant, by: { kind: 'host', id: `key ${key.fingerprint}` }, scope: undefined };
    const { tenant, person, scope, issuedAt } = await identities.verify(presented);
    if (issuedAt <= (await storage.tokensSince(tenant, person.id))) throw new TokenRefused('revoked');
    return { tenant, by: { kind: 'host', id: person.id }, scope };
  });
}
