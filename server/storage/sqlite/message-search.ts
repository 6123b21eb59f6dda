import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EntryBody } from '#protocol';
import { answers, entryWords, messageQuery } from '../../domain/message-words.js';
import type { MessageQuery } from '../../domain/message-words.js';
import { lastVisible, visibleTo } from '../../domain/visibility.js';
import type { SeqRange } from '../../domain/visibility.js';
import type { MessageHits, MessageSearch } from '../history-storage.js';
import { readMembership } from '../sql/intervals.js';
import { toEntry } from './log-reader.js';
import type { EntryRow } from './log-reader.js';
import { indexed } from './message-index.js';

interface PlaceRow {
  id: number;
  uuid: string;
  head: number;
  intervals: string;
}

/** A conversation with what of it the viewer may see, and the number in the store of the newest entry of that. */
interface Place {
  id: number;
  uuid: string;
  ranges: SeqRange[];
  newest: number;
}

type HitRow = EntryRow & { id: number };
type Hit = HitRow & { uuid: string };

/**
 * Looks through one conversation after the other, the one with the newest entry first, and stops at those whose newest entry is older than
 * what the page holds already. So a frequent word is found in a few conversations, and a rare one costs a look at each of the viewer's,
 * however many entries the store has.
 */
export class MessageSearcher {
  readonly #places: StatementSync;
  readonly #place: StatementSync;
  readonly #newest: StatementSync;
  readonly #id: StatementSync;
  readonly #indexedTo: StatementSync;
  readonly #found: StatementSync;
  readonly #tail: StatementSync;

