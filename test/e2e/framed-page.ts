import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** What the outer page did and was told. */
export interface OuterEyes {
  opened: string[];
  resolved: string[];
  tokens: string[];
  focus: boolean[];
  unread: number;
  connected: number;
  /** Sets the current item and tells the bridge. */
  show(id: string | null): void;
  bridge: { lock(): void; unlock(): void; end(): void; focus(): void; dispose(): void; readonly connected: boolean };
  /** Another bridge to the same frame. */
  again(): void;
  /** The chat in a window of its own. */
  openWindow(): void;
}

export interface InnerEyes {
  connected: number;
  failed: string[];
}

declare global {
  interface Window {
    outerEyes: OuterEyes;
    innerEyes: InnerEyes;
  }
}

/** Three origins: a host, the page with the chat that it has in a frame, and somebody else. */
export interface FramedPages {
  readonly outer: string;
  readonly inner: string;
  readonly evil: string;
  close(): Promise<void>;
}

/** The modules as they are built, without a bundler. */
const MODULES = path.join(import.meta.dirname, '../..');

const OUTER = (inner: string): string => `
import { createOuterBridge } from '/dist/sdk/adapters/iframe/index.js';
let current = null;
const host = {
  study: {
    noun: 'examination',
    icon: 'study',
    getCurrent: () => (current === null ? null : { kind: 'study', id: current }),
    resolve: ({ id }) => { eyes.resolved.push(id); return id === '1.9' ? { denied: true } : { title: 'CT of ' + id }; },
    open: ({ id }) => { eyes.opened.push(id); },
  },
};
const options = {
  origin: ${JSON.stringify(inner)},
  host,
  token: async ({ reason }) => { eyes.tokens.push(reason); return (await fetch('/token')).text(); },
  onFocus: (inside) => eyes.focus.push(inside),
  onUnread: (unread) => { eyes.unread = unread; },
  onConnected: () => { eyes.connected += 1; },
};
const frame = document.querySelector('iframe');
const eyes = (window.outerEyes = {
  opened: [], resolved: [], tokens: [], focus: [], unread: 0, connected: 0,
  show(id) { current = id; eyes.bridge.refresh(); },
  bridge: createOuterBridge({ ...options, frame }),
  again() { eyes.bridge = createOuterBridge({ ...options, frame }); },
  openWindow() { eyes.bridge = createOuterBridge({ ...options, frame: window.open(options.origin + '/?opened') }); },
});
`;

const INNER = (outer: string): string => `
import { createInnerBridge } from '/dist/sdk/adapters/iframe/index.js';
const eyes = (window.innerEyes = { connected: 0, failed: [] });
const chat = document.querySelector('parley-session');
const panel = document.querySelector('parley-chat-panel');
createInnerBridge({
  origins: [${JSON.stringify(outer)}],
  onFocus: () => panel.focus(),
  ...(location.search === '?opened' ? { outer: window.opener } : {}),
}).then((bridge) => {
  eyes.connected += 1;
  chat.token = bridge.token;
  chat.host = bridge.host;
  bridge.attach(chat.client);
  panel.addEventListener('parley-focus-enter', () => bridge.tellFocus(true));
  panel.addEventListener('parley-focus-leave', () => bridge.tellFocus(false));
  chat.addEventListener('parley-unread-change', ({ detail }) => bridge.tellUnread(detail.unread));
}, (error) => eyes.failed.push(error.code));
`;

/** `token`: of the user at the outer page. The policies are the strictest under which the bridge promises to work. */
export async function serveFramedPages(token: () => Promise<string>): Promise<FramedPages & { parley: string }> {
  const pages = { outer: '', inner: '', evil: '', parley: '' };
  const servers: Server[] = [];
  const serve = async (answer: (pathname: string, response: ServerResponse) => void | Promise<void>): Promise<string> => {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://host');
      const served = pathname.startsWith('/dist/') ? giveModule(pathname, response) : answer(pathname, response);
      Promise.resolve(served).catch(() => response.writeHead(404).end());
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  };
  pages.outer = await serve(async (pathname, response) => {
    if (pathname === '/token') response.end(await token());
    else if (pathname === '/blank') page(response, '', '');
    else if (pathname === '/host.js') response.setHeader('content-type', 'text/javascript').end(OUTER(pages.inner));
    else if (pathname === '/')
      page(
        response,
        `default-src 'none'; script-src 'self'; connect-src 'self'; frame-src ${pages.inner} ${pages.evil}`,
        `<button id="before">Before</button><iframe width="600" height="650" src="${pages.inner}/"></iframe><script type="module" src="/host.js"></script>`,
      );
    else response.writeHead(404).end();
  });
  pages.inner = await serve((pathname, response) => {
    if (pathname === '/chat.js') return void response.setHeader('content-type', 'text/javascript').end(INNER(pages.outer));
    if (pathname === '/blank') return page(response, '', '');
    if (pathname === '/chat.css')
      return void response
        .setHeader('content-type', 'text/css')
        .end('html, body { height: 100%; margin: 0; } parley-chat-panel { height: 100%; }');
    if (pathname !== '/') return void response.writeHead(404).end();
    const { parley } = pages;
    page(
      response,
      `default-src 'none'; script-src 'self' ${parley}; style-src 'self'; img-src 'self' data:; frame-src ${pages.evil} ${pages.outer}; connect-src ${parley} ${parley.replace('http', 'ws')}; require-trusted-types-for 'script'; trusted-types parley`,
      `<link rel="stylesheet" href="/chat.css" /><parley-session server="${parley}"></parley-session><parley-chat-panel placement="page" open></parley-chat-panel>
       <script type="module" src="${parley}/parley/parley.js"></script><script type="module" src="/chat.js"></script>`,
    );
  });
  pages.evil = await serve((_pathname, response) => page(response, '', '<title>Evil</title>'));
  return {
    get outer() {
      return pages.outer;
    },
    get inner() {
      return pages.inner;
    },
    get evil() {
      return pages.evil;
    },
    get parley() {
      return pages.parley;
    },
    set parley(url: string) {
      pages.parley = url;
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function page(response: ServerResponse, policy: string, body: string): void {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  if (policy !== '') response.setHeader('content-security-policy', policy);
  response.end(`<!doctype html><html lang="en"><title>A page</title><body>${body}</body></html>`);
}

async function giveModule(pathname: string, response: ServerResponse): Promise<void> {
  if (!/^\/dist\/sdk\/[\w./-]+\.js$/.test(pathname) || pathname.includes('..')) return void response.writeHead(404).end();
  const text = await readFile(path.join(MODULES, pathname.slice('/dist/'.length)));
  response.setHeader('content-type', 'text/javascript').end(text);
}
