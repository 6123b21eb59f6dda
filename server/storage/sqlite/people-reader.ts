import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Person } from '#protocol';
import { queryWords } from '../../domain/search-words.js';
import type { PersonRecord } from '../directory-storage.js';
import { COUNT_HITS, LAST, searchPlan, searchText } from '../sql/people-queries.js';
import { PERSON_COLUMNS, toPerson } from '../sql/person-row.js';
import type { PersonRow } from '../sql/person-row.js';
import { Rows } from './rows.js';

/** The directory, by ids and by the beginnings of words. */
export class PeopleReader {
  readonly #db: DatabaseSync;
  readonly #byIds: Rows<PersonRow & { initiate: number | null }>;
  readonly #hits: StatementSync;
  /** By text, which differs by the number of words only. */
  readonly #searches = new Map<string, Rows<PersonRow>>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#byIds = new Rows(
      db,
      `SELECT ${PERSON_COLUMNS}, p.initiate FROM people p WHERE p.tenant = ? AND p.id IN (SELECT value FROM json_each(?))`,
    );
    this.#hits = db.prepare(COUNT_HITS);
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
    return this.#byIds.all(tenant, JSON.stringify(ids));
  }

  /** See `Storage.searchPeople`. Nothing typed yet finds everybody; only signs that no word has find nobody. */
  search(tenant: string, text: string, limit: number): Person[] {
    const words = queryWords(text);
    if (words.length === 0 && text.trim() !== '') return [];
    const hits = words.map((word) => Number(this.#hits.get(tenant, word, word + LAST)?.['hits']));
    const { gathered, others } = searchPlan(words, hits);
    const asked = [...gathered, ...others].flatMap((word) => [tenant, word, word + LAST]);
    const statement = this.#search(searchText(gathered.length > 0, others.length));
    return statement.all(tenant, ...asked, limit).map(toPerson);
  }

  #search(text: string): Rows<PersonRow> {
    const known = this.#searches.get(text);
    if (known) return known;
    const statement = new Rows<PersonRow>(this.#db, text);
    this.#searches.set(text, statement);
    return statement;
  }
}
