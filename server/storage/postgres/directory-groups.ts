import type { DirectoryGroup, SharedMailbox } from '#protocol';
import { fold, queryWords } from '../../domain/search-words.js';
import type { GroupRecord } from '../directory-storage.js';
import { groupWords, toGroup } from '../sql/group-row.js';
import type { GroupRow } from '../sql/group-row.js';
import type { Session } from './database.js';

const GROUP = `g.id, g.kind, g.name, g.email, (SELECT count(*) FROM directory_group_members m
  JOIN people p ON p.tenant = m.tenant AND p.id = m.user_id AND p.deactivated_at IS NULL
  WHERE m.tenant = g.tenant AND m.group_id = g.id) AS member_count`;
const MAILBOX = 'g.id, g.name, g.email';

const OF_IDS = 'WHERE g.tenant = $1 AND g.id = ANY ($2::text[])';
// `words` is " one two three": a word begins with the prefix where a space stands before it.
const NAMED = `WHERE g.tenant = $1 AND NOT EXISTS (SELECT 1 FROM unnest($2::text[]) AS asked (word) WHERE strpos(g.words, ' ' || asked.word) = 0)
  ORDER BY g.sort_name, g.id LIMIT $3`;

/** Groups and shared mailboxes. There are hundreds of them where there are ten thousands of people, so a search looks at each. */
export async function groups(session: Session, tenant: string, ids: readonly string[]): Promise<DirectoryGroup[]> {
  return (await session.query<GroupRow>(`SELECT ${GROUP} FROM directory_groups g ${OF_IDS}`, [tenant, ids])).map(toGroup);
}

export function mailboxes(session: Session, tenant: string, ids: readonly string[]): Promise<SharedMailbox[]> {
  return session.query<SharedMailbox>(`SELECT ${MAILBOX} FROM mailboxes g ${OF_IDS}`, [tenant, ids]);
}

export async function searchGroups(session: Session, tenant: string, text: string, limit: number): Promise<DirectoryGroup[]> {
  const words = sought(text);
  if (!words) return [];
  return (await session.query<GroupRow>(`SELECT ${GROUP} FROM directory_groups g ${NAMED}`, [tenant, words, limit])).map(toGroup);
}

export async function searchMailboxes(session: Session, tenant: string, text: string, limit: number): Promise<SharedMailbox[]> {
  const words = sought(text);
  return words ? session.query<SharedMailbox>(`SELECT ${MAILBOX} FROM mailboxes g ${NAMED}`, [tenant, words, limit]) : [];
}

export async function putGroup(session: Session, tenant: string, { id, kind, name, email, members }: GroupRecord): Promise<void> {
  // The row of the group is locked by this: two who replace it do so one after the other.
  await session.query(
    `INSERT INTO directory_groups (tenant, id, kind, name, email, sort_name, words) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (tenant, id) DO UPDATE SET kind = excluded.kind, name = excluded.name, email = excluded.email,
     sort_name = excluded.sort_name, words = excluded.words`,
    [tenant, id, kind, name, email ?? null, fold(name), groupWords(name)],
  );
  await empty(session, tenant, id);
  await session.query(
    'INSERT INTO directory_group_members (tenant, group_id, user_id) SELECT DISTINCT $1, $2, m.id FROM unnest($3::text[]) AS m (id)',
    [tenant, id, members],
  );
}

export async function removeGroup(session: Session, tenant: string, id: string): Promise<boolean> {
  const removed = await session.query('DELETE FROM directory_groups WHERE tenant = $1 AND id = $2 RETURNING id', [tenant, id]);
  await empty(session, tenant, id);
  return removed.length > 0;
}

export async function putMailbox(session: Session, tenant: string, { id, name, email }: SharedMailbox): Promise<void> {
  await session.query(
    `INSERT INTO mailboxes (tenant, id, name, email, sort_name, words) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, email = excluded.email, sort_name = excluded.sort_name,
     words = excluded.words`,
    [tenant, id, name, email, fold(name), groupWords(name)],
  );
}

export async function removeMailbox(session: Session, tenant: string, id: string): Promise<boolean> {
  return (await session.query('DELETE FROM mailboxes WHERE tenant = $1 AND id = $2 RETURNING id', [tenant, id])).length > 0;
}

async function empty(session: Session, tenant: string, id: string): Promise<void> {
  await session.query('DELETE FROM directory_group_members WHERE tenant = $1 AND group_id = $2', [tenant, id]);
}

/** Null when the text has signs only: nothing is meant by them. */
function sought(text: string): string[] | null {
  const words = queryWords(text);
  return words.length === 0 && text.trim() !== '' ? null : words;
}
