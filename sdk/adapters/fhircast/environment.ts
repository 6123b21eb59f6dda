/** What the subscriber needs of the page or process around it; replaced in tests and where a native host has its own. */
export interface FhircastEnvironment {
  fetch: typeof fetch;
  WebSocket: new (address: string) => SocketLike;
  /** UTC, ms. */
  now(): number;
  /** 0 <= n < 1 */
  random(): number;
  /** Runs `act` once, after `ms`; the function returned prevents it. */
  later(ms: number, act: () => void): () => void;
}

/** The part of a WebSocket that is used. */
export interface SocketLike {
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: MessageEvent<unknown>) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  send(text: string): void;
  close(code?: number): void;
}

/** Timers hold 31 bits; what is further away is a month off and asked for again by then. */
const LONGEST = 2 ** 31 - 1;

export function environmentOf(given: Partial<FhircastEnvironment> = {}): FhircastEnvironment {
  return {
    fetch: (...request) => globalThis.fetch(...request),
    WebSocket: globalThis.WebSocket,
    now: () => Date.now(),
    random: () => Math.random(),
    later(ms, act) {
      const timer = setTimeout(act, Math.min(ms, LONGEST));
      return () => clearTimeout(timer);
    },
    ...given,
  };
}
