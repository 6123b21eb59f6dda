import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { v4 } from 'uuid';
import { PROTOCOL_VERSION } from '#protocol';
import { CHROMIUM_ARGS, ensureChromium } from '../../support/chromium.js';
import type { ServerProcess } from '../../support/server-process.js';
import { freePort, newSecret, signToken, startServerProcess } from '../../support/server-process.js';
import type { Row } from '../report.js';
import { guarded, startRelay, type Subject } from '../subjects.js';
import { WireClient } from '../wire.js';
import type { Pages } from './pages.js';
import { servePages } from './pages.js';
import { bundlePlainPage } from './plain-bundle.js';
import type { Filled } from './store.js';
import { fillStore } from './store.js';

export interface Effort {
  /** How often a figure is measured that varies. */
  rounds: number;
  /** Entries that are walked back to, scrolled through and held. */
  entries: number;
  /** How long nothing happens, in seconds. */
  idle: number;
}

/** What is measured together, because one stage does for it. */
export type Scenario = (ground: BrowserGround, effort: Effort) => Promise<Row[]>;

/** A page with a debugger at it. */
export interface Seen {
  page: Page;
  debug: CDPSession;
  close(): Promise<void>;
}

const LARGE = 100_000;
const SMALL = 100;

/** A server with a conversation of 100,000 entries and two of 100, a bare relay, a host's pages and a browser, for all scenarios of a run. */
export class BrowserGround {
  readonly browser: Browser;
  readonly plainScript: string;
  /** Of 100,000 entries. */
  readonly large: Filled;
  /** Of 100. */
  readonly small: Filled;
  /** Another of 100, opened before what is measured so that its code is there. */
  readonly first: Filled;
  readonly #parley: ServerProcess;
  readonly #relay: Subject;
  readonly #pages: Pages;
  readonly #data: string;
  readonly #secret: string;
  readonly #senders: WireClient[] = [];

  private constructor(
    stores: readonly [Filled, Filled, Filled],
    parts: { browser: Browser; plainScript: string; parley: ServerProcess; relay: Subject; pages: Pages; data: string; secret: string },
  ) {
    [this.large, this.small, this.first] = stores;
    ({
      browser: this.browser,
      plainScript: this.plainScript,
      parley: this.#parley,
      relay: this.#relay,
      pages: this.#pages,
      data: this.#data,
      secret: this.#secret,
    } = parts);
  }

  /** `entries`: of the large conversation. */
  static async open(entries = LARGE): Promise<BrowserGround> {
    const data = await mkdtemp(join(tmpdir(), 'parley-bench-'));
    const [port, secret] = [await freePort(), newSecret()];
    const [plainScript, [large, small, first]] = await Promise.all([bundlePlainPage(), fillStore(data, [entries, SMALL, SMALL])]);
    if (!large || !small || !first) throw new Error('no conversations');
    const pages = await servePages({ parley: () => `http://127.0.0.1:${String(port)}`, secret, plain: plainScript });
    const env = { PARLEY_ORIGINS: pages.origin, PARLEY_LOG_LEVEL: 'warn' };
    const [parley, relay, browser] = await Promise.all([
      startServerProcess({ data, port, secret, env }).then(guarded),
      startRelay(),
      chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS }),
    ]);
    return new BrowserGround([large, small, first], { browser, plainScript, parley, relay, pages, data, secret });
  }

  get relay(): string {
    return this.#relay.url;
  }

  /** A page of the host in a browser context of its own: nothing is in its cache. */
  async open(path: string): Promise<Seen> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const debug = await context.newCDPSession(page);
    // Time of the processor: that of the clock would count what the neighbours take.
    await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${this.#pages.origin}${path}`);
    return { page, debug, close: () => context.close() };
  }

  /** The same, signed in as ann. */
  async signIn(path: string): Promise<Seen> {
    const seen = await this.open(path);
    await seen.page.waitForFunction(() => document.querySelector('parley-session')?.client?.connection.state === 'ready');
    return seen;
  }

  /** Bob, who is in no browser: at the server, or at the bare relay. */
  async sender(at: 'parley' | 'relay'): Promise<WireClient> {
    const about = { token: await signToken(this.#secret, 'bob'), protocol: PROTOCOL_VERSION, device: v4(), as: 'bob' };
    const client = await WireClient.connect(at === 'parley' ? this.#parley.url : this.relay, 'bob', about);
    this.#senders.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const sender of this.#senders) sender.close();
    await this.browser.close();
    await this.#pages.close();
    await this.#relay.stop();
    await this.#parley.stop('SIGTERM');
    await rm(this.#data, { recursive: true, force: true });
  }
}
