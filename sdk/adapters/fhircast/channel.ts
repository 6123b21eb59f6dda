import type { FhircastEnvironment, SocketLike } from './environment.js';
import { readFrame, type FhircastEvent } from './frames.js';

export interface ChannelListener {
  /** The hub has confirmed the subscription, at first or again. */
  confirmed(events: readonly string[], leaseSeconds: number | null): void;
  denied(reason: string): void;
  /** Returns the status of HTTP that is answered. */
  happened(event: FhircastEvent): number;
  /** Something came that cannot be read, and so what is open is not known. */
  unreadable(): void;
  /** It is over, and not by `close()`. Called once. */
  lost(): void;
}

/** ms until a hub that has confirmed nothing is given up. */
const PATIENCE = 10_000;
/** A heartbeat may be late by half of its period. */
const LATENESS = 1.5;

/** One WebSocket of a subscription. After `close()` or `lost` nothing comes from it any more. */
export class Channel {
  readonly endpoint: string;
  readonly #topic: string;
  readonly #environment: FhircastEnvironment;
  readonly #listener: ChannelListener;
  readonly #socket: SocketLike;
  #confirmed = false;
  #stopWaiting: () => void;
  #over = false;

  /** Throws what the WebSocket's constructor throws, as for an address that the page's policy forbids. */
  constructor(endpoint: string, topic: string, environment: FhircastEnvironment, listener: ChannelListener) {
    this.endpoint = endpoint;
    this.#topic = topic;
    this.#environment = environment;
    this.#listener = listener;
    this.#socket = new environment.WebSocket(endpoint);
    this.#socket.onmessage = ({ data }) => this.#read(data);
    this.#socket.onclose = this.#socket.onerror = () => this.#lose();
    this.#stopWaiting = environment.later(PATIENCE, () => this.#lose());
  }

  /** 1000, the normal end: for any other the hub would tell everybody that somebody was lost. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopWaiting();
    this.#socket.onmessage = this.#socket.onclose = this.#socket.onerror = null;
    try {
      this.#socket.close(1000);
    } catch {
      // It was not open yet, or is no more.
    }
    // Some implementations report the end of a handshake that was broken off, and an event that nobody hears is an error to them.
    this.#socket.onerror = () => {};
  }

  #read(data: unknown): void {
    const frame = readFrame(data, this.#topic);
    if (frame.type === 'confirmation') {
      this.#confirmed = true;
      this.#stopWaiting();
      return this.#listener.confirmed(frame.events, frame.leaseSeconds);
    }
    if (frame.type === 'denial') return this.#listener.denied(frame.reason);
    // The hub's first word is the confirmation: who speaks before is not who was asked.
    if (!this.#confirmed) return;
    if (frame.type === 'oversize' || (frame.type === 'malformed' && frame.ours)) this.#listener.unreadable();
    if (frame.type === 'malformed') this.#answer(frame.id, 400);
    if (frame.type === 'event') {
      const { event } = frame;
      if (event.name === 'heartbeat' && event.period !== null) this.#expect(event.period * 1_000 * LATENESS);
      this.#answer(event.id, this.#listener.happened(event));
    }
  }

  /** A browser does not say that the other end is gone; a hub that has promised to speak and does not is. */
  #expect(ms: number): void {
    this.#stopWaiting();
    this.#stopWaiting = this.#environment.later(ms, () => this.#lose());
  }

  #answer(id: string, status: number): void {
    if (this.#over) return;
    try {
      this.#socket.send(JSON.stringify({ id, status: String(status) }));
    } catch {
      // It closes just now, and says so.
    }
  }

  #lose(): void {
    if (this.#over) return;
    this.close();
    this.#listener.lost();
  }
}
