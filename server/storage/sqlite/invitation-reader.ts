import type { DatabaseSync } from 'node:sqlite';
import type { Invitation } from '#protocol';
import { LIMITS } from '#protocol/limits';
import { IS_OPEN, invitationsByUser, invitersIn, toInvitations } from '../sql/open-invitations.js';
import type { InvitationRows } from '../sql/open-invitations.js';
import type { OpenInvitations } from '../storage.js';
import type { PeopleReader } from './people-reader.js';
import { Rows } from './rows.js';

/** Who was asked to join what. */
export class InvitationReader {
  readonly #people: PeopleReader;
  readonly #open: Rows<InvitationRows[number]>;

  constructor(db: DatabaseSync, people: PeopleReader) {
    this.#people = people;
    this.#open = new Rows(
      db,
      `SELECT user_id, conversation, inviter, title, member_count, at FROM (
         SELECT i.user_id, c.uuid AS conversation, i.inviter, c.title, c.member_count, i.invited_at AS at,
           row_number() OVER (PARTITION BY i.user_id ORDER BY i.invited_at DESC, c.uuid DESC) AS place
         FROM json_each(?2) w CROSS JOIN invitations i ON i.tenant = ?1 AND i.user_id = w.value
         CROSS JOIN conversations c ON c.id = i.conversation AND c.tenant = i.tenant
         LEFT JOIN user_states s ON s.tenant = i.tenant AND s.user_id = i.user_id
         WHERE ${IS_OPEN}) found
       WHERE place <= ${LIMITS.invitations} ORDER BY user_id, place`,
    );
  }

  /** See `Storage.invitations`. */
  read(tenant: string, users: readonly string[]): Map<string, OpenInvitations> {
    const rows = this.#open.all(tenant, JSON.stringify(users));
    return invitationsByUser(rows, this.#people.people(tenant, invitersIn(rows)));
  }

  /** Those of one user, without the people. */
  of(tenant: string, user: string): Invitation[] {
    return toInvitations(this.#open.all(tenant, JSON.stringify([user])));
  }
}
