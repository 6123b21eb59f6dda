import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EntryBody } from '#protocol';
import { entryWords } from '../../domain/message-words.js';
import { stretchOf } from '../sql/stretches.js';
import { indexed } from './word-index.js';

/** Entries in one step: about one and a half milliseconds, for which a message that comes meanwhile waits. */
const STEP = 100;
/**
 * Entries in one step while somebody sends: 0.6 ms (measured, median). Each costs nearly half as much again as in a step of 100; half of the
 * time is still enough for some 10,000 a second, and from 500 a second on the index waits (BUSY).
 */
const SMALL_STEP = 25;
/** ms after the last commit in which the next message may come any moment. */
const SENDING = 50;
/** Entries in one step when too many are missing: of so many at a time each costs a third less. */
const LARGE_STEP = 1_000;
/**
 * More than this are not left out of the index, whoever sends meanwhile: a search looks through what is missing, one entry after the other,
 * in some three microseconds each. Fewer wait for a moment in which nobody sends, because an entry costs the writer half as much again as it
 * cost to write (measured).
 */
const MOST_LEFT = 50_000;
/** Entries a millisecond from which on the index waits for a calmer moment. */
const BUSY = 0.5;
/** ms after a commit. Entries that come close together share a segment of the index and a flush of the disk. */
const PAUSE = 1_000;

interface Row {
  id: number;
  conversation: number;
  seq: number;
  kind: string;
  body: string;
}

/**
 * Keeps the index of the words of messages. It follows the log at a short distance instead of growing with each message: in the
 * transaction of the message it would cost every sender what few searches gain. How far it has come is noted in the same transaction, so
 * a search knows what it must still look through (message-search.ts) and is complete at any time, also while a store of before is indexed.
 */
export class MessageIndexer {
  readonly #db: DatabaseSync;
  readonly #failed: (error: unknown) => void;
  readonly #next: StatementSync;
  readonly #insert: StatementSync;
  readonly #note: StatementSync;
  readonly #last: StatementSync;
  #indexedTo: number;
  /** When it was looked how many entries there are, and how many there were. */
  #looked: { at: number; last: number };
  #committedAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: DatabaseSync, failed: (error: unknown) => void) {
    this.#db = db;
    this.#failed = failed;
    this.#next = db.prepare('SELECT id, conversation, seq, kind, body FROM entries WHERE id > ? ORDER BY id LIMIT ?');
    this.#insert = db.prepare('INSERT INTO message_words (rowid, words) VALUES (?, ?)');
    this.#note = db.prepare('UPDATE store SET indexed_to = ?');
    this.#last = db.prepare('SELECT coalesce(max(id), 0) AS last FROM entries');
    this.#indexedTo = Number(db.prepare('SELECT indexed_to FROM store').get()?.['indexed_to']);
    this.#looked = { at: performance.now(), last: this.#lastEntry() };
  }

  /** After a commit and once at the start, outside of any transaction. `settled` resolves when no call waits. */
  follow(settled: () => Promise<void>): void {
    this.#committedAt = performance.now();
    const isFar = this.#attempt(() => this.#lastEntry() - this.#indexedTo > MOST_LEFT);
    if (isFar) this.step(LARGE_STEP);
    this.#plan(settled, PAUSE);
  }

  /** Indexes the next entries; false when nothing is left, or when it failed and waits for the next commit. */
  step(entries: number = STEP): boolean {
    return this.#attempt(() => this.#step(entries));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #step(entries: number): boolean {
    const rows = this.#next.all(this.#indexedTo, entries) as unknown as Row[];
    const last = rows.at(-1);
    if (!last) return false;
    this.#db.exec('BEGIN IMMEDIATE');
    for (const row of rows) this.#add(row);
    this.#note.run(last.id);
    this.#db.exec('COMMIT');
    this.#indexedTo = last.id;
    return rows.length === entries;
  }

  /** False also when it failed: that is said, and the thread that writes goes on, because no message depends on the index. */
  #attempt(act: () => boolean): boolean {
    try {
      return act();
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      this.#failed(error);
      return false;
    }
  }

  #plan(settled: () => Promise<void>, pause: number): void {
    this.#timer ??= setTimeout(() => {
      void settled().then(() => {
        this.#timer = undefined;
        const started = performance.now();
        if (this.#attempt(() => this.#isBusy(started))) return this.#plan(settled, PAUSE);
        // An old store is indexed in the half of the time that the senders leave to it.
        if (this.step(started - this.#committedAt < SENDING ? SMALL_STEP : STEP)) this.#plan(settled, performance.now() - started);
      });
    }, pause).unref();
  }

  #add({ id, conversation, seq, kind, body }: Row): void {
    if (kind !== 'message') return;
    const place = { conversation, stretch: stretchOf(seq) };
    const words = entryWords(JSON.parse(body) as EntryBody).map((word) => indexed(place, word));
    if (words.length > 0) this.#insert.run(id, words.join(' '));
  }

  /** Between two commits nobody waits, however many send: whether they do is seen by what has come since the last look. */
  #isBusy(now: number): boolean {
    const { at, last } = this.#looked;
    if (now - at < PAUSE / 2) return false;
    this.#looked = { at: now, last: this.#lastEntry() };
    return this.#looked.last - last > BUSY * (now - at) && this.#looked.last - this.#indexedTo <= MOST_LEFT;
  }

  #lastEntry(): number {
    return Number(this.#last.get()?.['last']);
  }
}
