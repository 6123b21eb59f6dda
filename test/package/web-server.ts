import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

/** As strict as hosts are: scripts of the page's own origin, and nothing in the page itself. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'";

/** Serves a folder under that policy; any address `/page?<script>` is an empty page that loads the script. */
export async function serve(folder: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://host');
    const file = path.join(folder, pathname);
    response.setHeader('content-security-policy', POLICY);
    if (pathname === '/page') {
      const script = decodeURIComponent(search.slice(1));
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<!doctype html><html lang="en"><title>host</title><body><div id="root"></div><script type="module" src="${script}"></script>`,
      );
    } else if (file.startsWith(folder) && existsSync(file)) {
      response.setHeader('content-type', 'text/javascript');
      response.end(readFileSync(file));
    } else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