  constructor(db: DatabaseSync) {
    const places =
      'SELECT c.id, c.uuid, c.head, m.intervals FROM members m JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant';
    this.#places = db.prepare(`${places} WHERE m.tenant = ? AND m.user_id = ?`);
    this.#place = db.prepare(`${places} WHERE m.tenant = ? AND m.user_id = ? AND c.uuid = ?`);
    this.#newest = db.prepare(
      `SELECT w.value ->> 0 AS place, e.id FROM json_each(?) w CROSS JOIN entries e ON e.conversation = w.value ->> 1 AND e.seq = w.value ->> 2`,
    );
    this.#id = db.prepare('SELECT id FROM entries WHERE tenant = ? AND conversation = ? AND seq = ?');
    this.#indexedTo = db.prepare('SELECT indexed_to FROM store');
    this.#found = db.prepare(
      `SELECT e.id, e.seq, e.cid, e.author, e.at, e.body FROM message_words CROSS JOIN entries e ON e.id = message_words.rowid
       WHERE message_words MATCH ? AND message_words.rowid BETWEEN ? AND ? AND e.tenant = ? AND e.conversation = ?
       ORDER BY message_words.rowid DESC LIMIT ?`,
    );
    this.#tail = db.prepare(
      `SELECT id, seq, cid, author, at, body, kind FROM entries
       WHERE tenant = ? AND conversation = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC`,
    );
  }

  /** See `Storage.searchMessages`. */
  search(tenant: string, user: string, { text, conversation, before, limit }: MessageSearch): MessageHits | null {
    const rows = conversation === undefined ? this.#places.all(tenant, user) : this.#place.all(tenant, user, conversation);
    if (conversation !== undefined && rows.length === 0) return null;
    const below = before === undefined ? Infinity : this.#positionOf(tenant, user, before);
    if (below === null) return null;
    const query = messageQuery(text);
    if (!query) return { hits: [], more: false };
    const indexedTo = Number(this.#indexedTo.get()?.['indexed_to']);
    const hits: Hit[] = [];
    for (const place of this.#visiblePlaces(rows as unknown as PlaceRow[])) {
      if ((hits[limit]?.id ?? 0) > place.newest) break;
      hits.push(...this.#hitsIn(tenant, place, query, { below, indexedTo, limit: limit + 1 }));
      hits.sort((a, b) => b.id - a.id).splice(limit + 1);
    }
    return { hits: hits.slice(0, limit).map((hit) => toEntry(hit.uuid, hit)), more: hits.length > limit };
  }

  /** Those in which there is something to see, the one with the newest entry first. */
  #visiblePlaces(rows: readonly PlaceRow[]): Place[] {
    const seen = rows.map((row) => ({ id: row.id, uuid: row.uuid, ranges: visible(row) })).filter(({ ranges }) => ranges.length > 0);
    const asked = seen.map(({ id, ranges }, index) => [index, id, lastVisible(ranges)]);
    const newest = new Map(this.#newest.all(JSON.stringify(asked)).map((row) => [Number(row['place']), Number(row['id'])]));
    return seen.map((place, index) => ({ ...place, newest: newest.get(index) ?? 0 })).sort((a, b) => b.newest - a.newest);
  }

  /** The newest hits in one conversation, newest first. */
  #hitsIn(tenant: string, place: Place, query: MessageQuery, page: { below: number; indexedTo: number; limit: number }): Hit[] {
    const hits: HitRow[] = [];
    for (const range of [...place.ranges].reverse()) {
      if (place.newest > page.indexedTo) hits.push(...this.#notIndexed(tenant, place, range, query, page));
      if (hits.length < page.limit) hits.push(...this.#indexed(tenant, place, range, query, { ...page, limit: page.limit - hits.length }));
      if (hits.length >= page.limit) break;
    }
    return hits.map((hit) => ({ ...hit, uuid: place.uuid }));
  }

  /** Entries of a conversation are numbered in the store in the order of their log, so a stretch of the log is a stretch of the index. */
  #indexed(
    tenant: string,
    { id }: Place,
    range: SeqRange,
    { words, beginning }: MessageQuery,
    { below, indexedTo, limit }: { below: number; indexedTo: number; limit: number },
  ): HitRow[] {
    const from = this.#idOf(tenant, id, range.from);
    const to = Math.min(this.#idOf(tenant, id, range.to), below - 1, indexedTo);
    if (from === 0 || from > to) return [];
    // Words are letters and digits only: in quotes nothing in them is an operator (attack 76).
    const match = [...words.map((word) => `"${indexed(id, word)}"`), `"${indexed(id, beginning)}" *`].join(' ');
    return this.#found.all(match, from, to, tenant, id, limit) as unknown as HitRow[];
  }

  /** What the index has not reached yet is read. */
  #notIndexed(
    tenant: string,
    { id }: Place,
    range: SeqRange,
    query: MessageQuery,
    { below, indexedTo, limit }: { below: number; indexedTo: number; limit: number },
  ): HitRow[] {
    const hits: HitRow[] = [];
    for (const row of this.#tail.iterate(tenant, id, range.from, range.to)) {
      const entry = row as unknown as HitRow & { kind: string };
      if (entry.id <= indexedTo || hits.length >= limit) break;
      if (entry.id >= below || entry.kind !== 'message') continue;
      if (answers(entryWords(JSON.parse(entry.body) as EntryBody), query)) hits.push(entry);
    }
    return hits;
  }

  /** Null for an entry that the user may not see: nobody learns by a cursor whether there is one. */
  #positionOf(tenant: string, user: string, { conversation, seq }: { conversation: string; seq: number }): number | null {
    const row = this.#place.get(tenant, user, conversation) as PlaceRow | undefined;
    if (!row || !visible(row).some(({ from, to }) => from <= seq && seq <= to)) return null;
    return this.#idOf(tenant, row.id, seq);
  }

  #idOf(tenant: string, conversation: number, seq: number): number {
    return Number(this.#id.get(tenant, conversation, seq)?.['id'] ?? 0);
  }
}

function visible({ intervals, head }: Pick<PlaceRow, 'intervals' | 'head'>): SeqRange[] {
  return visibleTo(readMembership(intervals), head);
}
