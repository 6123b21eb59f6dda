import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, PATIENCE } from '../e2e/stage.js';
import { startServer, type TestServer } from '../support/server.js';
import { snippet, snippets, where } from './documents.js';

/** What the documents take as given in a page: the host's own viewer. */
const VIEWER = `window.viewer = Object.assign(new EventTarget(), {
  current: { uid: '1.2.840.1' },
  open() {},
  lookUp: async () => ({ description: 'CT chest', date: 'today' }),
});`;
const TOKEN = `const chat = document.querySelector('parley-session'); chat.token = async () => (await fetch('/chat-token')).text();`;
const DOCUMENTED = 'https://chat.example.org';

describe('snippets of pages', { timeout: 120_000 }, () => {
  let server: TestServer;
  let browser: Browser;
  let host: Server;
  let origin = '';
  const pages = new Map<string, { html: string; policy?: string }>();

  before(async () => {
    host = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', origin);
      const page = pages.get(pathname);
      response.setHeader('content-type', page ? 'text/html; charset=utf-8' : 'text/javascript');
      if (page?.policy !== undefined) response.setHeader('content-security-policy', page.policy);
      if (page) response.end(page.html);
      else if (pathname === '/chat-token') void server.token('mark').then((token) => response.end(token));
      else if (pathname === '/viewer.js') response.end(VIEWER);
      else if (pathname === '/token.js') response.end(TOKEN);
      else response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
    origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    [server, browser] = await Promise.all([startServer({ origins: [origin] }), launch()]);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    host?.close();
  });

  const here = (text: string): string =>
    text.replaceAll(DOCUMENTED, server.url).replaceAll(DOCUMENTED.replace('https', 'wss'), server.url.replace('http', 'ws'));

  /** Opens the page, waits until somebody is signed in, and gives what the console complained of. */
  async function visit(body: string, policy?: string): Promise<string[]> {
    const html = `<!doctype html><html lang="en"><head><title>Host</title></head><body><script src="/viewer.js"></script>${body}</body></html>`;
    pages.set('/', policy === undefined ? { html } : { html, policy });
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()));
    await page.goto(origin);
    await page.waitForFunction(() => {
      const session = document.querySelector('parley-session') as { client?: { connection?: { state?: string } } } | null;
      return session?.client?.connection?.state === 'ready';
    });
    const launcher = page.locator('parley-launcher').first();
    await launcher.click();
    await page.locator('parley-chat-panel').getByRole('button', { name: 'Settings' }).waitFor();
    await context.close();
    return complaints;
  }

  const minimal = (more = ''): string =>
    here(
      `<script type="module" src="${DOCUMENTED}/parley/parley.js"></script><parley-session server="${DOCUMENTED}"></parley-session>
       <parley-launcher>Chat</parley-launcher><parley-chat-panel></parley-chat-panel><script type="module" src="/token.js"></script>${more}`,
    );

  for (const one of snippets('html'))
    it(`${where(one)} is a page that signs in and opens its chat, and the console has nothing to say`, async () => {
      const whole = one.text.includes('<parley-session');
      assert.deepEqual(await visit(whole ? here(one.text) : minimal(one.text)), []);
    });

  it('the content security policy of the guide lets the chat in, and needs nothing else', async () => {
    const policy = here(snippet('widgets/README.md', 'text', 'script-src')).trim();
    assert.deepEqual(await visit(minimal(), `default-src 'none'; ${policy.replace('connect-src', "connect-src 'self'")}`), []);
  });

  it('a page that is wrong is found', async () => {
    const complaints = await visit(minimal('<script type="module">nothing.of("this kind");</script>'));
    assert.match(complaints.join('\n'), /nothing is not defined/);
  });
});
