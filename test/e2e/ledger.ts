import type { BrowserContext } from 'playwright-core';

declare global {
  interface Window {
    /** What Parley's scripts have begun in this page and not ended, each with the stack of who began it. */
    ledger: Map<unknown, string>;
    /** What they have begun at all, by kind. */
    begun: Set<string>;
  }
}

/**
 * Keeps books, in all pages of these browsers that are opened from now on, of what outlives an element: timers, listeners at what belongs to the
 * whole page, channels, sockets, workers, audio.
 */
export async function keepBooks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const ledger = (window.ledger = new Map<unknown, string>());
    const begun = (window.begun = new Set<string>());
    const note = (key: unknown, kind: string): void => {
      const stack = new Error(kind).stack ?? '';
      if (!stack.includes('/parley/')) return;
      ledger.set(key, stack);
      begun.add(kind);
    };

    // Timers, frames and idle times: what fires by itself is over then, an interval is not.
    type Later = (act: (...given: unknown[]) => void, ...rest: unknown[]) => number;
    const page = window as unknown as Record<string, unknown>;
    for (const [begin, end] of [
      ['setTimeout', 'clearTimeout'],
      ['setInterval', 'clearInterval'],
      ['requestAnimationFrame', 'cancelAnimationFrame'],
      ['requestIdleCallback', 'cancelIdleCallback'],
    ] as const) {
      const [start, stop] = [page[begin] as Later, page[end] as (id?: number) => void];
      page[begin] = (act: (...given: unknown[]) => void, ...rest: unknown[]): number => {
        const id = start(
          (...given: unknown[]) => {
            if (begin !== 'setInterval') ledger.delete(`${begin} ${String(id)}`);
            act(...given);
          },
          ...rest,
        );
        note(`${begin} ${String(id)}`, begin);
        return id;
      };
      page[end] = (id?: number): void => {
        ledger.delete(`${begin} ${String(id)}`);
        stop(id);
      };
    }

    // Listeners, but those at nodes of the page's tree, which go with their nodes.
    const numbers = new WeakMap<object, number>();
    let next = 0;
    const number = (one: object): number => {
      if (!numbers.has(one)) numbers.set(one, (next += 1));
      return numbers.get(one) ?? 0;
    };
    const lasting = (target: EventTarget): boolean =>
      target === window ||
      target instanceof Document ||
      target instanceof MediaQueryList ||
      target === document.body ||
      target === document.documentElement ||
      target instanceof VisualViewport;
    const { addEventListener: listen, removeEventListener: forget } = EventTarget.prototype;
    const key = (target: EventTarget, type: string, listener: object, options: unknown): string => {
      const capture =
        options === true || (typeof options === 'object' && options !== null && (options as AddEventListenerOptions).capture === true);
      return `listener ${String(number(target))} ${type} ${String(number(listener))} ${String(capture)}`;
    };
    EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
      const target = this ?? window;
      if (listener !== null && lasting(target)) {
        const name = key(target, type, listener, options);
        const { once = false, signal } = typeof options === 'object' ? options : {};
        note(name, `listener of ${type}`);
        if (once) listen.call(target, type, () => ledger.delete(name), options);
        if (signal) listen.call(signal, 'abort', () => ledger.delete(name));
      }
      listen.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
      const target = this ?? window;
      if (listener !== null && lasting(target)) ledger.delete(key(target, type, listener, options));
      forget.call(target, type, listener, options);
    };

    // What is open until it is closed.
    for (const [name, end] of [
      ['BroadcastChannel', 'close'],
      ['WebSocket', 'close'],
      ['Worker', 'terminate'],
      ['AudioContext', 'close'],
      ['ResizeObserver', 'disconnect'],
      ['IntersectionObserver', 'disconnect'],
      ['MutationObserver', 'disconnect'],
    ] as const) {
      const scope = window as unknown as Record<string, new (...given: unknown[]) => object>;
      const Plain = scope[name];
      if (Plain === undefined) continue;
      scope[name] = class extends Plain {
        constructor(...given: unknown[]) {
          super(...given);
          note(this, name);
        }
      };
      const { prototype } = Plain as unknown as { prototype: Record<string, (...given: unknown[]) => unknown> };
      const stop = prototype[end];
      prototype[end] = function (this: unknown, ...given: unknown[]) {
        ledger.delete(this);
        return stop?.apply(this, given);
      };
    }
  });
}
