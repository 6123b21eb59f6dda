import type { CommandName, Handshake } from '#protocol';

export type TransportName = 'websocket' | 'polling';

/** What a connection tells. After `refused` or `closed` nothing more comes. */
export interface TransportListener {
  /** The network passes it; the server has yet to admit the user. */
  opened(): void;
  /** The connect was refused: `data` is what Parley's server said, `status` what HTTP said, as far as either spoke. */
  refused(data: unknown, status?: number): void;
  event(name: string, payload: unknown): void;
  closed(cause: string): void;
}

/** One attempt to be connected, over one transport. It is never opened again: a new attempt is a new transport (reliability 1.2). */
export interface Transport {
  readonly connected: boolean;
  /** Never buffers: the caller sends only while connected. */
  send(name: CommandName, frame: object, acknowledge: (answer: unknown) => void): void;
  close(): void;
}

export interface TransportOptions {
  server: string;
  handshake: Handshake;
  transport: TransportName;
  headers?: Record<string, string>;
}

export type OpenTransport = (options: TransportOptions, listener: TransportListener) => Transport;
