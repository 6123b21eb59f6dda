import { Router } from 'express';
import type { RequestHandler } from 'express';
import { ParleyError } from '#protocol';
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
  router.use('/admin', ownPageOnly);
  router.use(authenticate(checks), mount(routes, services));
  return router;
}

/** A browser says from whose page it asks: what an administrator reads is for the page of this server and for programs. */
const ownPageOnly: RequestHandler = (request, _response, next) => {
  const site = request.headers['sec-fetch-site'];
  next(
    site === undefined || site === 'same-origin' ? undefined : new ParleyError('ROLE_FORBIDDEN', 'Only the page of this server may ask'),
  );
};
