import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EntryBody } from '#protocol';
import { ERASED_BODY } from '../../domain/chain.js';
import { entryWords } from '../../domain/message-words.js';
import type { Erasure, ErasureResult } from '../archive.js';
import { AuditWriter } from './audit.js';
import { stretchOf } from '../sql/stretches.js';
import { indexed } from './word-index.js';

interface Row {
  id: number;
  conversation: number;
  kind: string;
  body: string;
  salt: Uint8Array;
}

/**
 * Takes the body and the salt of single messages out of a store that nobody else has open (G18). Nothing of a running server can do that:
 * no verb of `Storage` and no command of the protocol leads here.
 */
export class Eraser {
  readonly #db: DatabaseSync;
  readonly #audit: AuditWriter;
  readonly #find: StatementSync;
  readonly #note: StatementSync;
  readonly #erase: StatementSync;
  readonly #unindex: StatementSync;
  readonly #indexedTo: number;

  constructor(db: DatabaseSync) {
    this.#db = db;
    // What SQLite removes it overwrites from here on, and the index of words takes out what it would otherwise only mark.
    db.exec("PRAGMA secure_delete = ON; INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1)");
    this.#audit = new AuditWriter(db);
    this.#find = db.prepare(
      `SELECT e.id, e.conversation, e.kind, e.body, e.salt FROM conversations c JOIN entries e ON e.conversation = c.id AND e.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ? AND e.seq = ?`,
    );
    this.#note = db.prepare('INSERT INTO erasures (tenant, conversation, seq, audit) VALUES (?, ?, ?, ?)');
    this.#erase = db.prepare('UPDATE entries SET body = ?, salt = zeroblob(0), request = NULL WHERE id = ?');
    this.#unindex = db.prepare("INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', ?, ?)");
    this.#indexedTo = Number(db.prepare('SELECT indexed_to FROM store').get()?.['indexed_to']);
  }

  /** In one transaction with its record in the audit log. */
  erase({ tenant, conversation, seq, record }: Erasure): ErasureResult {
    const row = this.#find.get(tenant, conversation, seq) as Row | undefined;
    if (!row) return 'not-found';
    if (row.kind !== 'message') return 'no-text';
    if (row.salt.length === 0) return 'already';
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const audit = this.#audit.add(tenant, { ...record, subject: { conversation, seq } });
      this.#note.run(tenant, row.conversation, seq, audit);
      this.#erase.run(ERASED_BODY, row.id);
      if (row.id <= this.#indexedTo) this.#takeOutOfIndex(row, seq);
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
    return 'erased';
  }

  /**
   * Writes the whole file anew, because a page may hold what stood there before; then empties the write-ahead log. Needs as much free room as
   * the store has, and as long as it takes to copy it.
   */
  scrub(): void {
    this.#db.exec('VACUUM');
    const checkpoint = this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (checkpoint?.['busy'] !== 0)
      throw new Error('The write-ahead log could not be emptied: another program reads the store. Ask again.');
  }

  #takeOutOfIndex({ id, conversation, body }: Row, seq: number): void {
    const place = { conversation, stretch: stretchOf(seq) };
    const words = entryWords(JSON.parse(body) as EntryBody).map((word) => indexed(place, word));
    if (words.length > 0) this.#unindex.run(id, words.join(' '));
  }
}
