import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Person } from '#protocol';
import { queryWords } from '../../domain/search-words.js';
import type { PersonRecord } from '../directory-storage.js';
import { PERSON_COLUMNS, toPerson } from './person-row.js';
import type { PersonRow } from './person-row.js';

/** The last code point: no word that begins with a prefix sorts behind the prefix followed by it. */
const LAST = '\u{10FFFF}';
/** So many hits of one word are gathered and sorted; more are met soon enough on a walk by name. */
const FEW = 2_000;
/**
 * So many are gathered when other words must be there too, because those who have all of them may be rare or nobody. Counting stops
 * here: of what is more frequent still, a walk by name finds the first ones soon.
 */
const COUNTED = 20_000;

const STRETCH = 'w.tenant = ? AND w.word >= ? AND w.word < ?';

/** The directory, by ids and by the beginnings of words. */
export class PeopleReader {
  readonly #db: DatabaseSync;
  readonly #byIds: StatementSync;
  readonly #hits: StatementSync;
  /** By text, which differs by the number of words only. */
  readonly #searches = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#byIds = db.prepare(
      `SELECT ${PERSON_COLUMNS}, p.initiate FROM people p WHERE p.tenant = ? AND p.id IN (SELECT value FROM json_each(?))`,
    );
    this.#hits = db.prepare(`SELECT count(*) AS hits FROM (SELECT 1 FROM people_words w WHERE ${STRETCH} LIMIT ${COUNTED})`);
  }

  people(tenant: string, ids: readonly string[]): Person[] {
    if (ids.length === 0) return [];
    return this.#rows(tenant, ids).map(toPerson);
  }

  records(tenant: string, ids: readonly string[]): PersonRecord[] {
    return this.#rows(tenant, ids).map((row) => ({
      person: toPerson(row),
      initiate: row.initiate === 1,
      active: row.deactivated_at === null,
    }));
  }

  #rows(tenant: string, ids: readonly string[]): (PersonRow & { initiate: number | null })[] {
    return this.#byIds.all(tenant, JSON.stringify(ids)) as unknown as (PersonRow & { initiate: number | null })[];
  }

  /** See `Storage.searchPeople`. Nothing typed yet finds everybody; only signs that no word has find nobody. */
  search(tenant: string, text: string, limit: number): Person[] {
    const words = queryWords(text);
    if (words.length === 0 && text.trim() !== '') return [];
    const rarest = this.#rarest(tenant, words);
    const gathered = rarest && (words.length > 1 || rarest.hits < FEW) ? [rarest.word] : [];
    const others = words.filter((word) => !gathered.includes(word));
    const asked = [...gathered, ...others].flatMap((word) => [tenant, word, word + LAST]);
    const statement = this.#search(gathered.length > 0, others.length);
    return (statement.all(tenant, ...asked, limit) as unknown as PersonRow[]).map(toPerson);
  }

  /** The word with the fewest hits: its hits are gathered, and only among them the other words are looked for. */
  #rarest(tenant: string, words: readonly string[]): { word: string; hits: number } | undefined {
    let rarest: { word: string; hits: number } | undefined;
    for (const word of words) {
      const hits = Number(this.#hits.get(tenant, word, word + LAST)?.['hits']);
      if (hits < (rarest?.hits ?? COUNTED)) rarest = { word, hits };
    }
    return rarest;
  }

  #search(gathers: boolean, others: number): StatementSync {
    const gathered = gathers ? ` AND p.id IN (SELECT w.user_id FROM people_words w WHERE ${STRETCH})` : '';
    const has = ` AND EXISTS (SELECT 1 FROM people_words w WHERE w.user_id = p.id AND ${STRETCH})`.repeat(others);
    // Sorting by an expression keeps the engine from walking the whole directory by name to spare itself the sorting of what was gathered.
    const order = gathers ? "p.sort_name || ''" : 'p.sort_name';
    const text = `SELECT ${PERSON_COLUMNS} FROM people p WHERE p.tenant = ? AND p.deactivated_at IS NULL${gathered}${has} ORDER BY ${order}, p.id LIMIT ?`;
    const known = this.#searches.get(text);
    if (known) return known;
    const statement = this.#db.prepare(text);
    this.#searches.set(text, statement);
    return statement;
  }
}
