import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { signToken } from '../../support/server-process.js';

/** A host's own origin with the pages that are measured. */
export interface Pages {
  readonly origin: string;
  close(): Promise<void>;
}

export interface PagesOptions {
  /** Address of the Parley server; asked when a page is served. */
  parley: () => string;
  secret: string;
  /** The script of the plain page. */
  plain: string;
}

const STYLE = '<style>body { margin: 0; font: 14px sans-serif; } td { padding: 2px 8px; }</style>';
const PROBE = '<script type="module" src="/page/probe.js"></script>';

function documentOf(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${STYLE}${PROBE}</head><body>${body}</body></html>`;
}

/** The module is imported by a script and not named by the page, so that the clock starts when it is asked for. */
function scripted(body: string, module: string, before: string, after = ''): string {
  return documentOf(`${body}<script type="module">${before}
window.probe.started = performance.now();
await import(${JSON.stringify(module)});
${after}
</script>`);
}

/** `badges`: how many colleagues have a badge in the page, u0 and up. `panel`: whether there is one, and open. */
function parleyPage(parley: string, parameters: URLSearchParams): string {
  const badges = Array.from({ length: Number(parameters.get('badges') ?? 0) }, (_, index) => {
    const user = `u${String(index)}`;
    return `<tr><td>${user}</td><td><parley-presence-badge user="${user}"></parley-presence-badge></td></tr>`;
  });
  const panel = parameters.has('panel') ? '<parley-chat-panel open></parley-chat-panel>' : '';
  const body = `<div id="host"><parley-launcher>Chat</parley-launcher><table>${badges.join('')}</table>
<parley-session server="${parley}" idle-after="600"></parley-session>${panel}</div>`;
  return scripted(
    body,
    `${parley}/parley/parley.js`,
    `document.querySelector('parley-session').token = async () => (await fetch('/token?user=ann')).text();
const marked = (badge) => badge.shadowRoot?.querySelector('.mark');
window.probe.usable = window.probe.until(() => [...document.querySelectorAll('parley-presence-badge')].every(marked)${panel && ` && window.probe.find('[role="combobox"]')`})
  .then(() => performance.now() - window.probe.started);`,
  );
}

/** `server`: the relay that it connects to. `list`: how many messages it shows then. */
function plainPage(parameters: URLSearchParams): string {
  const server = parameters.get('server');
  const count = String(Number(parameters.get('list') ?? 0));
  const acts = `
const list = document.createElement('plain-list');
document.querySelector('#host').append(list);
await list.connect(${JSON.stringify(server)});
list.fill(${count});
await window.probe.painted();
tell(performance.now() - window.probe.started);`;
  const before = 'let tell; window.probe.usable = new Promise((resolve) => { tell = resolve; });';
  return scripted('<div id="host"></div>', '/plain.js', before, server === null ? '' : acts);
}

export async function servePages({ parley, secret, plain }: PagesOptions): Promise<Pages> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    const say = (type: string, body: string): void => void response.setHeader('Content-Type', `${type}; charset=utf-8`).end(body);
    if (pathname === '/empty') say('text/html', documentOf(''));
    else if (pathname === '/parley') say('text/html', parleyPage(parley(), searchParams));
    else if (pathname === '/plain') say('text/html', plainPage(searchParams));
    else if (pathname === '/plain.js') say('text/javascript', plain);
    else if (pathname === '/token') void signToken(secret, searchParams.get('user') ?? '').then((token) => say('text/plain', token));
    else if (/^\/page\/[\w-]+\.js$/.test(pathname)) {
      void readFile(new URL(`.${pathname}`, import.meta.url), 'utf8').then((script) => say('text/javascript', script));
    } else response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
