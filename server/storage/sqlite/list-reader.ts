import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Conversation, EntryBody, Head, Settings } from '#protocol';
import { LIMITS } from '#protocol/limits';
import { peopleIn } from '../../domain/people-in.js';
import { readSettings } from '../sql/settings.js';
import { formerRoster, summariesOf, summarise } from '../sql/summaries.js';
import type { FormerRow, MembershipRow, Roster, SeenMembership, StretchSummary } from '../sql/summaries.js';
import type { ConversationPage, ListRecord, Summary, UserStateRecord } from '../storage.js';
import { toEntry } from '../sql/entry-row.js';
import type { EntryRow } from '../sql/entry-row.js';
import type { ContactReader } from './contacts.js';
import type { InvitationReader } from './invitation-reader.js';
import type { PeopleReader } from './people-reader.js';
import { Rows, SOME } from './rows.js';
import type { ViewedRow } from '../sql/viewed-row.js';
import type { Views } from './views.js';

/** When the newest entry that this member may see was made. */
const UPDATED_AT = 'coalesce(m.held_at, m.left_at, c.updated_at)';
const COLUMNS = `c.id, c.uuid, c.kind, c.title, c.description, c.creator, c.head, c.ended_seq, c.member_count, ${UPDATED_AT} AS updated_at,
  m.user_id, m.joined, m.intervals, m.held_seq, m.delivered, m.read`;
/** Not of who wants not to be disturbed and has seen nothing of it yet. */
const IS_KNOWN = '(m.held_seq IS NULL OR m.held_at IS NOT NULL)';
const OF_USER = `members m JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant
  WHERE m.tenant = ? AND m.user_id = ? AND ${IS_KNOWN}`;
const NEWEST_FIRST = `ORDER BY ${UPDATED_AT} DESC, c.uuid DESC LIMIT ${SOME}`;

type Titles = Partial<Pick<Extract<EntryBody, { kind: 'renamed' }>, 'title' | 'description'>>;
type StretchRow = EntryRow & { place: number; unread: number; seq: number | null };

/**
 * What a user's list is made of, in at most four statements however many conversations are on it. Each begins with the few rows that
 * are asked for and looks the rest up by index: with a join instead, SQLite walked all memberships of the tenant (19 ms of 20,000).
 */
export class ListReader {
  readonly #people: PeopleReader;
  readonly #contacts: ContactReader;
  readonly #invitations: InvitationReader;
  readonly #views: Views;
  readonly #page: Rows<MembershipRow>;
  readonly #pageBefore: Rows<MembershipRow>;
  readonly #some: Rows<MembershipRow>;
  readonly #ofUsers: Rows<MembershipRow>;
  readonly #stretches: Rows<StretchRow>;
  readonly #rosters: Rows<{ conversation: number; members: string }>;
  readonly #former: StatementSync;
  readonly #title: StatementSync;
  readonly #state: StatementSync;
  readonly #heads: Rows<ViewedRow & { uuid: string }>;
  readonly #active: Rows<{ uuid: string }>;

