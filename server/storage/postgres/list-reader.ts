import type { Conversation, EntryBody, Head, Settings } from '#protocol';
import { LIMITS } from '#protocol/limits';
import { peopleIn } from '../../domain/people-in.js';
import { toEntry } from '../sql/entry-row.js';
import type { EntryRow } from '../sql/entry-row.js';
import { readSettings } from '../sql/settings.js';
import { formerRoster, summarise } from '../sql/summaries.js';
import type { FormerRow, MembershipRow, Roster, SeenMembership, StretchSummary } from '../sql/summaries.js';
import type { ViewedRow } from '../sql/viewed-row.js';
import type { ConversationPage, ListRecord, UserStateRecord } from '../storage.js';
import { readContacts } from './contact-reader.js';
import type { Session } from './database.js';
import { readInvitationsOf } from './invitation-reader.js';
import { readPeople } from './people-reader.js';
import { horizonOf, viewsOf } from './views.js';

/** When the newest entry that this member may see was made. */
const UPDATED_AT = 'coalesce(m.held_at, m.left_at, c.updated_at)';
const COLUMNS = `c.id, c.uuid, c.kind, c.title, c.description, c.creator, c.head, c.ended_seq, c.member_count, ${UPDATED_AT} AS updated_at,
  m.user_id, m.joined, m.intervals, m.held_seq, m.delivered, m.read`;
/** Not of who wants not to be disturbed and has seen nothing of it yet. */
const IS_KNOWN = '(m.held_seq IS NULL OR m.held_at IS NOT NULL)';
const OF_USER = `members m JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant
  WHERE m.tenant = $1 AND m.user_id = $2 AND ${IS_KNOWN}`;
const NEWEST_FIRST = `ORDER BY ${UPDATED_AT} DESC, c.uuid DESC`;

type Titles = Partial<Pick<Extract<EntryBody, { kind: 'renamed' }>, 'title' | 'description'>>;
type StretchRow = Omit<EntryRow, 'seq'> & { place: number; unread: number; seq: number | null };
type Known = Pick<MembershipRow, 'title' | 'description'> & { roster: Roster };

/** Who reads, and when. */
export interface Reading {
  tenant: string;
  user: string;
  now: number;
}

/** See `Storage.userState`. */
export async function readUserState(session: Session, reading: Reading, limit: number): Promise<UserStateRecord> {
  const { tenant, user } = reading;
  const [list, { people, revision: _revision, ...contacts }, invitations, own] = await Promise.all([
    readList(session, reading, { limit }),
    readContacts(session, tenant, user),
    readInvitationsOf(session, tenant, user),
    readSettingsOf(session, tenant, user),
  ]);
  const named = new Set(people.map(({ id }) => id));
  const others = [...peopleIn(list.conversations), ...invitations.map(({ inviter }) => inviter)].filter((id) => !named.has(id));
  const more = others.length === 0 ? [] : await readPeople(session, tenant, [...new Set(others)]);
  return { ...own, ...list, invitations, contacts, people: [...people, ...more] };
}

/** See `Storage.conversations`: as many statements for a page as for one conversation. */
export async function readConversations(session: Session, reading: Reading, page: ConversationPage): Promise<ListRecord> {
  const list = await readList(session, reading, page);
  return { ...list, people: await readPeople(session, reading.tenant, peopleIn(list.conversations)) };
}

async function readList(
  session: Session,
  { tenant, user, now }: Reading,
  page: ConversationPage,
): Promise<{ conversations: Conversation[]; more: boolean }> {
  const [rows, horizon] = await Promise.all([readMemberships(session, tenant, user, page), horizonOf(session, tenant, now)]);
  return { conversations: await readSummarised(session, tenant, rows.slice(0, page.limit), horizon), more: rows.length > page.limit };
}

