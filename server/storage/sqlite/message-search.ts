import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EntryBody } from '#protocol';
import { answers, entryWords, mayAnswer, messageQuery } from '../../domain/message-words.js';
import type { MessageQuery } from '../../domain/message-words.js';
import { lastVisible } from '../../domain/visibility.js';
import type { SeqRange } from '../../domain/visibility.js';
import type { MessageHits, MessageSearch } from '../history-storage.js';
import { stretchesOf } from '../sql/stretches.js';
import type { IndexedPlace } from '../sql/stretches.js';
import { toEntry } from '../sql/entry-row.js';
import type { EntryRow } from '../sql/entry-row.js';
import { isUnknown } from '../sql/viewed-row.js';
import type { ViewedRow } from '../sql/viewed-row.js';
import { Views } from './views.js';
import { WordIndex } from './word-index.js';

/** Places that are looked into one by one: a frequent word is found there. */
const ONE_BY_ONE = 8;
/** Places in each look after them: most have nothing, and a look costs a quarter of that into each. */
const TOGETHER = 64;
/** A look that finds so many has not found all, and goes into each of its places. */
const MANY = 256;

interface PlaceRow extends ViewedRow {
  uuid: string;
}

/** A stretch of a conversation with what of it the viewer may see, and the number in the store of the newest entry of that. */
interface Place extends IndexedPlace {
  uuid: string;
  ranges: SeqRange[];
  newest: number;
}

type FoundRow = EntryRow & { id: number; conversation: number; kind: string };
type Hit = FoundRow & { uuid: string };

/** What is sought on one page: entries of the store below `below`, of which the index has those up to `indexedTo`. */
interface Sought {
  tenant: string;
  query: MessageQuery;
  below: number;
  indexedTo: number;
  limit: number;
}

/** A page that holds enough has no use for what is not above its last hit. */
type Wanted = Sought & { above: number };

/**
 * Looks into the stretches of the viewer's conversations, those with the newest entries first, and stops at those whose newest entry is
 * older than what the page holds already. So a frequent word is found in the first few, and a rare one costs a look into the index for
 * each conversation of the viewer, however many entries the store has. What an index entry stands for is shown only when `visibleTo` says so.
 */
export class MessageSearcher {
  readonly #index: WordIndex;
  readonly #views: Views;
  readonly #places: StatementSync;
  readonly #place: StatementSync;
  readonly #newest: StatementSync;
  readonly #id: StatementSync;
  readonly #entries: StatementSync;
  readonly #tail: StatementSync;

