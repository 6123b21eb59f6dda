import express, { Router } from 'express';
import type { Request } from 'express';
import * as z from 'zod';
import { ParleyError, person } from '#protocol';
import type { Person } from '#protocol';
import type { Admission } from '../realtime/admission.js';
import type { Identity, IdentityVerifier } from '../realtime/identity.js';
import type { Storage } from '../storage/storage.js';

/** The right that a back end's token must carry in `scope`. */
const SCOPE = 'parley:directory';
const importBody = z.object({ users: z.array(z.unknown()).min(1).max(1_000) });

export interface DirectoryApiParts {
  storage: Storage;
  identities: IdentityVerifier;
  admission: Admission;
}

/** The host's back end keeps the directory current: people can be found and invited before they signed in for the first time. */
export function directoryApi({ storage, ...checks }: DirectoryApiParts): Router {
  const router = Router();

  /** Who asks is known before a body is read: a stranger must not make the server parse anything. */
  router.use(
    async (request, response, next) => {
      const { tenant, scope } = await authenticate(request, checks);
      if (!scope.has(SCOPE)) throw new ParleyError('ROLE_FORBIDDEN', `The token's scope does not contain ${SCOPE}`);
      response.locals['tenant'] = tenant;
      next();
    },
    express.json({ limit: '1mb' }),
  );

  router.put('/users/:id', async (request, response) => {
    const body: unknown = request.body;
    const changed = await storage.putPeople(tenantOf(response), [parsePerson({ ...(isRecord(body) ? body : {}), id: request.params.id })]);
    response.json({ changed: changed.length });
  });

  /** All or nothing: one wrong person refuses the import and says which. */
  router.post('/users/import', async (request, response) => {
    const body = importBody.safeParse(request.body);
    if (!body.success) throw new ParleyError('INVALID', 'users: 1 to 1,000 people');
    const people = body.data.users.map((value, index) => parsePerson(value, `users[${index}]`));
    const changed = await storage.putPeople(tenantOf(response), people);
    response.json({ changed: changed.length });
  });
  return router;
}

async function authenticate(request: Request, { identities, admission }: Omit<DirectoryApiParts, 'storage'>): Promise<Identity> {
  const token = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new ParleyError('UNAUTHENTICATED');
  return admission.check(admission.addressOf(request), () => identities.verify(token));
}

function parsePerson(value: unknown, where = 'user'): Person {
  const parsed = person.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.');
  throw new ParleyError('INVALID', `${where}${field ? `.${field}` : ''} has the wrong shape`);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const tenantOf = ({ locals }: { locals: Record<string, unknown> }): string => String(locals['tenant']);
