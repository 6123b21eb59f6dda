import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ChosenAvailability, Preferences, Settings } from '#protocol';
import { readSettings } from '../sql/settings.js';
import type { Revised } from '../storage.js';

/** The revision of each user's state. It grows in the transaction that changes the state, so that nobody sees one without the other. */
export class Revisions {
  readonly #bump: StatementSync;
  readonly #settings: StatementSync;
  readonly #putSettings: StatementSync;

  constructor(db: DatabaseSync) {
    const next = '(SELECT coalesce(max(changed), 0) + 1 FROM user_states)';
    this.#bump = db.prepare(
      `INSERT INTO user_states (tenant, user_id, revision, changed) VALUES (?, ?, 1, ${next})
       ON CONFLICT (tenant, user_id) DO UPDATE SET revision = revision + 1, changed = excluded.changed RETURNING revision`,
    );
    this.#settings = db.prepare('SELECT settings FROM user_states WHERE tenant = ? AND user_id = ?');
    this.#putSettings = db.prepare('UPDATE user_states SET settings = ? WHERE tenant = ? AND user_id = ?');
  }

  bump(tenant: string, user: string): number {
    return Number(this.#bump.get(tenant, user)?.['revision']);
  }

  revise(tenant: string, users: readonly string[]): Revised[] {
    return users.map((user) => ({ user, revision: this.bump(tenant, user) }));
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
