import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Conversation, Head, Settings } from '#protocol';
import { LIMITS } from '#protocol/limits';
import { peopleIn } from '../../domain/people-in.js';
import { lastVisible, visibleTo } from '../../domain/visibility.js';
import { readMembership } from '../sql/intervals.js';
import { readSettings } from '../sql/settings.js';
import { formerRoster, summarise } from '../sql/summaries.js';
import type { FormerRow, MembershipRow, SeenMembership, StretchSummary } from '../sql/summaries.js';
import type { ConversationPage, UserStateRecord } from '../storage.js';
import { toEntry } from './log-reader.js';
import type { EntryRow } from './log-reader.js';
import type { ContactReader } from './contacts.js';
import type { PeopleReader } from './people-reader.js';

/** When the newest entry that this member may see was made. */
const UPDATED_AT = 'coalesce(m.left_at, c.updated_at)';
const COLUMNS = `c.id, c.uuid, c.kind, c.title, c.head, c.ended_seq, c.member_count, ${UPDATED_AT} AS updated_at,
  m.joined, m.intervals, m.delivered, m.read`;
const OF_USER = 'members m JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant WHERE m.tenant = ? AND m.user_id = ?';
const NEWEST_FIRST = `ORDER BY ${UPDATED_AT} DESC, c.uuid DESC LIMIT ?`;

type StretchRow = EntryRow & { conversation: number; unread: number; seq: number | null };

/**
 * What a user's list is made of, in at most four statements however many conversations are on it. Each begins with the few rows that
 * are asked for and looks the rest up by index: with a join instead, SQLite walked all memberships of the tenant (19 ms of 20,000).
 */
export class ListReader {
  readonly #people: PeopleReader;
  readonly #contacts: ContactReader;
  readonly #page: StatementSync;
  readonly #pageBefore: StatementSync;
  readonly #some: StatementSync;
  readonly #stretches: StatementSync;
  readonly #rosters: StatementSync;
  readonly #former: StatementSync;
  readonly #state: StatementSync;
  readonly #heads: StatementSync;
  readonly #active: StatementSync;

