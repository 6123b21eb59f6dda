import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Express, Response } from 'express';
import { demoApi } from './api.js';
import { securityPolicy } from './security-policy.js';

export interface DemoAppOptions {
  secret: string;
  archive: string;
  parleyPort: number;
}

/** HTML, styles and pictures are served as they are written; scripts as they were built. */
const SOURCES = fileURLToPath(new URL('../../../demo-host/', import.meta.url));
const SCRIPTS = fileURLToPath(new URL('../../browser-demo/', import.meta.url));
const PAGES = { '/': 'home', '/viewer': 'viewer', '/dashboard': 'dashboard', '/two': 'two' } as const;

/** The demo host: pages and a back end, as a customer of Parley has them. */
export function demoApp({ secret, archive, parleyPort }: DemoAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
    next();
  });
  app.use('/api', demoApi({ secret, archive }));
  app.use(
    '/assets',
    express.static(SCRIPTS, { index: false, redirect: false, setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache') }),
  );
  app.get('/assets/:name.css', (request, response) => sendStyle(response, request.params.name));

  for (const [address, name] of Object.entries(PAGES)) {
    const html = readFileSync(`${SOURCES}${name}/${name}.html`, 'utf8');
    app.get(address, (request, response) => {
      // The page must ask for Parley by the name it was itself asked for: to a browser, localhost and 127.0.0.1 are two.
      const parley = `http://${request.hostname === '127.0.0.1' ? '127.0.0.1' : 'localhost'}:${String(parleyPort)}`;
      response.set({ 'Content-Security-Policy': securityPolicy(parley), 'Cache-Control': 'no-cache' });
      response.type('html').send(html.replaceAll('{{parley}}', parley));
    });
  }
  app.get('/favicon.svg', (_request, response) => response.sendFile(`${SOURCES}page/favicon.svg`));
  app.use((_request, response) => void response.status(404).type('text/plain').send('There is no such page. The demo starts at /.'));
  return app;
}

const STYLES: Readonly<Record<string, string>> = {
  layout: 'page/layout.css',
  home: 'home/home.css',
  viewer: 'viewer/viewer.css',
  dashboard: 'dashboard/dashboard.css',
  two: 'two/two.css',
};

function sendStyle(response: Response, name: string): void {
  const file = Object.hasOwn(STYLES, name) ? STYLES[name] : undefined;
  if (file === undefined) return void response.status(404).end();
  response.set('Cache-Control', 'no-cache').sendFile(`${SOURCES}${file}`);
}
