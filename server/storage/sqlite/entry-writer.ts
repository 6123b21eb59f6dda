import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EntryDraft, LogPosition, WrittenEntry } from '../sql/membership-changes.js';
import { Salts, sealEntry } from '../sql/seal-entry.js';

/** Puts the next entry into a conversation's log: number, time, hash. Belongs inside a transaction, as its caller's last write. */
export class EntryWriter {
  readonly #insert: StatementSync;
  readonly #advance: StatementSync;
  readonly #now: () => number;
  readonly #salts = new Salts();

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
    const { tenant, id } = log;
    const { author, cid, body: content } = draft;
    const { seq, at, body, salt, commitment, hash, request } = sealEntry(log, draft, this.#now(), this.#salts.next());
    const { changes } = this.#insert.run(tenant, id, seq, author, cid, content.kind, at, body, salt, commitment, hash, request);
    if (changes === 0) return null;
    this.#advance.run(seq, hash, at, log.id, tenant);
    return { seq, at };
  }
}
