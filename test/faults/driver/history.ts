/**
 * What the driver saw, told by the driver and not by the server. Every operation is a run of events:
 * invoked, then answered, refused for good, or left open because the connection went away before an answer.
 */
export type Operation =
  | { type: 'invoke'; at: number; writer: string; conversation: string; cid: string; text: string }
  | { type: 'ok'; at: number; cid: string; seq: number; duplicate: boolean }
  | { type: 'fail'; at: number; cid: string; code: string }
  | { type: 'unknown'; at: number; cid: string; code: string };

/** What became of one message, over all its attempts. */
export interface Sent {
  writer: string;
  conversation: string;
  cid: string;
  text: string;
  /** Milliseconds of the driver's monotonic clock: first attempt, and last event. */
  invokedAt: number;
  settledAt: number;
  attempts: number;
  outcome: 'ok' | 'fail' | 'unknown';
  /** Every number that an acknowledgement gave; one promise needs them all to be equal. */
  acknowledged: number[];
}

/** One entry, as a reader got it. `text` is null for entries that are no messages. */
export interface SeenEntry {
  seq: number;
  cid: string;
  author: string;
  text: string | null;
  /** The server's time. */
  at?: number;
}

/** A conversation read from its first to its last entry by one of its members. */
export interface Reading {
  reader: string;
  conversation: string;
  entries: readonly SeenEntry[];
}

/** An entry that was shown live. It must be in the log for ever after. */
export interface Sighting {
  reader: string;
  conversation: string;
  seq: number;
  cid: string;
}

export class History {
  readonly #operations: Operation[] = [];
  readonly #sent = new Map<string, Sent>();
  readonly sightings: Sighting[] = [];

  get operations(): readonly Operation[] {
    return this.#operations;
  }

  get sent(): readonly Sent[] {
    return [...this.#sent.values()];
  }

  get acknowledged(): number {
    let count = 0;
    for (const sent of this.#sent.values()) if (sent.outcome === 'ok') count += 1;
    return count;
  }

  record(operation: Operation): void {
    this.#operations.push(operation);
    const known = this.#sent.get(operation.cid);
    if (operation.type === 'invoke') {
      if (known) known.attempts += 1;
      else {
        const { writer, conversation, cid, text, at } = operation;
        this.#sent.set(cid, {
          writer,
          conversation,
          cid,
          text,
          invokedAt: at,
          settledAt: at,
          attempts: 1,
          outcome: 'unknown',
          acknowledged: [],
        });
      }
      return;
    }
    if (!known) throw new Error(`an answer to ${operation.cid}, which was never sent`);
    known.settledAt = operation.at;
    if (operation.type === 'ok') {
      known.outcome = 'ok';
      known.acknowledged.push(operation.seq);
    } else if (operation.type === 'fail') {
      // Once acknowledged stays acknowledged: a later refusal does not take the promise back.
      if (known.outcome !== 'ok') known.outcome = 'fail';
    }
  }
}
