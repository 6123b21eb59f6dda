import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LIMITS } from '#protocol/limits';
import type { ContactGroup } from '#protocol';
import type { ContactsChanged, ContactsRecord } from '../contact-storage.js';
import type { PeopleReader } from './people-reader.js';
import type { Revisions } from './revisions.js';

/** Favourites, requests and personal groups, as one user has them. */
export class ContactReader {
  readonly #people: PeopleReader;
  readonly #favourites: StatementSync;
  readonly #askedBy: StatementSync;
  readonly #groups: StatementSync;
  readonly #mutual: StatementSync;
  readonly #revision: StatementSync;

  constructor(db: DatabaseSync, people: PeopleReader) {
    this.#people = people;
    const other = (from: string) =>
      `EXISTS (SELECT 1 FROM contacts o WHERE o.tenant = c.tenant AND o.owner = c.${from === 'owner' ? 'user_id' : 'owner'} AND o.user_id = c.${from})`;
    this.#favourites = db.prepare(
      `SELECT c.user_id AS user, ${other('owner')} AS mutual FROM contacts c WHERE c.tenant = ? AND c.owner = ? ORDER BY c.added_at, c.user_id`,
    );
    // What comes while somebody wants not to be disturbed waits until that ends; in doubt, within a millisecond, it came after. The index is
    // named because SQLite walked all contacts of the tenant instead.
    this.#askedBy = db.prepare(
      `SELECT c.owner AS user, c.added_at AS at FROM contacts c INDEXED BY contacts_of_user
       LEFT JOIN user_states s ON s.tenant = c.tenant AND s.user_id = c.user_id
       WHERE c.tenant = ? AND c.user_id = ? AND (s.dnd_since IS NULL OR c.added_at < s.dnd_since) AND NOT EXISTS (
         SELECT 1 FROM contacts o WHERE o.tenant = c.tenant AND o.owner = c.user_id AND o.user_id = c.owner)
       ORDER BY c.added_at DESC, c.owner LIMIT ${LIMITS.contacts}`,
    );
    this.#groups = db.prepare('SELECT id, name, users FROM contact_groups WHERE tenant = ? AND owner = ? ORDER BY position, id');
    this.#mutual = db.prepare(
      `SELECT c.user_id AS user FROM contacts c
       WHERE c.tenant = ? AND c.owner = ? AND c.user_id IN (SELECT value FROM json_each(?)) AND ${other('owner')}`,
    );
    this.#revision = db.prepare('SELECT revision FROM user_states WHERE tenant = ? AND user_id = ?');
  }

  contacts(tenant: string, user: string): ContactsRecord {
    const favourites = this.#favourites.all(tenant, user).map((row) => ({ user: String(row['user']), mutual: row['mutual'] === 1 }));
    const askedBy = this.#askedBy.all(tenant, user).map((row) => ({ user: String(row['user']), at: Number(row['at']) }));
    const groups = this.groups(tenant, user);
    const named = new Set([...favourites, ...askedBy].map((row) => row.user));
    for (const { users } of groups) for (const member of users) named.add(member);
    const revision = Number(this.#revision.get(tenant, user)?.['revision'] ?? 0);
    return { favourites, askedBy, groups, people: this.#people.people(tenant, [...named]), revision };
  }

  groups(tenant: string, user: string): ContactGroup[] {
    return this.#groups.all(tenant, user).map((row) => ({
      id: String(row['id']),
      name: String(row['name']),
      users: JSON.parse(String(row['users'])) as string[],
    }));
  }

  mutual(tenant: string, user: string, others: readonly string[]): string[] {
    return this.#mutual.all(tenant, user, JSON.stringify(others)).map((row) => String(row['user']));
  }
}

/** Changes them. All of a user's contacts are told after each change, so each is read again in the transaction that made it. */
export class ContactWriter {
  readonly #reader: ContactReader;
  readonly #people: PeopleReader;
  readonly #revisions: Revisions;
  readonly #now: () => number;
  readonly #has: StatementSync;
  readonly #undisturbed: StatementSync;
  readonly #count: StatementSync;
  readonly #add: StatementSync;
  readonly #remove: StatementSync;
  readonly #putGroup: StatementSync;
  readonly #removeGroup: StatementSync;
  readonly #place: StatementSync;

