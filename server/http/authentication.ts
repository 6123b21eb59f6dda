import type { Request, RequestHandler } from 'express';
import { ParleyError } from '#protocol';
import type { Admission } from '../realtime/admission.js';
import type { IdentityVerifier } from '../realtime/identity.js';
import type { HostKeys } from './host-keys.js';

/** What a back end may be allowed to do; a token carries it in `scope`, a host key allows all of it. */
export const SCOPES = {
  'parley:directory': 'People, groups and shared mailboxes',
  'parley:policies': 'Policies and predefined messages',
  'parley:phone': 'States of telephones',
} as const;
export type Scope = keyof typeof SCOPES;

export interface AuthenticationParts {
  identities: IdentityVerifier;
  admission: Admission;
  hostKeys: HostKeys;
}

/** Whose back end asks. Undefined scope: every right. */
interface Asker {
  tenant: string;
  scope: ReadonlySet<string> | undefined;
}

/** Who asks is known before a body is read: a stranger must not make the server parse anything. */
export function authenticate(parts: AuthenticationParts): RequestHandler {
  return async (request, response, next) => {
    response.locals['asker'] = await askerOf(request, parts);
    next();
  };
}

/** The tenant of a request that may do this. */
export function tenantWith(scope: Scope, { locals }: { locals: Record<string, unknown> }): string {
  const asker = locals['asker'] as Asker;
  if (asker.scope && !asker.scope.has(scope)) throw new ParleyError('ROLE_FORBIDDEN', `The token's scope does not contain ${scope}`);
  return asker.tenant;
}

async function askerOf(request: Request, { identities, admission, hostKeys }: AuthenticationParts): Promise<Asker> {
  const presented = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (presented === undefined) throw new ParleyError('UNAUTHENTICATED');
  return admission.check(admission.addressOf(request), async () => {
    const tenant = hostKeys.tenantOf(presented);
    if (tenant !== undefined) return { tenant, scope: undefined };
    const { tenant: own, scope } = await identities.verify(presented);
    return { tenant: own, scope };
  });
}
