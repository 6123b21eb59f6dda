/** Where a log stood: the number and the hash of its last entry. */
export interface LogHead {
  tenant: string;
  seq: number;
  /** Lower-case hexadecimal. */
  hash: string;
}

export interface MovedHeads {
  /** To go on from. */
  cursor: string;
  conversations: (LogHead & { conversation: string })[];
  /** Of the audit log of each tenant. */
  audits: LogHead[];
  /** Entries whose text was lawfully erased: a backup of before is put back without it. */
  erasures: { tenant: string; conversation: string; seq: number }[];
  /** There is more to be had at once. */
  more: boolean;
}

/** How far the heads were written to the second place; kept in the store, so that nodes take turns and a kill repeats nothing. */
export interface AnchorState {
  /** The store's id when the line was made. */
  epoch: string;
  /** Number of the last line of this epoch; 0 before the first. */
  number: number;
  /** SHA-256 of that line, lower-case hexadecimal. */
  previous: string;
  cursor: string | null;
  /** Lines that were made and of which nobody has said yet that the second place has them, in order. */
  pending: { number: number; madeAt: number; line: string }[];
}

/** What signed heads in a second place need of the store, part of `Storage` (G17, attack 74). */
export interface AnchorStorage {
  /** Heads of the logs that grew since the cursor, null for all; about `limit` entries are gone through. Never misses one. */
  movedHeads(cursor: string | null, limit: number): Promise<MovedHeads>;
  anchorState(): Promise<AnchorState | null>;
  /**
   * Keeps the next line before it is delivered. False when another node was first: the state is then no longer the one of `after`, the
   * number and epoch that the line was made behind (null: no line at all).
   */
  keepAnchor(
    after: { epoch: string; number: number } | null,
    next: { epoch: string; number: number; previous: string; cursor: string; line: string; madeAt: number },
  ): Promise<boolean>;
  /** The second place has every line up to this one. */
  anchorDelivered(epoch: string, number: number): Promise<void>;
}
