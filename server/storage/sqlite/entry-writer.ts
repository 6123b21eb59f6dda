import { randomFillSync } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { canonicalJson } from '../../domain/canonical-json.js';
import { SALT_BYTES, chainHash, commitment } from '../../domain/chain.js';
import type { EntryDraft, LogPosition, WrittenEntry } from '../sql/membership-changes.js';

/** Salts made at a time: a call for random bytes costs more than the bytes. */
const SALTS = 256;

/** Puts the next entry into a conversation's log: number, time, hash. Belongs inside a transaction, as its caller's last write. */
export class EntryWriter {
  readonly #insert: StatementSync;
  readonly #advance: StatementSync;
  readonly #now: () => number;
  readonly #salts = new Uint8Array(SALTS * SALT_BYTES);
  #nextSalt = SALTS;

  constructor(db: DatabaseSync, now: () => number = Date.now) {
    this.#insert = db.prepare(
      `INSERT INTO entries (tenant, conversation, seq, author, cid, kind, at, body, salt, commitment, hash, request)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation, author, cid) DO NOTHING`,
    );
    this.#advance = db.prepare('UPDATE conversations SET head = ?, chain = ?, updated_at = ? WHERE id = ? AND tenant = ?');
    this.#now = now;
  }

  /** Null when the author has used the cid in this conversation before; nothing was written then. */
  write(log: LogPosition, draft: EntryDraft): WrittenEntry | null {
    const { tenant, uuid } = log;
    const { author, cid, body, request } = draft;
    const seq = log.head + 1;
    // Never before the entry before it, whatever the clock was set to in between (G23).
    const at = Math.max(this.#now(), log.updatedAt);
    const text = canonicalJson(body);
    const salt = this.#salt();
    const bodyCommitment = commitment(salt, text);
    const hash = chainHash(log.chain, { tenant, conversation: uuid, seq, cid, author, at, kind: body.kind }, bodyCommitment);
    const digest = request === undefined ? null : commitment(salt, canonicalJson(request));
    const { changes } = this.#insert.run(tenant, log.id, seq, author, cid, body.kind, at, text, salt, bodyCommitment, hash, digest);
    if (changes === 0) return null;
    this.#advance.run(seq, hash, at, log.id, tenant);
    return { seq, at };
  }

  #salt(): Uint8Array {
    if (this.#nextSalt === SALTS) {
      randomFillSync(this.#salts);
      this.#nextSalt = 0;
    }
    const start = this.#nextSalt * SALT_BYTES;
    this.#nextSalt += 1;
    return this.#salts.subarray(start, start + SALT_BYTES);
  }
}
