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
}

export type PageEvent = 'online' | 'offline' | 'focus' | 'visible';

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
    const listener = () => (event === 'visible' && document.visibilityState !== 'visible' ? undefined : act());
    target.addEventListener(type, listener);
    return () => target.removeEventListener(type, listener);
  },
  online: () => globalThis.navigator?.onLine !== false,
  open: openSocket,
};
