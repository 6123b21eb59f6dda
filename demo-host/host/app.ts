import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Express, Response } from 'express';
import { demoApi } from './api.js';
import type { ApiOptions } from './api.js';
import { securityPolicy } from './security-policy.js';

export interface DemoAppOptions extends ApiOptions {
  parleyPort: number;
}

/** HTML, styles and pictures are served as they are written; scripts as they were built. */
const SOURCES = fileURLToPath(new URL('../../../demo-host/', import.meta.url));
const SCRIPTS = fileURLToPath(new URL('../../browser-demo/', import.meta.url));
const PAGES: Readonly<Record<string, string>> = {
  '/': 'home/home',
  '/viewer': 'viewer/viewer',
  '/dashboard': 'dashboard/dashboard',
  '/mail': 'mail/mail',
  '/mail/calendar': 'mail/calendar',
  '/mail/contacts': 'mail/contacts',
  '/mail/received': 'mail/received',
  '/console': 'console/console',
  '/two': 'two/two',
  '/help': 'help/help',
  '/theme': 'theme/theme',
  '/playground': 'playground/playground',
};
/** What stands in several pages, by its place: `{{suite-bar}}`. */
const PARTS = { 'suite-bar': 'mail/suite-bar.html' } as const;

/** The demo host: pages and a back end, as a customer of Parley has them. */
export function demoApp({ parleyPort, ...api }: DemoAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
    next();
  });
  app.use('/api', demoApi(api));
  app.use(
    '/assets',
    express.static(SCRIPTS, { index: false, redirect: false, setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache') }),
  );
  app.get('/assets/themes/:name.css', (request, response) => sendTheme(response, request.params.name));
  app.get('/assets/:name.css', (request, response) => sendStyle(response, request.params.name));

  for (const [address, name] of Object.entries(PAGES)) {
    const html = withParts(readFileSync(`${SOURCES}${name}.html`, 'utf8'));
    app.get(address, (request, response) => {
      // The page must ask for Parley by the name it was itself asked for: to a browser, localhost and 127.0.0.1 are two.
      const at = (port: number) => `http://${request.hostname === '127.0.0.1' ? '127.0.0.1' : 'localhost'}:${String(port)}`;
      const [parley, network] = [at(parleyPort), at(api.network.port)];
      const policy = securityPolicy(parley, html.includes('{{network}}') ? network : undefined);
      response.set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' });
      response.type('html').send(html.replaceAll('{{parley}}', parley).replaceAll('{{network}}', network));
    });
  }
  app.get('/favicon.svg', (_request, response) => response.sendFile(`${SOURCES}page/favicon.svg`));
  app.use((_request, response) => void response.status(404).type('text/plain').send('There is no such page. The demo starts at /.'));
  return app;
}

function withParts(html: string): string {
  return Object.entries(PARTS).reduce(
    (whole, [place, file]) => whole.replace(`{{${place}}}`, readFileSync(`${SOURCES}${file}`, 'utf8')),
    html,
  );
}

const STYLES: Readonly<Record<string, string>> = {
  layout: 'page/layout.css',
  home: 'home/home.css',
  viewer: 'viewer/viewer.css',
  dashboard: 'dashboard/dashboard.css',
  mail: 'mail/mail.css',
  'mail-pages': 'mail/mail-pages.css',
  'mail-narrow': 'mail/mail-narrow.css',
  console: 'console/console.css',
  'console-narrow': 'console/console-narrow.css',
  policies: 'page/policies.css',
  two: 'two/two.css',
  workbench: 'page/workbench.css',
};

/** As a host does that copies a theme out of the package. */
const THEMES: readonly string[] = ['reading-room', 'webmail', 'control-room'];

function sendTheme(response: Response, name: string): void {
  if (!THEMES.includes(name)) return void response.status(404).end();
  response.set('Cache-Control', 'no-cache').sendFile(fileURLToPath(import.meta.resolve(`parley-chat/themes/${name}.css`)));
}

function sendStyle(response: Response, name: string): void {
  const file = Object.hasOwn(STYLES, name) ? STYLES[name] : undefined;
  if (file === undefined) return void response.status(404).end();
  response.set('Cache-Control', 'no-cache').sendFile(`${SOURCES}${file}`);
}
