import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DirectoryPerson } from '../directory-storage.js';
import { FIELDS, FOLDED, foldedFields, personFields, personWords } from '../sql/person-fields.js';
import type { StoredPerson } from '../sql/person-fields.js';
import { RevocationWriter } from './revocations.js';

/** Keeps the directory and the words by which people are found. A host may send a hundred thousand people at a time. */
export class PeopleWriter {
  readonly #find: StatementSync;
  readonly #put: StatementSync;
  readonly #deactivate: StatementSync;
  readonly #forget: StatementSync;
  readonly #index: StatementSync;
  readonly #revocations: RevocationWriter;
  readonly #now: () => number;

  constructor(db: DatabaseSync, now: () => number = Date.now) {
    this.#find = db.prepare(`SELECT ${FIELDS.join(', ')}, deactivated_at FROM people WHERE tenant = ? AND id = ?`);
    const columns = [...FIELDS, ...FOLDED, 'deactivated_at'];
    this.#put = db.prepare(
      `INSERT INTO people (tenant, id, ${columns.join(', ')}) VALUES (?, ?${', ?'.repeat(columns.length)})
       ON CONFLICT (tenant, id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    );
    this.#deactivate = db.prepare('UPDATE people SET deactivated_at = ? WHERE tenant = ? AND id = ? AND deactivated_at IS NULL');
    this.#forget = db.prepare('DELETE FROM people_words WHERE tenant = ? AND user_id = ?');
    this.#index = db.prepare('INSERT INTO people_words (tenant, word, user_id) VALUES (?, ?, ?)');
    this.#revocations = new RevocationWriter(db, now);
    this.#now = now;
  }

  putPeople(tenant: string, people: readonly DirectoryPerson[], absent: 'removed' | 'kept' = 'removed'): DirectoryPerson[] {
    return people.filter((person) => this.#putPerson(tenant, person, absent));
  }

  deactivate(tenant: string, id: string): boolean {
    if (!this.#find.get(tenant, id)) return false;
    this.#deactivate.run(this.#now(), tenant, id);
    this.#forget.run(tenant, id);
    this.#revocations.revokeUser(tenant, id);
    return true;
  }

  #putPerson(tenant: string, person: DirectoryPerson, absent: 'removed' | 'kept'): boolean {
    const known = this.#find.get(tenant, person.id) as StoredPerson | undefined;
    const kept = absent === 'kept' ? known : undefined;
    const fields = personFields(person, kept);
    const deactivatedAt = kept?.deactivated_at ?? null;
    if (known && known.deactivated_at === deactivatedAt && FIELDS.every((field) => known[field] === fields[field])) return false;
    const folded = foldedFields(fields);
    this.#put.run(tenant, person.id, ...FIELDS.map((field) => fields[field]), ...FOLDED.map((field) => folded[field]), deactivatedAt);
    if (known) this.#forget.run(tenant, person.id);
    if (known && known.initiate !== fields.initiate) this.#revocations.personChanged(tenant, person.id);
    if (deactivatedAt !== null) return true;
    for (const word of personWords(fields)) this.#index.run(tenant, word, person.id);
    return true;
  }
}
