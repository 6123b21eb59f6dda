import type { Environment } from '../environment.js';
import type { Transport, TransportListener, TransportName, TransportOptions } from './transport.js';

/** A proxy may take a WebSocket and never answer, which no error tells. ms */
const PATIENCE = 5_000;

/**
 * The transports of one session in the order in which they are tried. One that hung where another opened is the last from then on,
 * so that only the first sign-in waits for it; a later session begins anew, because the network may be another.
 */
export class Fallback {
  readonly #environment: Environment;
  #order: readonly TransportName[];
  #last: TransportName | undefined;

  constructor(order: readonly TransportName[], environment: Environment) {
    this.#order = order;
    this.#environment = environment;
  }

  /** By the first transport that passes. What the server itself refuses is not asked again by another. */
  open(options: Omit<TransportOptions, 'transport'>, listener: Omit<TransportListener, 'opened'>): Transport {
    const untried = [...this.#order];
    const hung: TransportName[] = [];
    let close = () => {};
    let transport: Transport | undefined;
    const next = (status?: number) => {
      const name = untried.shift();
      if (!name) return listener.refused(undefined, status);
      let opened = false;
      let given = false;
      close = () => {
        given = true;
        stop();
        transport?.close();
        transport = undefined;
      };
      // One that has worked is only slow, as when a server comes back to all its clients at once.
      const stop = this.#environment.later(name === this.#last ? 2 * PATIENCE : PATIENCE, () => {
        hung.push(name);
        close();
        next();
      });
      const open = () => {
        stop();
        opened = true;
        this.#last = name;
        this.#order = [...this.#order.filter((each) => !hung.includes(each)), ...hung];
      };
      const made = this.#environment.open(
        { ...options, transport: name },
        {
          opened: () => given || opened || open(),
          refused(data, answered) {
            if (given) return;
            close();
            if (data || opened) listener.refused(data, answered);
            else next(answered);
          },
          event(event, payload) {
            if (given) return;
            if (!opened) open();
            listener.event(event, payload);
          },
          closed(cause) {
            if (given) return;
            close();
            listener.closed(cause);
          },
        },
      );
      if (given) made.close();
      else transport = made;
    };
    next();
    return {
      get connected() {
        return transport?.connected === true;
      },
      send: (...frame) => transport?.send(...frame),
      close: () => close(),
    };
  }
}