/** A conversation as each of these users sees it, with the rows that say who they are. */
export async function readSeenBy(
  session: Session,
  { tenant, users, now }: { tenant: string; users: readonly string[]; now: number },
  conversation: string,
): Promise<{ rows: MembershipRow[]; conversations: Conversation[] }> {
  const [rows, horizon] = await Promise.all([
    session.query<MembershipRow>(
      `SELECT ${COLUMNS} FROM conversations c JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
       WHERE c.tenant = $1 AND c.uuid = $2 AND ${IS_KNOWN} AND m.user_id = ANY($3::text[])`,
      [tenant, conversation, users],
    ),
    horizonOf(session, tenant, now),
  ]);
  return { rows, conversations: await readSummarised(session, tenant, rows, horizon) };
}

/** Each as its member sees it, in the order of the rows. */
async function readSummarised(
  session: Session,
  tenant: string,
  rows: readonly MembershipRow[],
  horizon: number | null,
): Promise<Conversation[]> {
  const views = await viewsOf(session, rows, horizon);
  const seen = rows.map((row, place): SeenMembership => {
    const view = views[place];
    // To leave one out would give everybody behind it what somebody else sees.
    if (!view) throw new Error('there is a view for each row');
    return { ...row, view };
  });
  const [stretches, active, former] = await Promise.all([
    readStretches(session, tenant, seen),
    readFirstMembers(session, tenant, seen),
    readAsOf(session, tenant, seen),
  ]);
  return seen.map((row, place) => {
    const now: Known = { ...row, roster: { members: active.get(row.id) ?? [], memberCount: row.member_count } };
    const { title, description, roster } = former[place] ?? now;
    return summarise({ ...row, title, description }, stretches[place] ?? [], roster);
  });
}

/** See `Storage.heads`. */
export async function readHeads(
  session: Session,
  tenant: string,
  user: string,
  limit: number,
): Promise<{ revision: number; heads: Head[] }> {
  const [rows, { revision }] = await Promise.all([
    session.query<ViewedRow & { uuid: string }>(
      `SELECT c.id, c.uuid, c.head, m.intervals, m.held_seq FROM ${OF_USER} ${NEWEST_FIRST} LIMIT $3`,
      [tenant, user, limit],
    ),
    readSettingsOf(session, tenant, user),
  ]);
  // A head does not depend on what has become too old to be shown.
  const views = await viewsOf(session, rows, null);
  const heads = rows.map(({ uuid }, index) => ({ conversation: uuid, head: views[index]?.head ?? 0 }));
  return { revision, heads };
}

/** See `Storage.activeConversations`. */
export async function readActive({ query }: Session, tenant: string, user: string): Promise<string[]> {
  const rows = await query<{ uuid: string }>(`SELECT c.uuid FROM ${OF_USER} AND m.joined IS NOT NULL AND m.held_seq IS NULL`, [
    tenant,
    user,
  ]);
  return rows.map(({ uuid }) => uuid);
}

/** The revision at which the user's state stands, and their settings. */
export async function readSettingsOf({ query }: Session, tenant: string, user: string): Promise<{ revision: number; settings: Settings }> {
  const [row] = await query<{ revision: number; settings: string | null }>(
    'SELECT revision, settings FROM user_states WHERE tenant = $1 AND user_id = $2',
    [tenant, user],
  );
  return { revision: row?.revision ?? 0, settings: readSettings(row?.settings) };
}

/** One more than `limit`, to see whether there are more. */
async function readMemberships(
  { query }: Session,
  tenant: string,
  user: string,
  { ids, before, limit }: ConversationPage,
): Promise<MembershipRow[]> {
  return query(
    `SELECT ${COLUMNS} FROM ${OF_USER} ${ids ? 'AND c.uuid = ANY($6::text[])' : ''}
     AND ($3::bigint IS NULL OR (${UPDATED_AT}, c.uuid) < ($3, $4)) ${NEWEST_FIRST} LIMIT $5`,
    [tenant, user, before?.updatedAt ?? null, before?.id ?? '', limit + 1, ...(ids ? [ids] : [])],
  );
}

