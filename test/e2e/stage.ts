import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.js';
import type { ServerProcess } from '../support/server-process.js';
import { freePort, newSecret, startServerProcess } from '../support/server-process.js';
import type { HostPage } from './host-page.js';
import { startHostPage } from './host-page.js';
import { untilReady } from './visitor.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Long enough for a busy machine; nothing waits so long that works. */
export const PATIENCE = 30_000;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
}

export interface SignInOptions {
  /** Parameters of the host's page. */
  attributes?: Record<string, string>;
  context?: BrowserContextOptions;
  /** Before the first page is opened. */
  prepare?: (context: BrowserContext) => Promise<void>;
}

/** A real server process, a host on its own origin, and browsers: what an end-to-end test acts on. */
export class Stage {
  readonly #data: string;
  readonly #port: number;
  readonly #secret: string;
  readonly #browser: Browser;
  readonly #env: Record<string, string>;
  readonly #contexts: BrowserContext[] = [];
  readonly #claims = new Map<string, Record<string, unknown>>();
  readonly #signedOut = new Set<string>();
  #server: ServerProcess | null = null;
  #host: HostPage | null = null;
  /** Where browsers reach the server; a test may put a proxy there before the first page is opened. */
  parley: string;

  private constructor(data: string, port: number, browser: Browser, env: Record<string, string>) {
    this.#data = data;
    this.#env = env;
    this.#port = port;
    this.#secret = newSecret();
    this.#browser = browser;
    this.parley = `http://127.0.0.1:${String(port)}`;
  }

  /** `env`: settings of the server besides those that it needs. */
  static async open(browser: Browser, env: Record<string, string> = {}): Promise<Stage> {
    const stage = new Stage(await mkdtemp(join(tmpdir(), 'parley-e2e-')), await freePort(), browser, env);
    stage.#host = await startHostPage({
      parley: () => stage.parley,
      secret: stage.#secret,
      claims: (user, tenant) => stage.#claims.get(`${tenant} ${user}`) ?? {},
      signedIn: (user, tenant) => !stage.#signedOut.has(`${tenant} ${user}`),
    });
    try {
      await stage.startServer();
    } catch (error) {
      // Nobody could close it who was never given it, and a page that is still served keeps the tests from ending.
      await stage.close();
      throw error;
    }
    return stage;
  }

  get port(): number {
    return this.#port;
  }

  /** `nodeArguments`: for the process, such as a module that is imported first. */
  async startServer(nodeArguments: readonly string[] = []): Promise<void> {
    this.#server = await startServerProcess({
      nodeArguments,
      data: this.#data,
      port: this.#port,
      secret: this.#secret,
      env: { PARLEY_ORIGINS: this.#host?.origin ?? '', PARLEY_LOG_LEVEL: 'warn', ...this.#env },
    });
  }

  async killServer(): Promise<void> {
    await this.#server?.stop('SIGKILL');
  }

  /** The host's page of this user in a browser context of its own, signed in and ready. */
  async signIn(user: string, options: SignInOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext(options.context);
    await options.prepare?.(context);
    context.setDefaultTimeout(PATIENCE);
    this.#contexts.push(context);
    const page = await context.newPage();
    await page.goto(this.#host?.address(user, options.attributes) ?? '');
    await untilReady(page);
    return page;
  }

  /** Of the host's page of this user, for a browser that the test opens itself. */
  address(user: string, attributes: Record<string, string> = {}): string {
    return this.#host?.address(user, attributes) ?? '';
  }

  get secret(): string {
    return this.#secret;
  }

  /** What the host's back end puts into this person's tokens from now on, besides the name. */
  claim(tenant: string, user: string, claims: Record<string, unknown>): void {
    this.#claims.set(`${tenant} ${user}`, claims);
  }

  /** The host's back end gives no tokens for this person any more. */
  signOut(tenant: string, user: string): void {
    this.#signedOut.add(`${tenant} ${user}`);
  }

  /** Closes the browsers of all who are signed in. */
  async signOutAll(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.signOutAll();
    await this.#host?.close();
    await this.#server?.stop('SIGTERM');
    await rm(this.#data, { recursive: true, force: true });
  }
}

/** What axe finds in the page as it stands, in words. The policy of the page does not hold for it: it is given through the debugger. */
export async function violationsOf(page: Page, context: string | null = null): Promise<string[]> {
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async (selector) => {
    interface Axe {
      run(
        context: unknown,
        options: unknown,
      ): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }>;
    }
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(selector ?? document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`));
  }, context);
}