  constructor(
    db: DatabaseSync,
    parts: { reader: ContactReader; people: PeopleReader; revisions: Revisions; now?: (() => number) | undefined },
  ) {
    this.#reader = parts.reader;
    this.#people = parts.people;
    this.#revisions = parts.revisions;
    this.#now = parts.now ?? Date.now;
    this.#has = db.prepare('SELECT 1 FROM contacts WHERE tenant = ? AND owner = ? AND user_id = ?');
    this.#undisturbed = db.prepare('SELECT 1 FROM user_states WHERE tenant = ? AND user_id = ? AND dnd_since IS NOT NULL');
    this.#count = db.prepare('SELECT count(*) AS n FROM contacts WHERE tenant = ? AND owner = ?');
    this.#add = db.prepare('INSERT INTO contacts (tenant, owner, user_id, added_at) VALUES (?, ?, ?, ?)');
    this.#remove = db.prepare('DELETE FROM contacts WHERE tenant = ? AND owner = ? AND user_id = ?');
    this.#putGroup = db.prepare(
      `INSERT INTO contact_groups (tenant, owner, id, name, position, users) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (tenant, owner, id) DO UPDATE SET name = excluded.name, users = excluded.users`,
    );
    this.#removeGroup = db.prepare('DELETE FROM contact_groups WHERE tenant = ? AND owner = ? AND id = ?');
    this.#place = db.prepare('UPDATE contact_groups SET position = ? WHERE tenant = ? AND owner = ? AND id = ?');
  }

  add(tenant: string, owner: string, user: string, consent: boolean): ContactsChanged {
    if (this.#hasContact(tenant, owner, user)) return this.#unchanged(tenant, owner);
    if (!this.#people.records(tenant, [user])[0]?.active) return { status: 'not-found' };
    if (Number(this.#count.get(tenant, owner)?.['n']) >= LIMITS.contacts) return { status: 'too-many' };
    this.#add.run(tenant, owner, user, this.#now());
    return this.#changed(tenant, owner, consent ? user : undefined);
  }

  accept(tenant: string, owner: string, user: string, consent: boolean): ContactsChanged {
    return this.#hasContact(tenant, user, owner) ? this.add(tenant, owner, user, consent) : { status: 'not-found' };
  }

  decline(tenant: string, owner: string, user: string): ContactsChanged {
    const open = this.#hasContact(tenant, user, owner) && !this.#hasContact(tenant, owner, user);
    if (!open) return this.#unchanged(tenant, owner);
    this.#remove.run(tenant, user, owner);
    return this.#changed(tenant, owner, user);
  }

  remove(tenant: string, owner: string, user: string, consent: boolean): ContactsChanged {
    if (this.#remove.run(tenant, owner, user).changes === 0) return this.#unchanged(tenant, owner);
    if (consent) this.#remove.run(tenant, user, owner);
    return this.#changed(tenant, owner, consent ? user : undefined);
  }

  saveGroup(tenant: string, owner: string, { id, name, users }: ContactGroup): ContactsChanged {
    const groups = this.#reader.groups(tenant, owner);
    const before = groups.find((group) => group.id === id);
    if (!before && groups.length >= LIMITS.contactGroups) return { status: 'too-many' };
    const members = [...new Set(users)];
    // Somebody deactivated since stays where they were put; nobody new comes in who is none of the directory's.
    const added = members.filter((user) => !before?.users.includes(user));
    const active = this.#people.records(tenant, added).filter((record) => record.active);
    if (active.length < added.length) return { status: 'not-found' };
    if (before && before.name === name && JSON.stringify(before.users) === JSON.stringify(members)) return this.#unchanged(tenant, owner);
    this.#putGroup.run(tenant, owner, id, name, groups.length, JSON.stringify(members));
    return this.#changed(tenant, owner);
  }

  removeGroup(tenant: string, owner: string, id: string): ContactsChanged {
    if (this.#removeGroup.run(tenant, owner, id).changes === 0) return this.#unchanged(tenant, owner);
    return this.#arranged(tenant, owner, []);
  }

  arrange(tenant: string, owner: string, ids: readonly string[]): ContactsChanged {
    const known = new Set(this.#reader.groups(tenant, owner).map((group) => group.id));
    if (ids.some((id) => !known.has(id))) return { status: 'not-found' };
    return this.#arranged(tenant, owner, ids);
  }

  #arranged(tenant: string, owner: string, first: readonly string[]): ContactsChanged {
    const kept = this.#reader.groups(tenant, owner).map((group) => group.id);
    const order = new Set([...first, ...kept]);
    [...order].forEach((id, position) => this.#place.run(position, tenant, owner, id));
    return this.#changed(tenant, owner);
  }

  #hasContact(tenant: string, owner: string, user: string): boolean {
    return this.#has.get(tenant, owner, user) !== undefined;
  }

  #unchanged(tenant: string, owner: string): ContactsChanged {
    return { status: 'unchanged', contacts: this.#reader.contacts(tenant, owner) };
  }

  /** `other` is whose state changes too. While they want not to be disturbed they are told nothing; the end of that tells it (N2, N3). */
  #changed(tenant: string, owner: string, other?: string): ContactsChanged {
    const told = other !== undefined && this.#undisturbed.get(tenant, other) === undefined;
    const revised = this.#revisions.revise(tenant, told ? [owner, other] : [owner]);
    return { status: 'changed', contacts: this.#reader.contacts(tenant, owner), revised };
  }
}
