import { alive } from '../bench/browser/figures.js';
import { BrowserGround, type Seen } from '../bench/browser/ground.js';
import { longLog } from '../bench/browser/long-log.js';
import { openConversation } from '../bench/browser/opening.js';
import { jump } from '../bench/browser/walking-back.js';
import type { SessionElement } from '../../widgets/session/session.js';
import type { Figure } from './budget.js';
import { DOM } from './dom-budgets.js';

/** Of the conversation that is opened, and held of it. */
const ENTRIES = 5_000;
const HELD = 2_000;
/** Pages that come above what one reads. */
const PAGES = 3;
const ROUNDS = 2;
/** What was taken out last is sometimes thrown away only after the look; what leaks is there in each of them. */
const LOOKS = 3;
/** Code that is loaded late, caches that fill once. */
const WARM_UP = 2;

declare global {
  interface Window {
    /** Timers that were set and have neither ended nor been cleared. */
    pending: Set<number>;
    /** What the page had in it at first, to be put in again, and how it signs in. */
    kept: { empty: Element; token: NonNullable<SessionElement['token']> };
  }
}

/** What a page holds of a long conversation, and what is left of everything once it is taken out of the page. */
export async function domFigures(): Promise<Figure[]> {
  const ground = await BrowserGround.open(ENTRIES);
  try {
    const seen = await longLog(ground, HELD);
    const { nodes, rows } = await seen.page.evaluate(() => ({
      nodes: window.probe.nodes(),
      rows: window.probe.log().querySelectorAll('.row').length,
    }));
    await seen.close();
    return [
      { ...DOM.nodes, measured: nodes },
      { ...DOM.rows, measured: rows },
      { ...DOM.jump, measured: await jumpOf(ground) },
      ...(await leftBehind(ground)),
    ].map((figure) => ({ ...figure, what: `browser, ${figure.what}` }));
  } finally {
    await ground.close();
  }
}

async function jumpOf(ground: BrowserGround): Promise<number> {
  const seen = await ground.signIn('/parley?panel');
  await openConversation(seen.page, ground.large);
  const most = await jump(seen, ground.large.id, PAGES);
  await seen.close();
  // Parts of one are how a browser places text.
  return Math.floor(most);
}

async function leftBehind(ground: BrowserGround): Promise<Figure[]> {
  const seen = await ground.signIn('/parley?panel&badges=20');
  await watchTimers(seen);
  await takeOut(seen);
  for (let round = 0; round < WARM_UP; round += 1) await putInAndTakeOut(seen, ground.small.id);
  const looks = [await kept(seen)];
  for (let look = 0; look < LOOKS; look += 1) {
    for (let round = 0; round < ROUNDS; round += 1) await putInAndTakeOut(seen, ground.small.id);
    looks.push(await kept(seen));
  }
  const grown = (of: keyof Kept): number => Math.min(...looks.slice(1).map((now, index) => now[of] - (looks[index]?.[of] ?? 0)));
  const timers = await seen.page.evaluate(() => window.pending.size);
  await seen.close();
  return [
    { ...DOM.nodesLeft, measured: grown('nodes') },
    { ...DOM.listenersLeft, measured: grown('listeners') },
    { ...DOM.timersLeft, measured: timers },
  ];
}

interface Kept {
  nodes: number;
  listeners: number;
}

/** What the browser still has, whatever is in the document, once all that is dead was thrown away. */
async function kept({ debug }: Seen): Promise<Kept> {
  const { nodes } = await alive(debug);
  const { jsEventListeners: listeners } = await debug.send('Memory.getDOMCounters');
  return { nodes, listeners };
}

/** The page with nothing in it. */
function takeOut({ page }: Seen): Promise<void> {
  return page.evaluate(() => {
    const host = document.querySelector('#host');
    const token = document.querySelector('parley-session')?.token;
    if (!host || !token) throw new Error('nothing is there');
    window.kept = { empty: host.cloneNode(true) as Element, token };
    host.remove();
  });
}

/** From now on what is set is known until it has ended. */
function watchTimers({ page }: Seen): Promise<void> {
  return page.evaluate(() => {
    const pending = (window.pending = new Set<number>());
    const { setTimeout: once, setInterval: again, clearTimeout: clear } = window;
    const set = (handler: TimerHandler, ms?: number, ...args: unknown[]): number => {
      const id = once(() => {
        pending.delete(id);
        if (typeof handler === 'function') Reflect.apply(handler, window, args);
      }, ms);
      pending.add(id);
      return id;
    };
    const repeat = (handler: TimerHandler, ms?: number, ...args: unknown[]): number => {
      const id = again(handler, ms, ...args);
      pending.add(id);
      return id;
    };
    const cleared = (id?: number): void => {
      pending.delete(id ?? 0);
      clear(id);
    };
    Object.assign(window, { setTimeout: set, setInterval: repeat, clearTimeout: cleared, clearInterval: cleared });
  });
}

/** Signs in, opens a conversation, shows twenty badges, and is gone. */
function putInAndTakeOut({ page }: Seen, conversation: string): Promise<void> {
  return page.evaluate(async (id) => {
    const { empty, token } = window.kept;
    const host = empty.cloneNode(true) as Element;
    const session = host.querySelector('parley-session');
    if (session) session.token = token;
    document.body.append(host);
    await window.probe.until(() => session?.client?.connection.state === 'ready');
    session?.client?.session?.open(id);
    await window.probe.until(() => (window.probe.find('parley-timeline')?.shadowRoot?.querySelectorAll('.row .message').length ?? 0) > 10);
    await window.probe.until(() => window.probe.all('.mark').length >= 20);
    await window.probe.painted();
    host.remove();
    await window.probe.painted();
  }, conversation);
}
