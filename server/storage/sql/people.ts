import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Person } from '#protocol';
import { queryWords } from '../../domain/search-words.js';
import type { Tables } from './schema.js';

/** The last code point: no word that begins with a prefix sorts behind the prefix followed by it. */
const LAST = '\u{10FFFF}';

const columns = ['p.id', 'p.name', 'p.title', 'p.organisation'] as const;

export async function findPeople(db: Kysely<Tables>, tenant: string, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('people as p').select(columns).where('p.tenant', '=', tenant).where('p.id', 'in', ids).execute();
  return rows.map(toPerson);
}

/** See `Storage.searchPeople`. Nothing typed yet finds everybody; only signs that no word has find nobody. */
export async function searchPeople(db: Kysely<Tables>, tenant: string, text: string, limit: number): Promise<Person[]> {
  const words = queryWords(text).sort((a, b) => b.length - a.length);
  const [longest, ...others] = words;
  if (longest === undefined && text.trim() !== '') return [];
  let query = db
    .selectFrom('people as p')
    .select(columns)
    .where('p.tenant', '=', tenant)
    .orderBy('p.sort_name')
    .orderBy('p.id')
    .limit(limit);
  if (longest !== undefined) {
    // The longest word is met most seldom: its stretch of the index is walked, the others are looked up for each hit.
    const hits = db
      .selectFrom('people_words as w')
      .select('w.user_id')
      .where('w.tenant', '=', tenant)
      .where('w.word', '>=', longest)
      .where('w.word', '<', longest + LAST);
    query = query.where('p.id', 'in', hits);
  }
  for (const word of others) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('people_words as o')
          .select(sql<number>`1`.as('found'))
          .where('o.tenant', '=', tenant)
          .whereRef('o.user_id', '=', 'p.id')
          .where('o.word', '>=', word)
          .where('o.word', '<', word + LAST),
      ),
    );
  }
  return (await query.execute()).map(toPerson);
}

function toPerson({
  id,
  name,
  title,
  organisation,
}: {
  id: string;
  name: string;
  title: string | null;
  organisation: string | null;
}): Person {
  return { id, name, ...(title === null ? {} : { title }), ...(organisation === null ? {} : { organisation }) };
}
