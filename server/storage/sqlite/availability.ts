import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ChosenAvailability, Head, Settings } from '#protocol';
import type { Disturbance } from '../storage.js';
import type { Revisions } from './revisions.js';

/**
 * What people choose, and with it whether anything comes to them: the wish not to be disturbed is kept in each of their memberships, where
 * whoever reads or sends finds it in a row that is read anyway. So it costs nothing but when it changes.
 */
export class AvailabilityWriter {
  readonly #revisions: Revisions;
  readonly #since: StatementSync;
  readonly #setSince: StatementSync;
  readonly #memberships: StatementSync;
  readonly #hold: StatementSync;
  readonly #release: StatementSync;
  readonly #now: () => number;

  constructor(db: DatabaseSync, revisions: Revisions, now: () => number = Date.now) {
    this.#revisions = revisions;
    this.#since = db.prepare('SELECT dnd_since FROM user_states WHERE tenant = ? AND user_id = ?');
    this.#setSince = db.prepare('UPDATE user_states SET dnd_since = ? WHERE tenant = ? AND user_id = ?');
    this.#memberships = db.prepare(
      `SELECT c.uuid AS conversation, c.head, m.held_seq FROM members m CROSS JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant
       WHERE m.tenant = ? AND m.user_id = ? AND m.joined IS NOT NULL`,
    );
    this.#hold = db.prepare(
      `UPDATE members SET (held_seq, held_at) = (SELECT c.head, c.updated_at FROM conversations c WHERE c.id = members.conversation)
       WHERE tenant = ? AND user_id = ? AND joined IS NOT NULL`,
    );
    this.#release = db.prepare(
      'UPDATE members SET held_seq = NULL, held_at = NULL WHERE tenant = ? AND user_id = ? AND held_seq IS NOT NULL',
    );
    this.#now = now;
  }

  set(
    tenant: string,
    user: string,
    availability: ChosenAvailability,
    message: string | undefined,
  ): { settings: Settings; revision: number; disturbance?: Disturbance } {
    const set = this.#revisions.setAvailability(tenant, user, availability, message);
    const wasHeld = typeof this.#since.get(tenant, user)?.['dnd_since'] === 'number';
    const held = availability === 'dnd';
    if (held === wasHeld) return set;
    this.#setSince.run(held ? this.#now() : null, tenant, user);
    const rows = this.#memberships.all(tenant, user) as unknown as (Head & { held_seq: number | null })[];
    const conversations = rows.map(({ conversation, head }) => ({ conversation, head }));
    if (held) {
      this.#hold.run(tenant, user);
      return { ...set, disturbance: { held, conversations, behind: [] } };
    }
    this.#release.run(tenant, user);
    const behind = rows.filter((row) => row.head > (row.held_seq ?? row.head)).map(({ conversation, head }) => ({ conversation, head }));
    return { ...set, revision: this.#revisions.bump(tenant, user), disturbance: { held, conversations, behind } };
  }
}