/** The newest message and the number of unread ones of each stretch that its member may see, in the order of the rows. */
async function readStretches({ query }: Session, tenant: string, seen: readonly SeenMembership[]): Promise<StretchSummary[][]> {
  const summaries = seen.map((): StretchSummary[] => []);
  const asked = seen.flatMap(({ id, user_id: user, read, view }, place) =>
    view.ranges.map(({ from, to }) => [place, id, from, to, Math.max(from, read + 1), user] as const),
  );
  if (asked.length === 0) return summaries;
  const rows = await query<StretchRow>(
    `SELECT s.place, e.seq, e.cid, e.author, e.at, e.body, n.unread
     FROM unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])
       AS s(place, conversation, first_seq, last_seq, unread_from, user_id)
     LEFT JOIN LATERAL (
       SELECT l.seq, l.cid, l.author, l.at, l.body FROM entries l
       WHERE l.tenant = $1 AND l.conversation = s.conversation AND l.seq BETWEEN s.first_seq AND s.last_seq AND l.kind = 'message'
       ORDER BY l.seq DESC LIMIT 1) e ON true
     CROSS JOIN LATERAL (SELECT count(*) AS unread FROM (
       SELECT 1 FROM entries u
       WHERE u.tenant = $1 AND u.conversation = s.conversation AND u.seq BETWEEN s.unread_from AND s.last_seq
         AND u.kind = 'message' AND u.author <> s.user_id
       LIMIT ${LIMITS.unreadCounted}) counted) n
     ORDER BY s.last_seq`,
    [tenant, ...[0, 1, 2, 3, 4, 5].map((column) => asked.map((row) => row[column]))],
  );
  for (const { place, unread, seq, ...row } of rows)
    summaries[place]?.push({ unread, last: seq === null ? null : toEntry(seen[place]?.uuid ?? '', { ...row, seq }) });
  return summaries;
}

/** The first ones in; the index gives them without a look at the others. */
async function readFirstMembers({ query }: Session, tenant: string, seen: readonly SeenMembership[]): Promise<Map<number, string[]>> {
  const asked = [...new Set(seen.filter((row) => !isPast(row)).map((row) => row.id))];
  if (asked.length === 0) return new Map();
  const rows = await query<{ conversation: number; members: string[] }>(
    `SELECT w.conversation, ARRAY(
       SELECT f.user_id FROM members f WHERE f.tenant = $1 AND f.conversation = w.conversation AND f.joined IS NOT NULL
       ORDER BY f.joined, f.user_id LIMIT ${LIMITS.membersInSummary}) AS members
     FROM unnest($2::bigint[]) AS w(conversation)`,
    [tenant, asked],
  );
  return new Map(rows.map(({ conversation, members }) => [conversation, members]));
}

/** What who has left, or wants not to be disturbed, knows of it: how it was after the last entry that they see. By the place of the row. */
async function readAsOf({ query }: Session, tenant: string, seen: readonly SeenMembership[]): Promise<(Known | undefined)[]> {
  const past = seen.filter(isPast);
  if (past.length === 0) return [];
  const [members, titles] = await Promise.all([
    query<FormerRow & { conversation: number }>(
      'SELECT conversation, user_id, intervals FROM members WHERE tenant = $1 AND conversation = ANY($2::bigint[]) ORDER BY user_id',
      [tenant, past.map(({ id }) => id)],
    ),
    query<{ body: string | null }>(
      `SELECT e.body FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS w(conversation, head, place)
       LEFT JOIN LATERAL (
         SELECT t.body FROM entries t
         WHERE t.tenant = $1 AND t.conversation = w.conversation AND t.seq <= w.head AND t.kind IN ('started', 'renamed')
         ORDER BY t.seq DESC LIMIT 1) e ON true
       ORDER BY w.place`,
      [tenant, past.map(({ id }) => id), past.map(({ view }) => view.head)],
    ),
  ]);
  const known = new Map(
    past.map((row, index) => {
      const body = row.kind === 'direct' ? null : (titles[index]?.body ?? null);
      const { title = null, description = null } = body === null ? {} : (JSON.parse(body) as Titles);
      const rows = members.filter(({ conversation }) => conversation === row.id);
      return [row, { title, description, roster: formerRoster(rows, row.view.head) }];
    }),
  );
  return seen.map((row) => known.get(row));
}

/** What happens now is not theirs to know, or not yet. */
function isPast({ joined, held_seq: held }: MembershipRow): boolean {
  return joined === null || held !== null;
}
