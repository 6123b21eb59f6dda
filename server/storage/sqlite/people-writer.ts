import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Person } from '#protocol';
import { fold, indexWords } from '../../domain/search-words.js';

/** Keeps the directory and the words by which people are found. A host may send a hundred thousand people at a time. */
export class PeopleWriter {
  readonly #find: StatementSync;
  readonly #put: StatementSync;
  readonly #forget: StatementSync;
  readonly #index: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT name, title, organisation FROM people WHERE tenant = ? AND id = ?');
    this.#put = db.prepare(
      `INSERT INTO people (tenant, id, name, title, organisation, sort_name) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, title = excluded.title, organisation = excluded.organisation,
       sort_name = excluded.sort_name`,
    );
    this.#forget = db.prepare('DELETE FROM people_words WHERE tenant = ? AND user_id = ?');
    this.#index = db.prepare('INSERT INTO people_words (tenant, word, user_id) VALUES (?, ?, ?)');
  }

  putPeople(tenant: string, people: readonly Person[], absent: 'removed' | 'kept' = 'removed'): Person[] {
    return people.filter((person) => this.#putPerson(tenant, person, absent));
  }

  #putPerson(tenant: string, person: Person, absent: 'removed' | 'kept'): boolean {
    const { id, name } = person;
    const known = this.#find.get(tenant, id) as { name: string; title: string | null; organisation: string | null } | undefined;
    const kept = absent === 'kept' ? known : undefined;
    const title = person.title ?? kept?.title;
    const organisation = person.organisation ?? kept?.organisation;
    if (known && known.name === name && known.title === (title ?? null) && known.organisation === (organisation ?? null)) return false;
    this.#put.run(tenant, id, name, title ?? null, organisation ?? null, fold(name));
    if (known) this.#forget.run(tenant, id);
    for (const word of indexWords([name, title ?? '', organisation ?? ''])) this.#index.run(tenant, word, id);
    return true;
  }
}