  constructor(db: DatabaseSync, parts: { people: PeopleReader; contacts: ContactReader; invitations: InvitationReader; views: Views }) {
    this.#people = parts.people;
    this.#contacts = parts.contacts;
    this.#invitations = parts.invitations;
    this.#views = parts.views;
    this.#page = new Rows(db, `SELECT ${COLUMNS} FROM ${OF_USER} ${NEWEST_FIRST}`);
    this.#pageBefore = new Rows(db, `SELECT ${COLUMNS} FROM ${OF_USER} AND (${UPDATED_AT}, c.uuid) < (?, ?) ${NEWEST_FIRST}`);
    this.#some = new Rows(
      db,
      `SELECT ${COLUMNS} FROM conversations c CROSS JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = ? AND m.user_id = ? AND ${IS_KNOWN} AND c.uuid IN (SELECT value FROM json_each(?))
       AND (? IS NULL OR (${UPDATED_AT}, c.uuid) < (?, ?)) ${NEWEST_FIRST}`,
    );
    this.#ofUsers = new Rows(
      db,
      `SELECT ${COLUMNS} FROM conversations c CROSS JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ? AND ${IS_KNOWN} AND m.user_id IN (SELECT value FROM json_each(?))`,
    );
    this.#stretches = new Rows(
      db,
      `WITH stretches AS MATERIALIZED (
         SELECT value ->> 0 AS place, value ->> 1 AS conversation, value ->> 2 AS first_seq, value ->> 3 AS last_seq,
           value ->> 4 AS unread_from, value ->> 5 AS user_id FROM json_each(?2))
       SELECT s.place, e.seq, e.cid, e.author, e.at, e.body,
         (SELECT count(*) FROM (
           SELECT 1 FROM entries u
           WHERE u.tenant = ?1 AND u.conversation = s.conversation AND u.seq BETWEEN s.unread_from AND s.last_seq
             AND u.kind = 'message' AND u.author <> s.user_id
           LIMIT ${LIMITS.unreadCounted})) AS unread
       FROM stretches s LEFT JOIN entries e ON e.id = (
         SELECT l.id FROM entries l
         WHERE l.tenant = ?1 AND l.conversation = s.conversation AND l.seq BETWEEN s.first_seq AND s.last_seq AND l.kind = 'message'
         ORDER BY l.seq DESC LIMIT 1)
       ORDER BY s.last_seq`,
    );
    // The first ones in; the index gives them without a look at the others, nor at the rows of these: whose they are, the conversation says.
    this.#rosters = new Rows(
      db,
      `SELECT c.id AS conversation, (SELECT json_group_array(user_id) FROM (
         SELECT f.user_id FROM members f WHERE f.conversation = c.id AND f.joined IS NOT NULL
         ORDER BY f.joined, f.user_id LIMIT ${LIMITS.membersInSummary})) AS members
       FROM json_each(?2) w CROSS JOIN conversations c ON c.id = w.value AND c.tenant = ?1`,
    );
    this.#former = db.prepare('SELECT user_id, intervals FROM members WHERE tenant = ? AND conversation = ? ORDER BY user_id');
    this.#title = db.prepare(
      `SELECT body FROM entries
       WHERE tenant = ? AND conversation = ? AND seq <= ? AND kind IN ('started', 'renamed') ORDER BY seq DESC LIMIT 1`,
    );
    this.#state = db.prepare('SELECT revision, settings FROM user_states WHERE tenant = ? AND user_id = ?');
    this.#heads = new Rows(db, `SELECT c.id, c.uuid, c.head, m.intervals, m.held_seq FROM ${OF_USER} ${NEWEST_FIRST}`);
    this.#active = new Rows(db, `SELECT c.uuid FROM ${OF_USER} AND m.joined IS NOT NULL AND m.held_seq IS NULL`);
  }

  userState(tenant: string, user: string, limit: number): UserStateRecord {
    const { rows: _rows, ...list } = this.#list(tenant, user, { limit });
    return this.#stateOf(tenant, user, list);
  }

  /** With what `activeConversations` says, which the list says as well where nothing of it is left out. */
  stateAndActive(tenant: string, user: string, limit: number): { state: UserStateRecord; active: string[] } {
    const { rows, ...list } = this.#list(tenant, user, { limit });
    const active = list.more ? this.activeConversations(tenant, user) : rows.filter((row) => !isPast(row)).map(({ uuid }) => uuid);
    return { state: this.#stateOf(tenant, user, list), active };
  }

  /** One conversation; see `Storage.conversation` for what else is told of it. */
  conversation(tenant: string, user: string, conversation: string): Conversation | null {
    return this.#summarise(tenant, this.#ofUsers.all(tenant, conversation, JSON.stringify([user])))[0] ?? null;
  }

  /** See `Storage.conversations`. */
  conversations(tenant: string, user: string, page: ConversationPage): ListRecord {
    const { rows: _rows, ...list } = this.#list(tenant, user, page);
    return { ...list, people: this.#people.people(tenant, peopleIn(list.conversations)) };
  }

  /** See `Storage.summaries`. */
  summaries(tenant: string, conversation: string, users: readonly string[]): Map<string, Summary> {
    const rows = this.#ofUsers.all(tenant, conversation, JSON.stringify(users));
    const conversations = this.#summarise(tenant, rows);
    return summariesOf(rows, conversations, this.#people.people(tenant, peopleIn(conversations)));
  }

  heads(tenant: string, user: string, limit: number): { revision: number; heads: Head[] } {
    const rows = this.#heads.all(tenant, user, limit);
    // A head does not depend on what has become too old to be shown.
    const heads = rows.map((row) => ({ conversation: row.uuid, head: this.#views.of(tenant, row, null).head }));
    return { revision: this.settingsOf(tenant, user).revision, heads };
  }

  activeConversations(tenant: string, user: string): string[] {
    return this.#active.all(tenant, user).map(({ uuid }) => uuid);
  }

  /** The revision at which the user's state stands, and their settings. */
  settingsOf(tenant: string, user: string): { revision: number; settings: Settings } {
    const row = this.#state.get(tenant, user);
    return { revision: Number(row?.['revision'] ?? 0), settings: readSettings(row?.['settings']) };
  }

  #stateOf(tenant: string, user: string, list: Pick<UserStateRecord, 'conversations' | 'more'>): UserStateRecord {
    const { people, revision: _revision, ...contacts } = this.#contacts.contacts(tenant, user);
    const named = new Set(people.map(({ id }) => id));
    const invitations = this.#invitations.of(tenant, user);
    const others = [...peopleIn(list.conversations), ...invitations.map(({ inviter }) => inviter)].filter((id) => !named.has(id));
    return {
      ...this.settingsOf(tenant, user),
      ...list,
      invitations,
      contacts,
      people: [...people, ...this.#people.people(tenant, others)],
    };
  }

  #list(tenant: string, user: string, page: ConversationPage): { rows: MembershipRow[]; conversations: Conversation[]; more: boolean } {
    const rows = this.#memberships(tenant, user, page);
    return { rows, conversations: this.#summarise(tenant, rows.slice(0, page.limit)), more: rows.length > page.limit };
  }

  /** Each as its member sees it, in the order of the rows. */
  #summarise(tenant: string, rows: readonly MembershipRow[]): Conversation[] {
    const horizon = this.#views.horizon(tenant);
    const seen = rows.map((row) => ({ ...row, view: this.#views.of(tenant, row, horizon) }));
    const stretches = this.#summariseStretches(tenant, seen);
    const active = this.#firstMembers(tenant, seen);
    return seen.map((row, place) => {
      const known = isPast(row)
        ? this.#asOf(tenant, row, row.view.head)
        : { ...row, roster: { members: active.get(row.id) ?? [], memberCount: row.member_count } };
      return summarise({ ...row, title: known.title, description: known.description }, stretches[place] ?? [], known.roster);
    });
  }

  /** What who has left, or wants not to be disturbed, knows of it: how it was after the last entry that they see. */
  #asOf(tenant: string, { id, kind }: MembershipRow, head: number): Pick<MembershipRow, 'title' | 'description'> & { roster: Roster } {
    const body = kind === 'direct' ? undefined : this.#title.get(tenant, id, head)?.['body'];
    const { title = null, description = null } = body === undefined ? {} : (JSON.parse(String(body)) as Titles);
    return { title, description, roster: formerRoster(this.#former.all(tenant, id) as unknown as FormerRow[], head) };
  }

  /** One more than `limit`, to see whether there are more. */
  #memberships(tenant: string, user: string, { ids, before, limit }: ConversationPage): MembershipRow[] {
    if (ids)
      return this.#some.all(
        tenant,
        user,
        JSON.stringify(ids),
        before?.id ?? null,
        before?.updatedAt ?? null,
        before?.id ?? null,
        limit + 1,
      );
    return before ? this.#pageBefore.all(tenant, user, before.updatedAt, before.id, limit + 1) : this.#page.all(tenant, user, limit + 1);
  }

  /** The newest message and the number of unread ones of each stretch that its member may see, in the order of the rows. */
  #summariseStretches(tenant: string, seen: readonly SeenMembership[]): StretchSummary[][] {
    const summaries = seen.map((): StretchSummary[] => []);
    const asked = seen.flatMap(({ id, user_id: user, read, view }, place) =>
      view.ranges.map(({ from, to }) => [place, id, from, to, Math.max(from, read + 1), user]),
    );
    if (asked.length === 0) return summaries;
    for (const row of this.#stretches.all(tenant, JSON.stringify(asked)))
      summaries[row.place]?.push({ unread: row.unread, last: row.seq === null ? null : toEntry(seen[row.place]?.uuid ?? '', row) });
    return summaries;
  }

  #firstMembers(tenant: string, seen: readonly SeenMembership[]): Map<number, string[]> {
    const asked = [...new Set(seen.filter((row) => !isPast(row)).map((row) => row.id))];
    if (asked.length === 0) return new Map();
    const rows = this.#rosters.all(tenant, JSON.stringify(asked));
    return new Map(rows.map(({ conversation, members }) => [conversation, JSON.parse(members) as string[]]));
  }
}

/** What happens now is not theirs to know, or not yet. */
function isPast({ joined, held_seq: held }: MembershipRow): boolean {
  return joined === null || held !== null;
}
