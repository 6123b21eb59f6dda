import type { OpenKeeper } from './outbox/keeper.js';
import { joinTabs } from './tabs.js';
import { openSocket } from './transport/socket-transport.js';
import type { OpenTransport } from './transport/transport.js';

/** The page or process around the SDK. Everything that a test must hold still is here. */
export interface Environment {
  /** UTC, ms. */
  now(): number;
  /** 0 <= n < 1 */
  random(): number;
  /** Runs `act` once, after `ms`; the function returned prevents it. */
  later(ms: number, act: () => void): () => void;
  /** Listens to the page; in Node there is none. The function returned stops it. */
  onPage(event: PageEvent, act: () => void): () => void;
  /** False only when the browser knows that there is no network. */
  online(): boolean;
  open: OpenTransport;
  memory: PageMemory;
  tabs: TabsOfUser;
  /** Where unsent text outlives the page; null where it cannot: in Node, without a secure context, in an old browser. */
  keep: OpenKeeper | null;
}

/** What one browser tab remembers from page to page of one origin; in Node there is none. It never throws: what is refused is forgotten. */
export interface PageMemory {
  get(key: string): string | null;
  /** Null removes it. */
  set(key: string, value: string | null): void;
}

/** The tabs of one browser in which the same user is signed in; in Node there are no others. */
export interface TabsOfUser {
  /** `heard` is what another tab told. */
  join(user: string, heard: (word: string) => void): OtherTabs;
}

export interface OtherTabs {
  tell(word: string): void;
  /** True in one tab only, and not again in any within `ms`: the one in front first. */
  claim(what: string, ms: number): Promise<boolean>;
  close(): void;
}

/** `pagehide` and `pageshow` only of a page that the browser keeps as it is, to show it again at "back". */
export type PageEvent = 'online' | 'offline' | 'focus' | 'visible' | 'pagehide' | 'pageshow';

export const environment: Environment = {
  now: () => Date.now(),
  random: () => Math.random(),
  later(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  onPage(event, act) {
    const target = event === 'visible' ? globalThis.document : globalThis.window;
    if (!target) return () => {};
    const type = event === 'visible' ? 'visibilitychange' : event;
    const listener = ({ persisted }: Partial<PageTransitionEvent>) =>
      persisted === false || (event === 'visible' && document.visibilityState !== 'visible') ? undefined : act();
    target.addEventListener(type, listener);
    return () => target.removeEventListener(type, listener);
  },
  online: () => globalThis.navigator?.onLine !== false,
  open: openSocket,
  memory: {
    get: (key) => remember((memory) => memory.getItem(key)) ?? null,
    set: (key, value) => void remember((memory) => (value === null ? memory.removeItem(key) : memory.setItem(key, value))),
  },
  tabs: { join: joinTabs },
  keep:
    globalThis.navigator?.locks && globalThis.indexedDB && globalThis.crypto?.subtle
      ? async (...listeners) => (await import('./outbox/disk-keeper.js')).openKeeper(...listeners)
      : null,
};

/** A browser may refuse the memory itself, by throwing where it is named, or have no room left in it. */
function remember<T>(act: (memory: Storage) => T): T | undefined {
  try {
    return act(globalThis.sessionStorage);
  } catch {
    return undefined;
  }
}
