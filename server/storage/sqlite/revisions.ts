import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ChosenAvailability, Preferences, Settings } from '#protocol';
import { readSettings } from '../sql/settings.js';
import type { Revised } from '../storage.js';
import { Rows } from './rows.js';

/** The revision of each user's state. It grows in the transaction that changes the state, so that nobody sees one without the other. */
export class Revisions {
  readonly #revise: Rows<Revised>;
  readonly #settings: StatementSync;
  readonly #putSettings: StatementSync;

  constructor(db: DatabaseSync) {
    // In one statement all get the same number: none of them is seen before the others.
    this.#revise = new Rows(
      db,
      `INSERT INTO user_states (tenant, user_id, revision, changed)
       SELECT ?, value, 1, (SELECT coalesce(max(changed), 0) + 1 FROM user_states) FROM json_each(?) WHERE true
       ON CONFLICT (tenant, user_id) DO UPDATE SET revision = revision + 1, changed = excluded.changed
       RETURNING user_id AS user, revision`,
    );
    this.#settings = db.prepare('SELECT settings FROM user_states WHERE tenant = ? AND user_id = ?');
    this.#putSettings = db.prepare('UPDATE user_states SET settings = ? WHERE tenant = ? AND user_id = ?');
  }

  bump(tenant: string, user: string): number {
    return this.revise(tenant, [user])[0]?.revision ?? 0;
  }

  /** Gives each of the users the next revision of their state: one statement, however many they are. */
  revise(tenant: string, users: readonly string[]): Revised[] {
    if (users.length === 0) return [];
    const revisions = new Map(this.#revise.all(tenant, JSON.stringify(users)).map(({ user, revision }) => [user, revision]));
    return users.map((user) => ({ user, revision: revisions.get(user) ?? 0 }));
  }

  setSettings(tenant: string, user: string, change: Partial<Preferences>): { settings: Settings; revision: number } {
    const revision = this.bump(tenant, user);
    const column = this.#settings.get(tenant, user)?.['settings'];
    const stored = { ...(typeof column === 'string' ? (JSON.parse(column) as Partial<Settings>) : {}), ...change };
    this.#putSettings.run(JSON.stringify(stored), tenant, user);
    return { settings: readSettings(JSON.stringify(stored)), revision };
  }

  setAvailability(
    tenant: string,
    user: string,
    availability: ChosenAvailability,
    message: string | undefined,
  ): { settings: Settings; revision: number } {
    const revision = this.bump(tenant, user);
    const before = readSettings(this.#settings.get(tenant, user)?.['settings']);
    const statusMessages = { ...before.statusMessages };
    delete statusMessages[availability];
    if (message !== undefined) statusMessages[availability] = message;
    const settings: Settings = { ...before, availability, statusMessages };
    this.#putSettings.run(JSON.stringify(settings), tenant, user);
    return { settings, revision };
  }
}
