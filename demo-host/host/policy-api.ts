import express, { Router } from 'express';
import type { Response } from 'express';
import type { ParleyBackend } from '../parley-backend.js';
import { BackendRefused } from '../parley-backend.js';
import { readPolicies } from '../policies.js';
import { tenantOf } from '../tenants.js';
import { signedIn } from './signed-in.js';

/** The tenant's rules, for the switch on every page. A real host keeps this to its administrators. */
export function policyApi(backend: ParleyBackend): Router {
  const router = Router();
  router.get('/policies', (_request, response) => answer(response, () => backend.policies(signedIn(response).tenant)));
  router.put('/policies', express.json(), async (request, response) => {
    const change = readPolicies(request.body);
    if (change === null) return void response.status(400).json({ error: 'These are no rules of a tenant' });
    const { tenant } = signedIn(response);
    await answer(response, async () => {
      await backend.changePolicies(tenant, change);
      return backend.policies(tenant);
    });
  });
  router.post('/policies/reset', (_request, response) => {
    const { tenant } = signedIn(response);
    return answer(response, async () => {
      await backend.changePolicies(tenant, tenantOf(tenant).policies);
      return backend.policies(tenant);
    });
  });
  return router;
}

/** What Parley refuses is said as it is; that it cannot be reached is said too. */
async function answer(response: Response, ask: () => Promise<unknown>): Promise<void> {
  try {
    response.json(await ask());
  } catch (cause) {
    const refused = cause instanceof BackendRefused && cause.status < 500;
    response
      .status(refused ? cause.status : 502)
      .json({ error: refused ? 'The Parley server refused this' : 'The Parley server does not answer' });
  }
}
