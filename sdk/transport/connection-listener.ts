import type { CommandReply, EventName, EventPayload, Handshake } from '#protocol';

/** The session's side of its connection. */
export interface ConnectionListener {
  /** What is held of the server's state. */
  held(): Pick<Handshake, 'epoch' | 'revision'>;
  /** On every accepted connection; events that came before it are told after it. `restored`: another history than before. */
  started(started: EventPayload<'session:started'>): { restored: boolean; caughtUp: Promise<unknown> };
  /** A fresh token was taken on the live connection. */
  refreshed(reply: CommandReply<'session:refresh'>): void;
  event(name: EventName, payload: unknown): void;
  /** What was missed is here: what waited may be sent. */
  ready(): void;
  lost(): void;
  /** Ended by the server or for good; not told when `end()` was called. */
  ended(): void;
}
