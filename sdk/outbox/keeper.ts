import type { Draft, OutboxItem } from '../api.js';

/** An item as it is kept: what is seen of it, and what decides when it is sent. */
export interface Kept {
  readonly item: OutboxItem;
  /** When the person last wanted it sent, by this device's clock. UTC, ms */
  readonly wanted: number;
  /** Its place among the others: a UUIDv7 of the moment at which it was last wanted, which a clock that is set back does not turn around. */
  readonly order: string;
}

/** What the keeper tells: from disk, and from the user's other tabs in this browser. */
export interface KeeperListener {
  /** The ids of all that is held and on disk. */
  held(): readonly string[];
  item(kept: Kept): void;
  /** It was sent, with this number, or else discarded (0). */
  gone(cid: string, seq: number): void;
  /** From now on this tab is the one that sends. */
  elected(): void;
}

export interface DraftListener {
  restore(conversation: string, draft: Draft): void;
}

/**
 * Keeps what is not sent yet beyond the page (reliability G10), and decides which of a user's tabs sends it. Nothing of what is right depends
 * on that decision: every attempt carries the same id (SPEC C5).
 */
export interface Keeper {
  readonly draining: boolean;
  /** Resolves when it is on disk; false when it could not be kept. */
  put(kept: Kept): Promise<boolean>;
  /** It was sent, with this number, or discarded (0). */
  remove(cid: string, seq: number): void;
  /** How far it is, for the other tabs. */
  show(kept: Kept): void;
  /** An empty one is forgotten. */
  draft(conversation: string, draft: Draft): void;
  connected(now: boolean): void;
  /** Lets go of the key and of everything read with it. What is on disk stays there, for the same user. */
  dispose(): void;
}

/** Has told everything that was kept when it resolves; rejects where nothing can be kept. */
export type OpenKeeper = (key: string, outbox: KeeperListener, drafts: DraftListener) => Promise<Keeper>;
