import { randomFillSync } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.js';
import { SALT_BYTES, chainHash, commitment } from '../../domain/chain.js';
import type { EntryDraft, LogPosition } from './membership-changes.js';

/** Salts made at a time: a call for random bytes costs more than the bytes. */
const SALTS = 256;

/** Random bytes for one entry each. */
export class Salts {
  #bytes = new Uint8Array();
  #next = SALTS;

  next(): Uint8Array {
    if (this.#next === SALTS) {
      // New ones each time: what waits for a database still has those of before.
      this.#bytes = randomFillSync(new Uint8Array(SALTS * SALT_BYTES));
      this.#next = 0;
    }
    const start = this.#next * SALT_BYTES;
    this.#next += 1;
    return this.#bytes.subarray(start, start + SALT_BYTES);
  }
}

/** The next entry of a log as it is stored. */
export interface SealedEntry {
  seq: number;
  at: number;
  /** Canonical JSON. */
  body: string;
  salt: Uint8Array;
  commitment: Uint8Array;
  hash: Uint8Array;
  request: Uint8Array | null;
}

/** Gives the entry its number, time and hash, behind where the log ends. */
export function sealEntry(log: LogPosition, { author, cid, body, request }: EntryDraft, now: number, salt: Uint8Array): SealedEntry {
  const { tenant, uuid } = log;
  const seq = log.head + 1;
  // Never before the entry before it, whatever the clock was set to in between (G23).
  const at = Math.max(now, log.updatedAt);
  const text = canonicalJson(body);
  const bodyCommitment = commitment(salt, text);
  return {
    seq,
    at,
    body: text,
    salt,
    commitment: bodyCommitment,
    hash: chainHash(log.chain, { tenant, conversation: uuid, seq, cid, author, at, kind: body.kind }, bodyCommitment),
    request: request === undefined ? null : commitment(salt, canonicalJson(request)),
  };
}
