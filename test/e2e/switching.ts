import type { BrowserContext, Page, WebSocket } from 'playwright-core';
import type { Random } from '../support/random.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { collectDocument, findWords, readDocument, readPage } from './residue.js';
import { bring, OWN_WORD, SITUATIONS, type Act, type Situation } from './switch-acts.js';
import { type Cast, type Worker } from './switch-cast.js';
import { untilReady } from './visitor.js';

const WAYS = ['switch', 'end', 'lock'] as const;
type Way = (typeof WAYS)[number];

export interface Switching {
  switches: number;
  /** How often each situation was switched away from. */
  situations: Readonly<Record<Situation, number>>;
  words: number;
  frames: number;
  /** How often something of who leaves was on the page until then: where nothing was, nothing could be left. */
  shown: number;
  /** How often what they were in the middle of was to be seen, of those situations in which a word of theirs stands on the page. */
  reached: Readonly<Partial<Record<Situation, number>>>;
  /** What was found where it may not be; empty when all is well. */
  findings: string[];
}

interface Socket {
  user: string;
  frames: string[];
}

/**
 * One person after the other at one workstation, each torn away at a random point (G14). Longer than most files because a round is one: what is
 * done, what is looked at and what is counted of it.
 */
export class SharedWorkstation {
  readonly #page: Page;
  readonly #proxy: TcpProxy;
  readonly #cast: Cast;
  readonly #random: Random;
  readonly #findings: string[] = [];
  readonly #sockets: Socket[] = [];
  readonly #situations = Object.fromEntries(SITUATIONS.map((name) => [name, 0])) as Record<Situation, number>;
  /** What each person wrote, to be looked for under their name only. */
  readonly #written = new Map<string, string>();
  readonly #reached: Partial<Record<Situation, number>> = {};
  #frames = 0;
  #shown = 0;
  #now: Worker;

  constructor(page: Page, proxy: TcpProxy, cast: Cast, random: Random, first: Worker) {
    this.#page = page;
    this.#proxy = proxy;
    this.#cast = cast;
    this.#random = random;
    this.#now = first;
    this.#listen(page);
  }

