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
  const words = queryWords(text);
  if (words.length === 0 && text.trim() !== '') return [];
  const rarest = await findRarest(db, tenant, words);
  let query = db.selectFrom('people as p').select(columns).where('p.tenant', '=', tenant).limit(limit);
  for (const word of words.filter((one) => one !== rarest?.word)) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('people_words as w')
          .select(sql<number>`1`.as('found'))
          .where('w.tenant', '=', tenant)
          .whereRef('w.user_id', '=', 'p.id')
          .where('w.word', '>=', word)
          .where('w.word', '<', word + LAST),
      ),
    );
  }
  if (rarest) query = query.where('p.id', 'in', stretch(db, tenant, rarest.word).select('w.user_id'));
  query = rarest && rarest.hits < FEW ? query.orderBy(sortedAfterwards) : query.orderBy('p.sort_name');
  return (await query.orderBy('p.id').execute()).map(toPerson);
}

/** Sorting by an expression keeps the engine from walking the whole directory by name to spare itself the sorting of a few hits. */
const sortedAfterwards = sql`p.sort_name || ''`;

/** Up to so many hits are looked up and sorted; more are met soon enough on a walk by name. */
const FEW = 2_000;
/** Counting stops here: what is more frequent is no help, whatever it is. */
const COUNTED = 20_000;

/** The word with the fewest hits: its hits are gathered, and only among them the other words are looked for. */
async function findRarest(
  db: Kysely<Tables>,
  tenant: string,
  words: readonly string[],
): Promise<{ word: string; hits: number } | undefined> {
  let rarest: { word: string; hits: number } | undefined;
  for (const word of words) {
    const some = stretch(db, tenant, word).select('w.user_id').limit(COUNTED).as('some');
    const { hits } = await db
      .selectFrom(some)
      .select(({ fn }) => fn.countAll<number>().as('hits'))
      .executeTakeFirstOrThrow();
    if (!rarest || hits < rarest.hits) rarest = { word, hits };
  }
  return rarest;
}

/** The words that begin with a prefix. */
function stretch(db: Kysely<Tables>, tenant: string, prefix: string) {
  return db
    .selectFrom('people_words as w')
    .where('w.tenant', '=', tenant)
    .where('w.word', '>=', prefix)
    .where('w.word', '<', prefix + LAST);
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
