import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DirectoryGroup, SharedMailbox } from '#protocol';
import { fold, queryWords } from '../../domain/search-words.js';
import type { GroupRecord } from '../directory-storage.js';
import { groupWords, toGroup } from '../sql/group-row.js';
import type { GroupRow } from '../sql/group-row.js';

const GROUP = `g.id, g.kind, g.name, g.email, (SELECT count(*) FROM directory_group_members m
  CROSS JOIN people p ON p.tenant = m.tenant AND p.id = m.user_id AND p.deactivated_at IS NULL
  WHERE m.tenant = g.tenant AND m.group_id = g.id) AS member_count`;
const MAILBOX = 'g.id, g.name, g.email';

/** Groups and shared mailboxes. There are hundreds of them where there are ten thousands of people, so a search looks at each. */
export class GroupReader {
  readonly #groups: StatementSync;
  readonly #mailboxes: StatementSync;
  readonly #searchGroups: StatementSync;
  readonly #searchMailboxes: StatementSync;

  constructor(db: DatabaseSync) {
    const ofIds = 'WHERE g.tenant = ? AND g.id IN (SELECT value FROM json_each(?))';
    // `words` is " one two three": a word begins with the prefix where a space stands before it.
    const named = `WHERE g.tenant = ? AND NOT EXISTS (SELECT 1 FROM json_each(?) asked WHERE instr(g.words, ' ' || asked.value) = 0)
      ORDER BY g.sort_name, g.id LIMIT ?`;
    this.#groups = db.prepare(`SELECT ${GROUP} FROM directory_groups g ${ofIds}`);
    this.#mailboxes = db.prepare(`SELECT ${MAILBOX} FROM mailboxes g ${ofIds}`);
    this.#searchGroups = db.prepare(`SELECT ${GROUP} FROM directory_groups g ${named}`);
    this.#searchMailboxes = db.prepare(`SELECT ${MAILBOX} FROM mailboxes g ${named}`);
  }

  groups(tenant: string, ids: readonly string[]): DirectoryGroup[] {
    return (this.#groups.all(tenant, JSON.stringify(ids)) as unknown as GroupRow[]).map(toGroup);
  }

  mailboxes(tenant: string, ids: readonly string[]): SharedMailbox[] {
    return (this.#mailboxes.all(tenant, JSON.stringify(ids)) as unknown as SharedMailbox[]).map((row) => ({ ...row }));
  }

  searchGroups(tenant: string, text: string, limit: number): DirectoryGroup[] {
    return (this.#search(this.#searchGroups, tenant, text, limit) as GroupRow[]).map(toGroup);
  }

  searchMailboxes(tenant: string, text: string, limit: number): SharedMailbox[] {
    return (this.#search(this.#searchMailboxes, tenant, text, limit) as SharedMailbox[]).map((row) => ({ ...row }));
  }

  #search(statement: StatementSync, tenant: string, text: string, limit: number): unknown[] {
    const words = queryWords(text);
    return words.length === 0 && text.trim() !== '' ? [] : statement.all(tenant, JSON.stringify(words), limit);
  }
}

export class GroupWriter {
  readonly #putGroup: StatementSync;
  readonly #removeGroup: StatementSync;
  readonly #empty: StatementSync;
  readonly #fill: StatementSync;
  readonly #putMailbox: StatementSync;
  readonly #removeMailbox: StatementSync;

  constructor(db: DatabaseSync) {
    this.#putGroup = db.prepare(
      `INSERT INTO directory_groups (tenant, id, kind, name, email, sort_name, words) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (tenant, id) DO UPDATE SET kind = excluded.kind, name = excluded.name, email = excluded.email,
       sort_name = excluded.sort_name, words = excluded.words`,
    );
    this.#removeGroup = db.prepare('DELETE FROM directory_groups WHERE tenant = ? AND id = ?');
    this.#empty = db.prepare('DELETE FROM directory_group_members WHERE tenant = ? AND group_id = ?');
    this.#fill = db.prepare(
      'INSERT INTO directory_group_members (tenant, group_id, user_id) SELECT DISTINCT ?, ?, value FROM json_each(?)',
    );
    this.#putMailbox = db.prepare(
      `INSERT INTO mailboxes (tenant, id, name, email, sort_name, words) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, email = excluded.email, sort_name = excluded.sort_name,
       words = excluded.words`,
    );
    this.#removeMailbox = db.prepare('DELETE FROM mailboxes WHERE tenant = ? AND id = ?');
  }

  putGroup(tenant: string, { id, kind, name, email, members }: GroupRecord): void {
    this.#putGroup.run(tenant, id, kind, name, email ?? null, fold(name), groupWords(name));
    this.#empty.run(tenant, id);
    this.#fill.run(tenant, id, JSON.stringify(members));
  }

  removeGroup(tenant: string, id: string): boolean {
    this.#empty.run(tenant, id);
    return this.#removeGroup.run(tenant, id).changes > 0;
  }

  putMailbox(tenant: string, { id, name, email }: SharedMailbox): void {
    this.#putMailbox.run(tenant, id, name, email, fold(name), groupWords(name));
  }

  removeMailbox(tenant: string, id: string): boolean {
    return this.#removeMailbox.run(tenant, id).changes > 0;
  }
}