  constructor(db: DatabaseSync, people: PeopleReader, contacts: ContactReader) {
    this.#people = people;
    this.#contacts = contacts;
    this.#page = db.prepare(`SELECT ${COLUMNS} FROM ${OF_USER} ${NEWEST_FIRST}`);
    this.#pageBefore = db.prepare(`SELECT ${COLUMNS} FROM ${OF_USER} AND (${UPDATED_AT}, c.uuid) < (?, ?) ${NEWEST_FIRST}`);
    this.#some = db.prepare(
      `SELECT ${COLUMNS} FROM conversations c CROSS JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = ? AND m.user_id = ? AND c.uuid IN (SELECT value FROM json_each(?))
       AND (? IS NULL OR (${UPDATED_AT}, c.uuid) < (?, ?)) ${NEWEST_FIRST}`,
    );
    this.#stretches = db.prepare(
      `WITH stretches AS MATERIALIZED (
         SELECT value ->> 0 AS conversation, value ->> 1 AS first_seq, value ->> 2 AS last_seq, value ->> 3 AS unread_from FROM json_each(?2))
       SELECT s.conversation, e.seq, e.cid, e.author, e.at, e.body,
         (SELECT count(*) FROM (
           SELECT 1 FROM entries u
           WHERE u.tenant = ?1 AND u.conversation = s.conversation AND u.seq BETWEEN s.unread_from AND s.last_seq
             AND u.kind = 'message' AND u.author <> ?3
           LIMIT ${LIMITS.unreadCounted})) AS unread
       FROM stretches s LEFT JOIN entries e ON e.tenant = ?1 AND e.conversation = s.conversation AND e.seq = (
         SELECT l.seq FROM entries l
         WHERE l.tenant = ?1 AND l.conversation = s.conversation AND l.seq BETWEEN s.first_seq AND s.last_seq AND l.kind = 'message'
         ORDER BY l.seq DESC LIMIT 1)
       ORDER BY s.last_seq`,
    );
    // The first ones in; the index gives them without a look at the others.
    this.#rosters = db.prepare(
      `SELECT w.value AS conversation, (SELECT json_group_array(user_id) FROM (
         SELECT f.user_id FROM members f WHERE f.tenant = ? AND f.conversation = w.value AND f.joined IS NOT NULL
         ORDER BY f.joined, f.user_id LIMIT ${LIMITS.membersInSummary})) AS members
       FROM json_each(?) w`,
    );
    this.#former = db.prepare('SELECT user_id, intervals FROM members WHERE tenant = ? AND conversation = ? ORDER BY user_id');
    this.#state = db.prepare('SELECT revision, settings FROM user_states WHERE tenant = ? AND user_id = ?');
    this.#heads = db.prepare(`SELECT c.uuid, c.head, m.intervals FROM ${OF_USER} ${NEWEST_FIRST}`);
    this.#active = db.prepare(`SELECT c.uuid FROM ${OF_USER} AND m.joined IS NOT NULL`);
  }

  userState(tenant: string, user: string, limit: number): UserStateRecord {
    const list = this.conversations(tenant, user, { limit });
    const { people, revision: _revision, ...contacts } = this.#contacts.contacts(tenant, user);
    const named = new Set(people.map(({ id }) => id));
    const others = peopleIn(list.conversations).filter((id) => !named.has(id));
    return { ...this.#revision(tenant, user), ...list, contacts, people: [...people, ...this.#people.people(tenant, others)] };
  }

  conversations(tenant: string, user: string, page: ConversationPage): { conversations: Conversation[]; more: boolean } {
    const rows = this.#memberships(tenant, user, page);
    const seen = rows.slice(0, page.limit).map((row) => ({ ...row, ranges: visibleTo(readMembership(row.intervals), row.head) }));
    const stretches = this.#summariseStretches(tenant, user, seen);
    const active = this.#firstMembers(tenant, seen);
    const conversations = seen.map((row) => {
      const roster =
        row.joined === null
          ? formerRoster(this.#former.all(tenant, row.id) as unknown as FormerRow[], lastVisible(row.ranges))
          : { members: active.get(row.id) ?? [], memberCount: row.member_count };
      return summarise(row, user, stretches.get(row.id) ?? [], roster);
    });
    return { conversations, more: rows.length > page.limit };
  }

  conversation(tenant: string, user: string, conversation: string): Conversation | null {
    return this.conversations(tenant, user, { ids: [conversation], limit: 1 }).conversations[0] ?? null;
  }

  heads(tenant: string, user: string, limit: number): { revision: number; heads: Head[] } {
    const rows = this.#heads.all(tenant, user, limit) as unknown as Pick<MembershipRow, 'uuid' | 'head' | 'intervals'>[];
    const heads = rows.map(({ uuid, head, intervals }) => ({
      conversation: uuid,
      head: lastVisible(visibleTo(readMembership(intervals), head)),
    }));
    return { revision: this.#revision(tenant, user).revision, heads };
  }

  activeConversations(tenant: string, user: string): string[] {
    return this.#active.all(tenant, user).map((row) => String(row['uuid']));
  }

  /** One more than `limit`, to see whether there are more. */
  #memberships(tenant: string, user: string, { ids, before, limit }: ConversationPage): MembershipRow[] {
    const rows = ids
      ? this.#some.all(tenant, user, JSON.stringify(ids), before?.id ?? null, before?.updatedAt ?? null, before?.id ?? null, limit + 1)
      : before
        ? this.#pageBefore.all(tenant, user, before.updatedAt, before.id, limit + 1)
        : this.#page.all(tenant, user, limit + 1);
    return rows as unknown as MembershipRow[];
  }

  #revision(tenant: string, user: string): { revision: number; settings: Settings } {
    const row = this.#state.get(tenant, user);
    return { revision: Number(row?.['revision'] ?? 0), settings: readSettings(row?.['settings']) };
  }

  /** The newest message and the number of unread ones of each stretch that the user may see. */
  #summariseStretches(tenant: string, user: string, seen: readonly SeenMembership[]): Map<number, StretchSummary[]> {
    const uuids = new Map(seen.map(({ id, uuid }) => [id, uuid]));
    const asked = seen.flatMap(({ id, read, ranges }) => ranges.map(({ from, to }) => [id, from, to, Math.max(from, read + 1)]));
    const summaries = new Map<number, StretchSummary[]>();
    if (asked.length === 0) return summaries;
    for (const row of this.#stretches.all(tenant, JSON.stringify(asked), user) as unknown as StretchRow[]) {
      const last = row.seq === null ? null : toEntry(uuids.get(row.conversation) ?? '', row);
      const summary = { unread: row.unread, last };
      const others = summaries.get(row.conversation);
      if (others) others.push(summary);
      else summaries.set(row.conversation, [summary]);
    }
    return summaries;
  }

  #firstMembers(tenant: string, seen: readonly SeenMembership[]): Map<number, string[]> {
    const asked = seen.filter((row) => row.joined !== null).map((row) => row.id);
    if (asked.length === 0) return new Map();
    const rows = this.#rosters.all(tenant, JSON.stringify(asked)) as unknown as { conversation: number; members: string }[];
    return new Map(rows.map(({ conversation, members }) => [conversation, JSON.parse(members) as string[]]));
  }
}
