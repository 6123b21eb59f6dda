import type { Person } from '#protocol';
import { queryWords } from '../../domain/search-words.js';
import type { BrowsePage, PersonRecord } from '../directory-storage.js';
import { COUNT_HITS, LAST, browseCursor, browseQuery, searchPlan, searchText } from '../sql/people-queries.js';
import { PERSON_COLUMNS, toPerson } from '../sql/person-row.js';
import type { PersonRow } from '../sql/person-row.js';
import type { Session } from './database.js';
import { numbered } from './numbered.js';

type KnownRow = PersonRow & { initiate: number | null };
type FoundRow = PersonRow & { sort_name: string };

/** See `Storage.people`. */
export async function readPeople(session: Session, tenant: string, ids: readonly string[]): Promise<Person[]> {
  return ids.length === 0 ? [] : (await known(session, tenant, ids)).map(toPerson);
}

/** See `Storage.personRecords`. */
export async function readPersonRecords(session: Session, tenant: string, ids: readonly string[]): Promise<PersonRecord[]> {
  const rows = await known(session, tenant, ids);
  return rows.map((row) => ({ person: toPerson(row), initiate: row.initiate === 1, active: row.deactivated_at === null }));
}

/** See `Storage.searchPeople`. Nothing typed yet finds everybody; only signs that no word has find nobody. */
export async function searchPeople(session: Session, tenant: string, text: string, limit: number): Promise<Person[]> {
  const words = queryWords(text);
  if (words.length === 0 && text.trim() !== '') return [];
  const counts = words.map((word) => session.query<{ hits: number }>(numbered(COUNT_HITS), [tenant, word, word + LAST]));
  const hits = (await Promise.all(counts)).map(([row]) => row?.hits ?? 0);
  const { gathered, others } = searchPlan(words, hits);
  const asked = [...gathered, ...others].flatMap((word) => [tenant, word, word + LAST]);
  const rows = await session.query<PersonRow>(numbered(searchText(gathered.length > 0, others.length)), [tenant, ...asked, limit]);
  return rows.map(toPerson);
}

/** See `Storage.browsePeople`. */
export async function browsePeople(session: Session, tenant: string, page: BrowsePage): Promise<{ people: Person[]; next: string | null }> {
  const query = browseQuery(tenant, page, { position: 'strpos', join: 'JOIN' });
  if (!query) return { people: [], next: null };
  const rows = await session.query<FoundRow>(numbered(query.text), query.values);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { people: shown.map(toPerson), next: last && rows.length > page.limit ? browseCursor(last) : null };
}

function known(session: Session, tenant: string, ids: readonly string[]): Promise<KnownRow[]> {
  return session.query<KnownRow>(`SELECT ${PERSON_COLUMNS}, p.initiate FROM people p WHERE p.tenant = $1 AND p.id = ANY ($2::text[])`, [
    tenant,
    ids,
  ]);
}
