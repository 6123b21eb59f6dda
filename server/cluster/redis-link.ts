import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';

/** Nobody waits longer for Redis, in milliseconds: what is not answered by then is done without it. */
const ANSWER_WITHIN = 250;
const CONNECT_WITHIN = 2_000;
const LONGEST_PAUSE = 1_000;
/** Own beats that did not come back, after which the connections are given up: Redis may be held still, or a link be open at one end. */
const BEATS_MISSED = 3;

const OPTIONS = {
  lazyConnect: true,
  // A command that Redis cannot take now is not worth having later.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  commandTimeout: ANSWER_WITHIN,
  connectTimeout: CONNECT_WITHIN,
  retryStrategy: (attempt: number) => Math.min(attempt * 50, LONGEST_PAUSE),
} satisfies RedisOptions;

export interface RedisLinkParts {
  url: string;
  /** Of all channels of this installation: `parley:<store>`. */
  prefix: string;
  /** How often the way to Redis and back is tried, in milliseconds. */
  beat: number;
  /** What is sent on `channel` with each beat; it comes back to whoever sent it. */
  beatText: () => string;
  /** A message of any node came on `channel`. */
  heard: (text: string) => void;
  /** A broadcast of Socket.IO's adapter came. */
  broadcast: (pattern: Buffer, channel: Buffer, message: Buffer) => void;
  onUp: (up: boolean) => void;
}

/**
 * Two connections to Redis, one that says and one that hears, and whether they work: a beat goes out and has to come back. Nothing here
 * rejects or throws, whatever Redis does; while it is not up nothing is said, and who speaks is not kept waiting.
 */
export class RedisLink {
  readonly channel: string;
  readonly commands: Redis;
  readonly #hearing: Redis;
  readonly #parts: RedisLinkParts;
  readonly #patterns = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #missed = 0;
  #up = false;
  #closed = false;

  constructor(parts: RedisLinkParts) {
    this.#parts = parts;
    this.channel = `${parts.prefix}:nodes`;
    this.commands = new Redis(parts.url, OPTIONS);
    this.#hearing = new Redis(parts.url, OPTIONS);
    for (const client of [this.commands, this.#hearing]) {
      // What it means is seen by the beats.
      client.on('error', () => undefined);
      client.on('close', () => this.#setUp(false));
    }
    this.#hearing.on('ready', () => this.#subscribe());
    this.commands.on('ready', () => this.#beat());
    this.#hearing.on('message', (_channel: string, text: string) => parts.heard(text));
    this.#hearing.on('pmessageBuffer', (pattern: Buffer | string, channel: Buffer, message: Buffer) =>
      parts.broadcast(Buffer.from(pattern), channel, message),
    );
  }

  get up(): boolean {
    return this.#up;
  }

  start(): void {
    for (const client of [this.commands, this.#hearing]) client.connect().catch(() => undefined);
    this.#timer = setInterval(() => this.#tick(), this.#parts.beat);
    this.#timer.unref();
  }

  /** The own beat came back: both ways are open. */
  echoed(): void {
    this.#missed = 0;
    this.#setUp(true);
  }

  /** A command was not answered in time: until a beat comes back nothing waits for Redis any more. */
  suspect(): void {
    this.#setUp(false);
  }

  say(text: string): void {
    if (this.#up) this.#publish(this.channel, text);
  }

  /** Of Socket.IO's adapter. */
  broadcast(channel: string, message: Buffer): void {
    if (this.#up) this.#publish(channel, message);
  }

  hearPattern(pattern: string): void {
    this.#patterns.add(pattern);
    if (this.#hearing.status === 'ready') this.#hearing.psubscribe(pattern).catch(() => undefined);
  }

  /** Says a last word. */
  async close(last: string): Promise<void> {
    if (this.#closed) return;
    if (this.#up) await this.commands.publish(this.channel, last).catch(() => undefined);
    this.#closed = true;
    clearInterval(this.#timer);
    this.commands.disconnect();
    this.#hearing.disconnect();
  }

  #subscribe(): void {
    // Both at once, so that a beat that comes back says that both are heard.
    const patterns = [...this.#patterns];
    const subscribed = [...(patterns.length > 0 ? [this.#hearing.psubscribe(...patterns)] : []), this.#hearing.subscribe(this.channel)];
    Promise.all(subscribed).then(
      () => this.#beat(),
      () => this.#hearing.disconnect(true),
    );
  }

  #tick(): void {
    this.#missed += 1;
    if (this.#missed >= BEATS_MISSED) {
      this.#missed = 0;
      this.#setUp(false);
      // What waits in these connections is as old as their silence. One that is being made is left alone.
      for (const client of [this.commands, this.#hearing]) if (client.status === 'ready') client.disconnect(true);
    }
    this.#beat();
  }

  #beat(): void {
    if (this.commands.status === 'ready') this.#publish(this.channel, this.#parts.beatText());
  }

  #publish(channel: string, message: string | Buffer): void {
    if (this.#closed) return;
    this.commands.publish(channel, message).catch(() => undefined);
  }

  #setUp(up: boolean): void {
    if (this.#up === up || this.#closed) return;
    this.#up = up;
    this.#parts.onUp(up);
  }
}
