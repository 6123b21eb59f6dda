import { TIMES } from '#protocol';
import type { Draft, OutboxItem } from '../api.js';

/** What is not seen in an item. */
export interface Progress {
  failures: number;
  /** The number it got; it stays in view until the timeline has its entry, so that nothing flickers. */
  seq: number;
  /** When the person last wanted it sent, by this device's clock. UTC, ms */
  wanted: number;
  /** Its place among the others: a UUIDv7 of the moment at which it was last wanted, which a clock that is set back does not turn around. */
  order: string;
  /** Being written to disk: it is not sent before. */
  keeping?: boolean;
}

/** An item as it is kept: what is seen of it, and what decides when it is sent. */
export interface Kept extends Pick<Progress, 'wanted' | 'order'> {
  readonly item: OutboxItem;
}

/** The outbox as its keeper has it: what comes from disk or from the user's other tabs is put into it. */
export interface Desk {
  readonly items: readonly OutboxItem[];
  readonly progress: Map<string, Progress>;
  /** These are there now; whatever may be sent is. */
  place(items?: readonly OutboxItem[]): void;
  /** Elsewhere, with this number; or else it was discarded (0). */
  sent(cid: string, seq: number): void;
}

/** What is typed, as its keeper has it. */
export interface DraftDesk {
  get(conversation: string): Draft;
  update(conversation: string, draft: Draft): void;
  /** The same, and nothing that is to be kept. */
  restore(conversation: string, draft: Draft): void;
}

/**
 * Keeps what is not sent yet beyond the page (reliability G10), and decides which of a user's tabs sends it. Nothing of what is right depends
 * on that decision: every attempt carries the same id (SPEC C5).
 */
export interface Keeper {
  /** This tab is the one that sends. */
  readonly draining: boolean;
  /** Resolves when it is on disk; false when it could not be kept: without a connection it is a draft again. */
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
export type OpenKeeper = (key: string, desk: Desk, drafts: DraftDesk) => Promise<Keeper>;

/** Also when the clock was set back meanwhile: when in doubt the person decides (reliability G11). */
export function isLate(wanted: number, now: number): boolean {
  return Math.abs(now - wanted) > TIMES.staleMessage;
}