  constructor(db: DatabaseSync, views = new Views(db)) {
    this.#index = new WordIndex(db);
    this.#views = views;
    const places =
      'SELECT c.id, c.uuid, c.head, m.intervals, m.held_seq FROM members m JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant';
    this.#places = db.prepare(`${places} WHERE m.tenant = ? AND m.user_id = ?`);
    this.#place = db.prepare(`${places} WHERE m.tenant = ? AND m.user_id = ? AND c.uuid = ?`);
    this.#newest = db.prepare(
      `SELECT w.value ->> 0 AS place, e.id FROM json_each(?) w CROSS JOIN entries e ON e.conversation = w.value ->> 1 AND e.seq = w.value ->> 2`,
    );
    this.#id = db.prepare('SELECT id FROM entries WHERE tenant = ? AND conversation = ? AND seq = ?');
    const row = 'e.id, e.conversation, e.seq, e.cid, e.author, e.at, e.body, e.kind';
    this.#entries = db.prepare(`SELECT ${row} FROM json_each(?) w CROSS JOIN entries e ON e.id = w.value WHERE e.tenant = ?`);
    this.#tail = db.prepare(
      `SELECT ${row} FROM entries e WHERE e.tenant = ? AND e.conversation = ? AND e.seq BETWEEN ? AND ? ORDER BY e.seq DESC`,
    );
  }

  /** See `HistoryStorage.searchMessages`. */
  search(tenant: string, user: string, { text, conversation, before, limit }: MessageSearch): MessageHits | null {
    const rows = conversation === undefined ? this.#places.all(tenant, user) : this.#place.all(tenant, user, conversation);
    const mine = rows as unknown as PlaceRow[];
    // Where all has become too old to be shown there is nothing to find, and its member is no stranger for that.
    if (conversation !== undefined && mine.every((row) => isUnknown(row, this.#views.of(tenant, row, null)))) return null;
    const places = this.#visiblePlaces(tenant, mine);
    const below = before === undefined ? Infinity : this.#positionOf(tenant, user, before);
    if (below === null) return null;
    const query = messageQuery(text);
    if (!query) return { hits: [], more: false };
    const sought = { tenant, query, below, indexedTo: this.#index.reaches(), limit: limit + 1 };
    const hits: Hit[] = [];
    for (let start = 0; start < places.length;) {
      if ((hits[limit]?.id ?? 0) > (places[start]?.newest ?? 0)) break;
      const some = places.slice(start, start + (start < ONE_BY_ONE ? 1 : TOGETHER));
      start += some.length;
      hits.push(...this.#hitsIn(some, { ...sought, above: hits[limit]?.id ?? 0 }));
      hits.sort((a, b) => b.id - a.id).splice(sought.limit);
    }
    return { hits: hits.slice(0, limit).map((hit) => toEntry(hit.uuid, hit)), more: hits.length > limit };
  }

  /** Those in which there is something to see, the one with the newest entry first. */
  #visiblePlaces(tenant: string, rows: readonly PlaceRow[]): Place[] {
    const horizon = this.#views.horizon(tenant);
    const seen = rows.flatMap((row) =>
      stretchesOf(row.id, this.#views.of(tenant, row, horizon).ranges).map((place) => ({ ...place, uuid: row.uuid })),
    );
    const asked = seen.map(({ conversation, ranges }, index) => [index, conversation, lastVisible(ranges)]);
    const newest = new Map(this.#newest.all(JSON.stringify(asked)).map((row) => [Number(row['place']), Number(row['id'])]));
    return seen.map((place, index) => ({ ...place, newest: newest.get(index) ?? 0 })).sort((a, b) => b.newest - a.newest);
  }

  /** At least the newest hits in these places. */
  #hitsIn(places: readonly Place[], sought: Wanted): Hit[] {
    const tails = places.filter(({ newest }) => newest > sought.indexedTo).flatMap((place) => this.#notIndexed(place, sought));
    if (places.length > 1) {
      const found = this.#index.find(places, sought.query, {
        from: sought.above + 1,
        to: Math.min(sought.below - 1, sought.indexedTo),
        limit: MANY,
      });
      if (found.length < MANY) return [...tails, ...this.#seen(places, sought.tenant, found)];
    }
    return [...tails, ...places.flatMap((place) => this.#indexed(place, sought))];
  }

  /** The newest hits in the index of one place: the entries of a conversation are numbered in the store in the order of its log. */
  #indexed(place: Place, { tenant, query, below, above, indexedTo, limit }: Wanted): Hit[] {
    const hits: Hit[] = [];
    for (const range of [...place.ranges].reverse()) {
      const from = Math.max(above + 1, this.#idOf(tenant, place.conversation, range.from));
      const to = Math.min(this.#idOf(tenant, place.conversation, range.to), below - 1, indexedTo);
      const found = this.#index.find([place], query, { from, to, limit: limit - hits.length });
      hits.push(...this.#seen([place], tenant, found));
      if (hits.length >= limit) break;
    }
    return hits;
  }

  /** The newest hits among what the index has not reached yet, which is read. */
  #notIndexed(place: Place, { tenant, query, below, indexedTo, limit }: Sought): Hit[] {
    const hits: Hit[] = [];
    for (const range of [...place.ranges].reverse()) {
      for (const row of this.#tail.iterate(tenant, place.conversation, range.from, range.to)) {
        const entry = row as unknown as FoundRow;
        if (entry.id <= indexedTo || hits.length >= limit) return hits;
        if (entry.id >= below || entry.kind !== 'message' || !mayAnswer(entry.body, query)) continue;
        if (answers(entryWords(JSON.parse(entry.body) as EntryBody), query)) hits.push({ ...entry, uuid: place.uuid });
      }
    }
    return hits;
  }

  /** The entries with these numbers, of which the viewer gets those that they may see. */
  #seen(places: readonly Place[], tenant: string, ids: readonly number[]): Hit[] {
    if (ids.length === 0) return [];
    const rows = this.#entries.all(JSON.stringify(ids), tenant) as unknown as FoundRow[];
    return rows.flatMap((row) => {
      const place = places.find(({ conversation, ranges }) => conversation === row.conversation && includes(ranges, row.seq));
      return place ? { ...row, uuid: place.uuid } : [];
    });
  }

  /** Null for an entry that the user may not see: nobody learns by a cursor whether there is one. */
  #positionOf(tenant: string, user: string, { conversation, seq }: { conversation: string; seq: number }): number | null {
    const row = this.#place.get(tenant, user, conversation) as PlaceRow | undefined;
    return row && includes(this.#views.of(tenant, row).ranges, seq) ? this.#idOf(tenant, row.id, seq) : null;
  }

  #idOf(tenant: string, conversation: number, seq: number): number {
    return Number(this.#id.get(tenant, conversation, seq)?.['id'] ?? 0);
  }
}

function includes(ranges: readonly SeqRange[], seq: number): boolean {
  return ranges.some(({ from, to }) => from <= seq && seq <= to);
}
