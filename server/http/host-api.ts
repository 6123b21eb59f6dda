import { Router } from 'express';
import { authenticate } from './authentication.js';
import type { AuthenticationParts } from './authentication.js';
import { openApi, routes } from './openapi.js';
import { mount } from './route.js';
import type { RestServices } from './route.js';

/** The API of hosts' back ends. Its description is for everybody, all else for who shows a key or a token. */
export function hostApi(services: RestServices, checks: AuthenticationParts): Router {
  const router = Router();
  const document = openApi();
  router.get('/openapi.json', (_request, response) => void response.json(document));
  router.use(authenticate(checks), mount(routes, services));
  return router;
}
