import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Changes } from '../storage.js';

/**
 * What changed since a cursor. There is one writer, so the ids of entries and the numbers of user states grow in the order in which
 * commits become visible: what a reader saw as the last is a cursor behind which nothing appears later.
 */
export class ChangeReader {
  readonly #now: StatementSync;
  readonly #heads: StatementSync;
  readonly #users: StatementSync;

  constructor(db: DatabaseSync) {
    this.#now = db.prepare(
      'SELECT (SELECT coalesce(max(id), 0) FROM entries) AS entry, (SELECT coalesce(max(changed), 0) FROM user_states) AS user',
    );
    this.#heads = db.prepare(
      `SELECT c.tenant, c.uuid AS conversation, c.head FROM conversations c
       WHERE c.id IN (SELECT e.conversation FROM entries e WHERE e.id > ?)`,
    );
    this.#users = db.prepare('SELECT tenant, user_id AS user, revision FROM user_states WHERE changed > ?');
  }

  since(cursor: string | null): Changes {
    const now = this.#now.get();
    const next = `${Number(now?.['entry'])}.${Number(now?.['user'])}`;
    if (cursor === null) return { cursor: next, heads: [], users: [] };
    const [entry, user] = cursor.split('.').map(Number);
    return {
      cursor: next,
      heads: this.#heads.all(entry ?? 0).map((row) => ({ ...row })) as unknown as Changes['heads'],
      users: this.#users.all(user ?? 0).map((row) => ({ ...row })) as unknown as Changes['users'],
    };
  }
}
