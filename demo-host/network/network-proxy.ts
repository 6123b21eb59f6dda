import { once } from 'node:events';
import net from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** How bad the network is. */
export interface NetworkConditions {
  /** What every piece takes longer, each way. ms, 0 to 10,000 */
  latency: number;
  /** Added to it, at random: up to so much. ms, 0 to 10,000 */
  jitter: number;
  /** How many connections break in a minute, by chance. 0 to 60 */
  breaks: number;
  /** `silent` loses whatever is sent and says nothing, as a dead router does; `refused` breaks connections and takes none. */
  state: 'up' | 'silent' | 'refused';
}

export const GOOD_NETWORK: NetworkConditions = { latency: 0, jitter: 0, breaks: 0, state: 'up' };
const LOOK_EVERY = 1_000;

/** A wire between the playground and the Parley server that can be made slow, unreliable or dead. Real bytes, really broken connections. */
export class NetworkProxy {
  readonly #target: number;
  readonly #server: net.Server;
  readonly #wires = new Set<() => void>();
  #conditions: NetworkConditions = GOOD_NETWORK;
  #chance: NodeJS.Timeout | null = null;
  #cuts = 0;

  /** `target`: a port of this machine. */
  constructor(target: number) {
    this.#target = target;
    this.#server = net.createServer({ allowHalfOpen: false }, (inside) => this.#connect(inside));
  }

  /** Listens on a free port of this machine, and resolves to it. */
  async start(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#chance = setInterval(() => {
      if (Math.random() * 60 < this.#conditions.breaks) this.cut();
    }, LOOK_EVERY);
    return this.port;
  }

  /** 0 before it listens. */
  get port(): number {
    const address = this.#server.address();
    return address === null || typeof address === 'string' ? 0 : address.port;
  }

  /** With the connections that were broken so far. */
  get conditions(): NetworkConditions & { cuts: number } {
    return { ...this.#conditions, cuts: this.#cuts };
  }

  set(conditions: NetworkConditions): void {
    this.#conditions = conditions;
    if (conditions.state === 'refused') this.cut();
  }

  /** Breaks every connection there is. */
  cut(): void {
    this.#cuts += this.#wires.size;
    for (const destroy of [...this.#wires]) destroy();
  }

  async stop(): Promise<void> {
    if (this.#chance) clearInterval(this.#chance);
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #connect(inside: net.Socket): void {
    inside.on('error', () => undefined);
    if (this.#conditions.state === 'refused') return void inside.resetAndDestroy();
    const outside = net.connect(this.#target, '127.0.0.1');
    outside.on('error', () => undefined);
    const destroy = () => {
      this.#wires.delete(destroy);
      // A reset and no farewell: what a lost network looks like to a browser.
      inside.resetAndDestroy();
      outside.destroy();
    };
    this.#wires.add(destroy);
    this.#pass(inside, outside);
    this.#pass(outside, inside);
    for (const side of [inside, outside]) side.once('close', destroy);
  }

  /** One after the other, however much later each one is let through: a stream keeps its order. */
  #pass(from: Readable, to: Writable): void {
    let free = 0;
    from.on('data', (bytes: Buffer) => {
      const { latency, jitter, state } = this.#conditions;
      if (state === 'silent') return;
      const now = performance.now();
      free = Math.max(free, now + latency + Math.random() * jitter);
      setTimeout(() => {
        if (this.#conditions.state === 'up' && to.writable) to.write(bytes);
      }, free - now);
    });
  }
}

/** What a page sent, if it describes a network; null otherwise. */
export function readConditions(sent: unknown): NetworkConditions | null {
  if (typeof sent !== 'object' || sent === null) return null;
  const { latency, jitter, breaks, state } = sent as Record<string, unknown>;
  const within = (value: unknown, most: number): value is number => typeof value === 'number' && value >= 0 && value <= most;
  if (!within(latency, 10_000) || !within(jitter, 10_000) || !within(breaks, 60)) return null;
  return state === 'up' || state === 'silent' || state === 'refused' ? { latency, jitter, breaks, state } : null;
}
