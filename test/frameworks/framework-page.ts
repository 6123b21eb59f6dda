import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, symlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { prepareFixture, ROOT } from '../support/fixture.js';
import { freePort, newSecret, signToken, startServerProcess, type ServerProcess } from '../support/server-process.js';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const run = promisify(execFile);

/** The frameworks, installed, with Parley among their packages as it is built here. */
export function prepareFrameworks(): string {
  const folder = prepareFixture('frameworks');
  for (const one of [folder, prepareFixture('frameworks/react-18')]) {
    const link = path.join(one, 'node_modules/parley-chat');
    if (!existsSync(link)) symlinkSync(ROOT, link);
  }
  return folder;
}

/** Runs a tool of the frameworks' folder; what it says is in the error when it fails. */
export async function runTool(folder: string, tool: string, ...args: string[]): Promise<void> {
  try {
    await run(process.execPath, [path.join(folder, 'node_modules', tool), ...args], { cwd: folder });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${tool} ${args.join(' ')}:\n${stdout}${stderr}`);
  }
}

/** The pages of the hosts, each built by Vite and served from an origin of its own, and a real Parley server. */
export class FrameworkPages {
  readonly #folder: string;
  readonly #built: string;
  readonly #site: Server;
  readonly #parley: ServerProcess;

  private constructor(folder: string, built: string, site: Server, parley: ServerProcess) {
    this.#folder = folder;
    this.#built = built;
    this.#site = site;
    this.#parley = parley;
  }

  static async open(folder: string): Promise<FrameworkPages> {
    const built = await mkdtemp(path.join(tmpdir(), 'parley-frameworks-'));
    const secret = newSecret();
    const site = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
      const user = searchParams.get('user') ?? '';
      if (pathname === '/token')
        return void signToken(secret, user, {
          name: user.replace(/^./, (letter) => letter.toUpperCase()),
          tenant: searchParams.get('tenant') ?? '',
        }).then((token) => response.end(token));
      const file = path.join(built, path.normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
      readFile(file).then(
        (content) => response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream').end(content),
        () => response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end(),
      );
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const env = { PARLEY_ORIGINS: originOf(site), PARLEY_LOG_LEVEL: 'warn' };
    const parley = await startServerProcess({ data: path.join(built, 'data'), port: await freePort(), secret, env });
    return new FrameworkPages(folder, built, site, parley);
  }

  build(framework: string): Promise<void> {
    const out = path.join(this.#built, framework);
    return runTool(
      this.#folder,
      'vite/bin/vite.js',
      'build',
      framework,
      '--config',
      'vite.config.mjs',
      '--base',
      `/${framework}/`,
      '--outDir',
      out,
    );
  }

  address(framework: string, user: string): string {
    return `${originOf(this.#site)}/${framework}/?${new URLSearchParams({ user, tenant: framework, server: this.#parley.url }).toString()}`;
  }

  async close(): Promise<void> {
    this.#site.closeAllConnections();
    this.#site.close();
    await this.#parley.stop('SIGTERM');
    await rm(this.#built, { recursive: true, force: true });
  }
}

function originOf(site: Server): string {
  return `http://127.0.0.1:${String((site.address() as AddressInfo).port)}`;
}
