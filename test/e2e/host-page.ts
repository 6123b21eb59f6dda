import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { signToken } from '../support/server-process.js';
import { HELP, wholeHost } from './whole-host.js';

export interface HostPageOptions {
  /** Where the browser reaches the Parley server; may lie behind a proxy. */
  parley: () => string;
  secret: string;
  /** What the token of this user says besides their name. */
  claims?: (user: string, tenant: string) => Record<string, unknown>;
  /** Whether the host still has them signed in; without it everybody is. */
  signedIn?: (user: string, tenant: string) => boolean;
}

/** A host application as small as it can be, on an origin of its own, with the strictest policy under which Parley promises to work. */
export interface HostPage {
  readonly origin: string;
  /** The page of one user; `attributes` go to the root element, such as `dir="rtl"`. */
  address(user: string, attributes?: Record<string, string>): string;
  close(): Promise<void>;
}

/** Eyes that a test has inside the page. */
export interface HostEyes {
  /** Keys whose press reached the host's own listeners. The release of one that moved the focus goes to whoever has it then. */
  keys: string[];
  /** What the browser refused because of the policy. */
  violations: string[];
  /** Errors that nobody caught. */
  errors: string[];
  /** Items that the host was asked to open. */
  opened: string[];
  /** Sets the host's current item and tells Parley. */
  show(id: string | null): void;
  /** Gives the tokens of this user, as the host of the next person at the workstation does. */
  tokenOf(user: string, tenant?: string): () => Promise<string>;
}

declare global {
  interface Window {
    eyes: HostEyes;
  }
}

const STUDIES: Record<string, { title: string; subtitle: string }> = {
  'study-1': { title: 'CT chest', subtitle: '12 March, 14:05' },
  'study-2': { title: 'MR head', subtitle: '13 March, 09:30' },
};

/** Runs in the page. Written as text because the policy admits no inline script and the page no bundler. */
const SCRIPT = `
const { search } = location;
const eyes = { keys: [], violations: [], errors: [], opened: [], show(id) { current = id; chat.client?.host.refresh(); }, tokenOf };
window.eyes = eyes;
let current = null;
async function token(parameters) {
  const answer = await fetch('/token?' + parameters);
  if (!answer.ok) throw new Error('signed out');
  return answer.text();
}
function tokenOf(user, tenant = new URLSearchParams(search).get('tenant') ?? 'test') {
  return () => token(new URLSearchParams({ user, tenant }));
}
const studies = ${JSON.stringify(STUDIES)};
const chat = document.querySelector('parley-session');
addEventListener('securitypolicyviolation', (event) => eyes.violations.push(event.violatedDirective + ' ' + event.blockedURI));
addEventListener('error', (event) => eyes.errors.push(event.message));
addEventListener('unhandledrejection', (event) => eyes.errors.push(String(event.reason)));
for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, (event) => eyes.keys.push(event.key));
chat.token = () => token(search.slice(1));
chat.host = {
  study: {
    noun: 'examination',
    getCurrent: () => (current === null ? null : { kind: 'study', id: current }),
    resolve: async ({ id }) => studies[id] ?? { denied: true },
    open: ({ id }) => { eyes.opened.push(id); },
  },
};
`;

const STYLE = `
:root { color-scheme: light dark; font-family: sans-serif; }
body { margin: 0; display: flex; flex-direction: column; min-height: 100vh; background: Canvas; color: CanvasText; }
header { display: flex; gap: 1rem; padding: 0.5rem; }
main { flex: 1; padding: 1rem; }
`;

function page(parley: string, parameters: URLSearchParams): string {
  const root = [...parameters]
    .filter(([name]) => name === 'dir' || name === 'lang' || name === 'data-parley-theme')
    .map(([name, value]) => ` ${name}="${encodeURIComponent(value)}"`);
  const lang = parameters.has('lang') ? '' : ' lang="en"';
  const body = parameters.has('whole') ? wholeHost(parley, parameters) : bareHost(parley);
  return `<!doctype html>
<html${lang}${[...root].join('')}>
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>A host</title>
    <link rel="stylesheet" href="/host.css" />
    <script type="module" src="/host.js"></script>
    <script type="module" src="${parley}/parley/parley.js"></script>
  </head>
  <body>${body}</body>
</html>`;
}

function bareHost(parley: string): string {
  return `
    <header><h1>A host</h1><button id="before">Before</button><parley-launcher>Chat</parley-launcher></header>
    <main><label>Notes <input id="notes" /></label></main>
    <parley-session server="${parley}"></parley-session>
    <parley-chat-panel></parley-chat-panel>
  `;
}

function policy(parley: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self' ${parley}`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `connect-src 'self' ${parley} ${parley.replace('http', 'ws')}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types parley`,
  ].join('; ');
}

export async function startHostPage({ parley, secret, claims = () => ({}), signedIn = () => true }: HostPageOptions): Promise<HostPage> {
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    const say = (type: string, body: string) => response.setHeader('Content-Type', `${type}; charset=utf-8`).end(body);
    if (pathname === '/') {
      response.setHeader('Content-Security-Policy', policy(parley()));
      const embedder = searchParams.get('embedder');
      if (embedder !== null) {
        response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
        response.setHeader('Cross-Origin-Embedder-Policy', embedder);
      }
      say('text/html', page(parley(), searchParams));
    } else if (pathname === '/host.js') say('text/javascript', SCRIPT);
    else if (pathname === '/host.css') say('text/css', STYLE);
    else if (pathname === '/help') say('text/html', HELP);
    else if (pathname === '/token') {
      const user = searchParams.get('user') ?? '';
      const tenant = searchParams.get('tenant') ?? 'test';
      if (!signedIn(user, tenant)) return void response.writeHead(401).end();
      const name = user.replace(/^./, (letter) => letter.toUpperCase());
      const said = { tenant, name, organisation: 'St. Anna', ...claims(user, tenant) };
      void signToken(secret, user, said).then((token) => say('text/plain', token));
    } else response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `http://127.0.0.1:${String(address.port)}`;
  return {
    origin,
    address: (user, attributes = {}) => `${origin}/?${new URLSearchParams({ user, ...attributes }).toString()}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
