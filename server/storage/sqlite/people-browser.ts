import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ParleyError } from '#protocol/errors';
import type { Person } from '#protocol';
import { fold, foldNumber } from '../../domain/search-words.js';
import type { BrowsePage, BrowsedField } from '../directory-storage.js';
import { PERSON_COLUMNS, toPerson } from './person-row.js';
import type { PersonRow } from './person-row.js';

const COLUMNS: Record<BrowsedField, string> = {
  name: 'sort_name',
  title: 'folded_title',
  organisation: 'folded_organisation',
  email: 'folded_email',
  phone: 'folded_phone',
};
const FIELDS = Object.keys(COLUMNS) as BrowsedField[];

type FoundRow = PersonRow & { sort_name: string };

/** Pages of the directory by name. Only the page itself is read from the table; everything that is not on it is passed over in the index. */
export class PeopleBrowser {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** See `Storage.browsePeople`. */
  browse(tenant: string, page: BrowsePage): { people: Person[]; next: string | null } {
    const { group, after, limit } = page;
    const contains = fold(page.contains?.trim() ?? '');
    const asked = contains === '' ? [] : page.field === undefined ? FIELDS : [page.field];
    const fields = asked.filter((field) => needle(field, contains) !== '');
    if (asked.length > 0 && fields.length === 0) return { people: [], next: null };
    const [name, id] = after === undefined ? [] : readCursor(after);
    const values = [
      ...(name === undefined || id === undefined ? [] : [name, id]),
      ...fields.map((field) => needle(field, contains)),
      ...(group === undefined ? [] : [tenant, group]),
    ];
    const rows = this.#statement(fields, group !== undefined, after !== undefined).all(
      tenant,
      ...values,
      limit + 1,
      tenant,
    ) as unknown as FoundRow[];
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { people: shown.map(toPerson), next: last && rows.length > limit ? JSON.stringify([last.sort_name, last.id]) : null };
  }

  /** The inner select names columns of the index only, so the engine answers it from the index. */
  #statement(fields: readonly BrowsedField[], ofGroup: boolean, later: boolean): StatementSync {
    const contains = fields.map((field) => `instr(i.${COLUMNS[field]}, ?) > 0`).join(' OR ');
    const text = `SELECT ${PERSON_COLUMNS}, p.sort_name FROM (
        SELECT i.id FROM people i WHERE i.tenant = ? AND i.deactivated_at IS NULL
        ${later ? 'AND (i.sort_name, i.id) > (?, ?)' : ''}
        ${contains === '' ? '' : `AND (${contains})`}
        ${ofGroup ? 'AND i.id IN (SELECT g.user_id FROM directory_group_members g WHERE g.tenant = ? AND g.group_id = ?)' : ''}
        ORDER BY i.sort_name${ofGroup ? " || ''" : ''}, i.id LIMIT ?) found
      CROSS JOIN people p ON p.tenant = ? AND p.id = found.id ORDER BY p.sort_name, p.id`;
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#db.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
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
