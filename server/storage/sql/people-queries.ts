import { ParleyError } from '#protocol/errors';
import { fold, foldNumber } from '../../domain/search-words.js';
import type { BrowsePage, BrowsedField } from '../directory-storage.js';
import { PERSON_COLUMNS } from './person-row.js';

/*
 * The texts that search and browse the directory, which both engines answer from the same indexes. `?` stands for a value, in the order in
 * which they stand.
 */

/** The last code point: no word that begins with a prefix sorts behind the prefix followed by it. */
export const LAST = '\u{10FFFF}';
/** So many hits of one word are gathered and sorted; more are met soon enough on a walk by name. */
const FEW = 2_000;
/**
 * So many are gathered when other words must be there too, because those who have all of them may be rare or nobody. Counting stops
 * here: of what is more frequent still, a walk by name finds the first ones soon.
 */
const COUNTED = 20_000;

const STRETCH = 'w.tenant = ? AND w.word >= ? AND w.word < ?';

/** How many people have a word that begins so. Values: tenant, word, word + LAST. */
export const COUNT_HITS = `SELECT count(*) AS hits FROM (SELECT 1 FROM people_words w WHERE ${STRETCH} LIMIT ${COUNTED}) counted`;

/**
 * What to search for first: the hits of the word with the fewest are gathered, and only among them the other words are looked for. Where
 * every word is frequent none is gathered.
 */
export function searchPlan(words: readonly string[], hits: readonly number[]): { gathered: string[]; others: string[] } {
  let rarest: { word: string; hits: number } | undefined;
  words.forEach((word, index) => {
    const found = hits[index] ?? 0;
    if (found < (rarest?.hits ?? COUNTED)) rarest = { word, hits: found };
  });
  const gathered = rarest && (words.length > 1 || rarest.hits < FEW) ? [rarest.word] : [];
  return { gathered, others: words.filter((word) => !gathered.includes(word)) };
}

/** Values: tenant, then tenant, word, word + LAST of the gathered word and of each of the others, then the limit. */
export function searchText(gathers: boolean, others: number): string {
  const gathered = gathers ? ` AND p.id IN (SELECT w.user_id FROM people_words w WHERE ${STRETCH})` : '';
  const has = ` AND EXISTS (SELECT 1 FROM people_words w WHERE w.user_id = p.id AND ${STRETCH})`.repeat(others);
  // Sorting by an expression keeps the engine from walking the whole directory by name to spare itself the sorting of what was gathered.
  const order = gathers ? "p.sort_name || ''" : 'p.sort_name';
  return `SELECT ${PERSON_COLUMNS} FROM people p WHERE p.tenant = ? AND p.deactivated_at IS NULL${gathered}${has} ORDER BY ${order}, p.id LIMIT ?`;
}

const COLUMNS: Record<BrowsedField, string> = {
  name: 'sort_name',
  title: 'folded_title',
  organisation: 'folded_organisation',
  email: 'folded_email',
  phone: 'folded_phone',
};
const FIELDS = Object.keys(COLUMNS) as BrowsedField[];

/** Where SQL of the engines differs. */
export interface BrowseDialect {
  /** The function that gives the position of a text in another. */
  position: 'instr' | 'strpos';
  /** A join whose left side comes first. */
  join: 'CROSS JOIN' | 'JOIN';
}

/**
 * A page of the directory by name; null when nobody can be on it. Only the page itself is read from the table; everything that is not on
 * it is passed over in the index: the inner select names columns of the index only.
 *
 * @throws ParleyError INVALID for an `after` that is no cursor.
 */
export function browseQuery(
  tenant: string,
  { group, after, limit, ...sought }: BrowsePage,
  { position, join }: BrowseDialect,
): { text: string; values: (string | number)[] } | null {
  const contains = fold(sought.contains?.trim() ?? '');
  const asked = contains === '' ? [] : sought.field === undefined ? FIELDS : [sought.field];
  const fields = asked.filter((field) => needle(field, contains) !== '');
  if (asked.length > 0 && fields.length === 0) return null;
  const later = after === undefined ? [] : readCursor(after);
  const containing = fields.map((field) => `${position}(i.${COLUMNS[field]}, ?) > 0`).join(' OR ');
  // From the members of a group on: most groups are small, and to walk all people by name for one of them takes longer the more there are.
  const from = group === undefined ? 'people i' : `directory_group_members g ${join} people i ON i.tenant = g.tenant AND i.id = g.user_id`;
  const text = `SELECT ${PERSON_COLUMNS}, p.sort_name FROM (
      SELECT i.id FROM ${from} WHERE ${group === undefined ? '' : 'g.tenant = ? AND g.group_id = ? AND '}i.tenant = ? AND i.deactivated_at IS NULL
      ${later.length > 0 ? 'AND (i.sort_name, i.id) > (?, ?)' : ''}
      ${containing === '' ? '' : `AND (${containing})`}
      ORDER BY i.sort_name, i.id LIMIT ?) found
    ${join} people p ON p.tenant = ? AND p.id = found.id ORDER BY p.sort_name, p.id`;
  const needles = fields.map((field) => needle(field, contains));
  return { text, values: [...(group === undefined ? [] : [tenant, group]), tenant, ...later, ...needles, limit + 1, tenant] };
}

/** The `next` of a page that ends with this row. */
export function browseCursor({ sort_name, id }: { sort_name: string; id: string }): string {
  return JSON.stringify([sort_name, id]);
}

/** Telephone numbers are compared without the signs that people put between the digits. */
function needle(field: BrowsedField, contains: string): string {
  return field === 'phone' ? foldNumber(contains) : contains;
}

function readCursor(after: string): [string, string] {
  try {
    const value: unknown = JSON.parse(after);
    if (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')) return value as [string, string];
  } catch {
    // refused below
  }
  throw new ParleyError('INVALID', 'after is not the next of a page');
}
