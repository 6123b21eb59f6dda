import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MessageQuery } from '../../domain/message-words.js';
import type { IndexedPlace } from '../sql/stretches.js';

/**
 * The word as the index has it: with its place in front, so that a search looks at the words of the viewer's conversations and at nobody
 * else's, however large the store or one conversation is. No word begins with another place, because an `x` ends each number.
 */
export function indexed({ conversation, stretch }: IndexedPlace, word: string): string {
  return `${conversation}x${stretch}x${word}`;
}

/** The index of the words of messages, as readers use it. */
export class WordIndex {
  readonly #reaches: StatementSync;
  readonly #find: StatementSync;

  constructor(db: DatabaseSync) {
    this.#reaches = db.prepare('SELECT indexed_to FROM store');
    this.#find = db.prepare(
      'SELECT rowid AS id FROM message_words WHERE message_words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?',
    );
  }

  /** The number in the store of the last entry that the index knows. */
  reaches(): number {
    return Number(this.#reaches.get()?.['indexed_to']);
  }

  /** Numbers of the newest entries of these places that have the words, from the newest on. */
  find(places: readonly IndexedPlace[], query: MessageQuery, { from, to, limit }: { from: number; to: number; limit: number }): number[] {
    if (from > to) return [];
    const match = places.map((place) => `(${expression(place, query)})`).join(' OR ');
    return this.#find.all(match, from, to, limit).map((row) => Number(row['id']));
  }
}

/** Words are letters and digits only: in quotes nothing in them is an operator (attack 76). */
function expression(place: IndexedPlace, { words, beginning }: MessageQuery): string {
  return [...words.map((word) => `"${indexed(place, word)}"`), `"${indexed(place, beginning)}" *`].join(' AND ');
}
