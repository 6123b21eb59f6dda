import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import { PAGE } from '../admin/page.js';
import { STYLES } from '../admin/styles.js';

const SCRIPTS = fileURLToPath(new URL('../admin/browser/', import.meta.url));

/** What the page may do: load its own script and styles, and ask this server. No inline, no form that leaves, no string that becomes code. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * The admin page: three kinds of files that are the same for everybody and hold nothing. What it shows it asks of the API, with a token
 * that its user gives it; there is no cookie, so no other page can make a browser ask in their name.
 */
export function adminPage(): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': POLICY,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    });
    next();
  });
  router.get('/', (_request, response) => void response.type('html').send(PAGE));
  router.get('/admin.css', (_request, response) => void response.type('css').send(STYLES));
  router.get(/^\/[a-z-]+\.js$/, express.static(SCRIPTS, { cacheControl: false, etag: false, lastModified: false }));
  return router;
}
