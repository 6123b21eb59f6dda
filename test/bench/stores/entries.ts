import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { v7 } from 'uuid';
import type { EntryDraft, LogPosition } from '../../../server/storage/sql/membership-changes.js';
import { Salts, sealEntry } from '../../../server/storage/sql/seal-entry.js';

/** The columns of a row of the log that are written, in the order of the table. */
const COLUMNS = 'tenant, conversation, seq, author, cid, kind, at, body, salt, commitment, hash, request';
/** Rows in one statement: fewer calls into the database. */
const BATCH = 20;

/**
 * Writes many entries into many logs as the server writes one: numbered and sealed into the hash chain. Where each log ends is kept
 * here and written once, with `end`.
 */
export class EntryBuilder {
  readonly #insert: StatementSync;
  readonly #insertMany: StatementSync;
  readonly #advance: StatementSync;
  readonly #salts = new Salts();
  readonly #logs = new Set<LogPosition>();
  #waiting: (string | number | Uint8Array | null)[] = [];
  #written = 0;

  constructor(db: DatabaseSync) {
    const row = `(${COLUMNS.split(',')
      .map(() => '?')
      .join(', ')})`;
    this.#insert = db.prepare(`INSERT INTO entries (${COLUMNS}) VALUES ${row}`);
    this.#insertMany = db.prepare(`INSERT INTO entries (${COLUMNS}) VALUES ${Array.from({ length: BATCH }, () => row).join(', ')}`);
    this.#advance = db.prepare('UPDATE conversations SET head = ?, chain = ?, updated_at = ? WHERE id = ?');
  }

  /** Moves `log` forward. */
  write(log: LogPosition, { author, body, request }: Omit<EntryDraft, 'cid'>, at: number): void {
    const cid = v7({ msecs: at, seq: this.#written, random: this.#salts.next() });
    const sealed = sealEntry(log, { author, cid, body, request }, at, this.#salts.next());
    const { seq, salt, commitment, hash } = sealed;
    this.#waiting.push(log.tenant, log.id, seq, author, cid, body.kind, sealed.at, sealed.body, salt, commitment, hash, sealed.request);
    this.#written += 1;
    Object.assign(log, { head: seq, chain: hash, updatedAt: sealed.at });
    this.#logs.add(log);
    if (this.#written % BATCH === 0) {
      this.#insertMany.run(...this.#waiting);
      this.#waiting = [];
    }
  }

  end(): void {
    const width = COLUMNS.split(',').length;
    for (let at = 0; at < this.#waiting.length; at += width) this.#insert.run(...this.#waiting.slice(at, at + width));
    this.#waiting = [];
    for (const { id, head, chain, updatedAt } of this.#logs) this.#advance.run(head, chain, updatedAt, id);
  }
}