  get #context(): BrowserContext {
    return this.#page.context();
  }

  async run(count: number, say: (line: string) => void = () => undefined): Promise<Switching> {
    // Each situation comes up before any comes again.
    let left: Situation[] = [];
    for (let round = 1; round <= count && this.#findings.length < 20; round += 1) {
      if (left.length === 0) left = [...SITUATIONS];
      const [situation = 'reading'] = left.splice(this.#random.below(left.length), 1);
      const next = this.#random.pick(this.#cast.workers.filter((worker) => worker !== this.#now));
      const way = this.#random.pick(WAYS);
      this.#situations[situation] += 1;
      const before = this.#findings.length;
      await this.#round(situation, way, next).catch((error: unknown) => this.#findings.push(String(error)));
      for (let at = before; at < this.#findings.length; at += 1)
        this.#findings[at] = `switch ${String(round)} (${situation}, ${way}): ${this.#findings[at] ?? ''}`;
      if (round % 50 === 0) say(`${String(round)} switches, ${String(this.#frames)} frames`);
    }
    await this.#checkAuthors();
    const { length: switches } = Object.values(this.#situations).flatMap((times) => Array.from({ length: times }));
    return {
      switches,
      situations: this.#situations,
      words: this.#cast.words.size,
      frames: this.#frames,
      shown: this.#shown,
      reached: this.#reached,
      findings: this.#findings,
    };
  }

  async #round(situation: Situation, way: Way, next: Worker): Promise<void> {
    const { user, tenant, chat, ward } = this.#now;
    const word = () => this.#cast.words.make(user);
    // Written where others of the workstation read, too.
    const shared = this.#cast.workers.filter((worker) => worker.tenant === tenant).map((worker) => worker.user);
    const act: Act = {
      situation,
      chat,
      ward,
      words: { draft: word(), own: this.#cast.words.make(...shared), sought: word(), call: word(), item: word() },
    };
    this.#written.set(act.words.own, user);
    if (situation === 'offline') await this.#proxy.close();
    if (situation === 'loading') await this.#reload();
    if (situation === 'ringing') this.#now.colleague.send(chat, { text: word() });
    const tab = situation === 'tab' ? await this.#otherTab() : null;
    await bring(this.#page, act);
    if (situation === 'resuming') this.#proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, this.#random.below(3) * 5));

    const words = () => this.#cast.words.foreignTo(next.user);
    const { before, ...shown } = await this.#leave(way, next);
    this.#count(situation, before ?? '', act, next);
    if (tab !== null) shown['the other tab'] = await this.#masked(tab);
    this.#findings.push(...findWords(shown, words()));
    if (situation === 'offline') await this.#proxy.open();
    this.#now = next;
    await this.#untilThere();
    if (situation === 'loading') await this.#page.unroute('**/parley-*');
    this.#findings.push(...findWords(await readPage(this.#page), words()));
    await tab?.close();
    this.#checkFrames();
  }

  #count(situation: Situation, before: string, { words }: Act, next: Worker): void {
    if (findWords({ before }, this.#cast.words.foreignTo(next.user)).length > 0) this.#shown += 1;
    const own = OWN_WORD[situation];
    if (own !== undefined) this.#reached[situation] = (this.#reached[situation] ?? 0) + (before.includes(words[own]) ? 1 : 0);
  }

  /** What the document shows until then, and in the frame after each step. */
  async #leave(way: Way, { user, tenant }: Worker): Promise<Record<string, string>> {
    const read = await this.#page.evaluateHandle(`(${collectDocument.toString()})`);
    return this.#page.evaluate(
      async ([collect, how, next]) => {
        const session = document.querySelector('parley-session');
        if (!session) throw new Error('there is no session element');
        const seen: Record<string, string> = { before: (collect as () => string)() };
        const look = async (step: string) => {
          await new Promise(requestAnimationFrame);
          seen[step] = (collect as () => string)();
        };
        const token = window.eyes.tokenOf(next.user, next.tenant);
        const sounds = (window.notifications ?? []).filter(({ closed }) => !closed);
        if (how === 'lock') {
          session.lock();
          await look('locked');
          session.token = token;
          session.unlock().catch(() => undefined);
          await look('unlocking');
        } else if (how === 'end') {
          void session.end();
          await look('ended');
        }
        void session.switchUser(token).catch(() => undefined);
        await look('switched');
        seen['notifications'] = JSON.stringify(sounds.filter(({ closed }) => !closed));
        return seen;
      },
      [read, way, { user, tenant }] as const,
    );
  }

  async #untilThere(): Promise<void> {
    const { user, tenant } = this.#now;
    await this.#page.evaluate(
      () =>
        void document
          .querySelector('parley-session')
          ?.client?.connect()
          .catch(() => undefined),
    );
    await this.#page.waitForFunction(
      ([who, where]) => {
        const client = document.querySelector('parley-session')?.client;
        const info = client?.session?.info;
        return client?.connection.state === 'ready' && info?.user.id === who && info.tenant === where;
      },
      [user, tenant] as const,
      { polling: 15 },
    );
  }

  /** A fresh page, whose lazy files come late. */
  async #reload(): Promise<void> {
    const address = new URL(this.#page.url());
    address.searchParams.set('user', this.#now.user);
    address.searchParams.set('tenant', this.#now.tenant);
    await this.#page.goto(address.href);
    await untilReady(this.#page);
    await this.#page.waitForFunction(() => customElements.get('parley-panel-body') !== undefined);
    await this.#page.route('**/parley-*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue().catch(() => undefined);
    });
  }

  async #otherTab(): Promise<Page> {
    const page = await this.#context.newPage();
    this.#listen(page);
    const address = new URL(this.#page.url());
    address.searchParams.set('user', this.#now.user);
    address.searchParams.set('tenant', this.#now.tenant);
    await page.goto(address.href);
    await untilReady(page);
    await this.#page.bringToFront();
    await page.evaluate((chat) => {
      document.querySelector('parley-chat-panel')?.show();
      document.querySelector('parley-session')?.client?.session?.open(chat);
    }, this.#now.chat);
    return page;
  }

  async #masked(page: Page): Promise<string> {
    await page.waitForFunction(() => document.querySelector('parley-session')?.client?.session === null, undefined, { polling: 15 });
    return readDocument(page);
  }

  /** Whose connection it is, its first frame says: the token in it. */
  #listen(page: Page): void {
    page.on('websocket', (socket: WebSocket) => {
      const kept: Socket = { user: '', frames: [] };
      this.#sockets.push(kept);
      const hear = ({ payload }: { payload: string | Buffer }) => {
        const text = payload.toString();
        const token = kept.user === '' ? /"token":"[^".]*\.([^".]*)\./.exec(text)?.[1] : undefined;
        if (token !== undefined) kept.user = (JSON.parse(Buffer.from(token, 'base64url').toString()) as { sub: string }).sub;
        kept.frames.push(text);
      };
      socket.on('framesent', (frame) => {
        hear(frame);
        const as = /"as":"([^"]*)"/.exec(frame.payload.toString())?.[1];
        if (as !== undefined && as !== kept.user) this.#findings.push(`a frame as ${as} on the connection of ${kept.user}`);
      });
      socket.on('framereceived', hear);
    });
  }

  #checkFrames(): void {
    for (const { user, frames } of this.#sockets) {
      this.#frames += frames.length;
      if (user !== '') this.#findings.push(...findWords({ [`a frame of ${user}`]: frames.join('\n') }, this.#cast.words.foreignTo(user)));
      frames.length = 0;
    }
  }

  /** What the server has: each message under the name of who wrote it. */
  async #checkAuthors(): Promise<void> {
    for (const { chat, ward, elsewhere } of this.#cast.workers) {
      for (const conversation of [chat, ward]) {
        for (let before: number | undefined; ;) {
          const range = await elsewhere.command('entry:range', { conversation, limit: 100, ...(before ? { before } : {}) });
          for (const { body, author } of range.entries) {
            const writer = body.kind === 'message' ? this.#written.get(body.text.split(' ')[0] ?? '') : undefined;
            if (writer !== undefined && writer !== author) this.#findings.push(`what ${writer} wrote was sent as ${author}`);
          }
          if (range.entries.length === 0 || range.from <= range.floor) break;
          before = range.from;
        }
      }
    }
  }
}
