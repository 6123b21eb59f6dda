import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Person } from '#protocol';
import type { BrowsePage } from '../directory-storage.js';
import { browseCursor, browseQuery } from '../sql/people-queries.js';
import { toPerson } from '../sql/person-row.js';
import type { PersonRow } from '../sql/person-row.js';

type FoundRow = PersonRow & { sort_name: string };

/** Pages of the directory by name. */
export class PeopleBrowser {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** See `Storage.browsePeople`. */
  browse(tenant: string, page: BrowsePage): { people: Person[]; next: string | null } {
    const query = browseQuery(tenant, page, { position: 'instr', join: 'CROSS JOIN' });
    if (!query) return { people: [], next: null };
    const rows = this.#statement(query.text).all(...query.values) as unknown as FoundRow[];
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    return { people: shown.map(toPerson), next: last && rows.length > page.limit ? browseCursor(last) : null };
  }

  #statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#db.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
}
