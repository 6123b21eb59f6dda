import type { WebSocket } from 'ws';
import type { TestClient } from '../../support/server.js';

export interface Frames {
  up: number;
  upBytes: number;
  down: number;
  downBytes: number;
  /** Beginnings of the texts that came, for whoever wants to know what they were. */
  texts: string[];
}

const NONE = (): Frames => ({ up: 0, upBytes: 0, down: 0, downBytes: 0, texts: [] });
/** Engine.IO's ping and pong: they come by the clock. */
const HEARTBEAT: ReadonlySet<string> = new Set(['2', '3']);

/** The frames of one connection as they cross the wire, with their headers (RFC 6455, 5.2). */
export class FrameCounter {
  #frames = NONE();
  #moved = 0;

  constructor(client: TestClient) {
    const { transport } = client.socket.io.engine as unknown as { transport: { ws: WebSocket } };
    const { ws } = transport;
    ws.on('message', (data: Buffer) => this.#came(data.toString()));
    const send = ws.send.bind(ws) as (...args: unknown[]) => void;
    Reflect.set(ws, 'send', (data: string, ...rest: unknown[]) => {
      this.#left(data);
      send(data, ...rest);
    });
  }

  get moved(): number {
    return this.#moved;
  }

  take(): Frames {
    const frames = this.#frames;
    this.#frames = NONE();
    return frames;
  }

  #came(text: string): void {
    if (HEARTBEAT.has(text)) return;
    this.#moved += 1;
    this.#frames.down += 1;
    this.#frames.downBytes += framed(text);
    this.#frames.texts.push(text.slice(0, 40));
  }

  #left(text: string): void {
    if (HEARTBEAT.has(text)) return;
    this.#moved += 1;
    this.#frames.up += 1;
    // What a client sends is masked.
    this.#frames.upBytes += framed(text) + 4;
  }
}

function framed(text: string): number {
  const length = Buffer.byteLength(text);
  return length + (length < 126 ? 2 : length < 65_536 ? 4 : 10);
}
