import type { DirectoryPerson } from '../directory-storage.js';
import { FIELDS, FOLDED, foldedFields, personFields, personWords } from '../sql/person-fields.js';
import type { StoredPerson } from '../sql/person-fields.js';
import type { Session } from './database.js';

/** People in one statement. A host may send a hundred thousand at a time. */
const STEP = 1_000;

const COLUMNS = [...FIELDS, ...FOLDED, 'deactivated_at'] as const;
const KNOWN = `SELECT id, ${FIELDS.join(', ')}, deactivated_at FROM people WHERE tenant = $1 AND id = ANY ($2::text[])`;
/** In the order of their ids, so that two hosts that send the same people wait for each other instead of one for the other and back. */
const PUT = `INSERT INTO people (tenant, id, ${COLUMNS.join(', ')})
  SELECT $1, r.id, ${COLUMNS.map((column) => `r.${column}`).join(', ')}
  FROM json_populate_recordset(NULL::people, $2::json) r ORDER BY r.id
  ON CONFLICT (tenant, id) DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;
const FORGET = 'DELETE FROM people_words WHERE tenant = $1 AND user_id = ANY ($2::text[])';
const INDEX =
  'INSERT INTO people_words (tenant, word, user_id) SELECT $1, w.word, w.id FROM unnest($2::text[], $3::text[]) AS w (word, id)';

type KnownPerson = StoredPerson & { id: string };

/** What a call makes of the people it was given, in their order. */
interface Changes {
  /** Those that changed, as they were given. */
  changed: DirectoryPerson[];
  /** What is stored of them in the end. */
  stored: Map<string, StoredPerson>;
  /** Of whom the right to start conversations is another than before. */
  rights: Set<string>;
}

/** See `Storage.putPeople`. Tells of whom the right to start conversations has changed. */
export async function putPeople(
  session: Session,
  tenant: string,
  people: readonly DirectoryPerson[],
  absent: 'removed' | 'kept' = 'removed',
): Promise<{ changed: DirectoryPerson[]; rights: string[] }> {
  const result: { changed: DirectoryPerson[]; rights: string[] } = { changed: [], rights: [] };
  for (let start = 0; start < people.length; start += STEP) {
    const some = people.slice(start, start + STEP);
    // Most sign-ins change nothing, and need no lock to know it.
    if (changesOf(some, await find(session, tenant, some, ''), absent).changed.length === 0) continue;
    const changes = changesOf(some, await find(session, tenant, some, ' ORDER BY id FOR UPDATE'), absent);
    await store(session, tenant, changes.stored);
    result.changed.push(...changes.changed);
    result.rights.push(...changes.rights);
  }
  return result;
}

/** See `Storage.deactivatePerson`. */
export async function deactivatePerson(session: Session, tenant: string, id: string, now: number): Promise<boolean> {
  const known = await session.query(
    'UPDATE people SET deactivated_at = coalesce(deactivated_at, $3) WHERE tenant = $1 AND id = $2 RETURNING id',
    [tenant, id, now],
  );
  if (known.length === 0) return false;
  await session.query(FORGET, [tenant, [id]]);
  return true;
}

async function find(
  session: Session,
  tenant: string,
  people: readonly DirectoryPerson[],
  lock: string,
): Promise<Map<string, StoredPerson>> {
  const rows = await session.query<KnownPerson>(KNOWN + lock, [tenant, people.map(({ id }) => id)]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** One after the other: the same person may be named twice, and the later one counts. */
function changesOf(people: readonly DirectoryPerson[], before: ReadonlyMap<string, StoredPerson>, absent: 'removed' | 'kept'): Changes {
  const changes: Changes = { changed: [], stored: new Map(), rights: new Set() };
  for (const person of people) {
    const known = changes.stored.get(person.id) ?? before.get(person.id);
    const kept = absent === 'kept' ? known : undefined;
    const fields = personFields(person, kept);
    const deactivated_at = kept?.deactivated_at ?? null;
    if (known && known.deactivated_at === deactivated_at && FIELDS.every((field) => known[field] === fields[field])) continue;
    changes.changed.push(person);
    changes.stored.set(person.id, { ...fields, deactivated_at });
    if (known && known.initiate !== fields.initiate) changes.rights.add(person.id);
  }
  return changes;
}

async function store(session: Session, tenant: string, people: ReadonlyMap<string, StoredPerson>): Promise<void> {
  const ids = [...people.keys()];
  const rows = [...people].map(([id, fields]) => ({ id, ...fields, ...foldedFields(fields) }));
  await session.query(PUT, [tenant, JSON.stringify(rows)]);
  await session.query(FORGET, [tenant, ids]);
  const words = [...people].flatMap(([id, fields]) =>
    fields.deactivated_at === null ? personWords(fields).map((word) => ({ word, id })) : [],
  );
  await session.query(INDEX, [tenant, words.map(({ word }) => word), words.map(({ id }) => id)]);
}
