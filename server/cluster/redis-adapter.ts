import { EventEmitter } from 'node:events';
import { createAdapter } from '@socket.io/redis-adapter';
import type { AdapterFactory } from './cluster.js';
import type { RedisLink } from './redis-link.js';

/**
 * What Socket.IO's adapter takes for its two Redis clients: broadcasts to rooms and nothing else. Its other requests could make
 * connections join rooms or end them, and a message that it cannot read would end the process.
 */
export class AdapterClient extends EventEmitter {
  readonly #link: RedisLink;

  constructor(link: RedisLink) {
    super();
    this.#link = link;
  }

  publish(channel: string, message: Buffer): void {
    this.#link.broadcast(channel, message);
  }

  psubscribe(pattern: string): void {
    this.#link.hearPattern(pattern);
  }

  subscribe(): void {
    // The channels of requests are not heard.
  }

  punsubscribe(): void {
    // The connection ends with the adapter.
  }

  unsubscribe(): void {
    // As above.
  }

  heard(pattern: Buffer, channel: Buffer, message: Buffer): void {
    try {
      this.emit('pmessageBuffer', pattern, channel, message);
    } catch {
      // Not from a node of this version: a hint that is lost.
    }
  }
}

export function adapterOn(client: AdapterClient, prefix: string): AdapterFactory {
  // It looks for listeners of errors; there is nothing that they could hear.
  client.on('error', () => undefined);
  return createAdapter(client, client, { key: `${prefix}:io` }) as AdapterFactory;
}
