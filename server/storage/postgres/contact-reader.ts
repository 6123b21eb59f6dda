import { LIMITS } from '#protocol/limits';
import type { ContactGroup } from '#protocol';
import type { ContactsRecord } from '../contact-storage.js';
import type { Session } from './database.js';
import { readPeople } from './people-reader.js';

/** Whether each has the other, of a row `c` of `contacts`. */
const MUTUAL = 'EXISTS (SELECT 1 FROM contacts o WHERE o.tenant = c.tenant AND o.owner = c.user_id AND o.user_id = c.owner)';
const FAVOURITES = `SELECT c.user_id AS user, ${MUTUAL} AS mutual FROM contacts c WHERE c.tenant = $1 AND c.owner = $2
  ORDER BY c.added_at, c.user_id`;
// What comes while somebody wants not to be disturbed waits until that ends; in doubt, within a millisecond, it came after.
const ASKED_BY = `SELECT c.owner AS user, c.added_at AS at FROM contacts c
  LEFT JOIN user_states s ON s.tenant = c.tenant AND s.user_id = c.user_id
  WHERE c.tenant = $1 AND c.user_id = $2 AND (s.dnd_since IS NULL OR c.added_at < s.dnd_since) AND NOT ${MUTUAL}
  ORDER BY c.added_at DESC, c.owner LIMIT ${LIMITS.contacts}`;

interface GroupRow {
  id: string;
  name: string;
  users: string;
}

/** Favourites, requests and personal groups, as one user has them. */
export async function readContacts(session: Session, tenant: string, user: string): Promise<ContactsRecord> {
  const values = [tenant, user];
  const [favourites, askedBy, groups, states] = await Promise.all([
    session.query<{ user: string; mutual: boolean }>(FAVOURITES, values),
    session.query<{ user: string; at: number }>(ASKED_BY, values),
    readContactGroups(session, tenant, user),
    session.query<{ revision: number }>('SELECT revision FROM user_states WHERE tenant = $1 AND user_id = $2', values),
  ]);
  const named = new Set([...favourites, ...askedBy].map((row) => row.user));
  for (const { users } of groups) for (const member of users) named.add(member);
  const people = await readPeople(session, tenant, [...named]);
  return { favourites, askedBy, groups, people, revision: states[0]?.revision ?? 0 };
}

export async function readContactGroups({ query }: Session, tenant: string, user: string): Promise<ContactGroup[]> {
  const text = 'SELECT id, name, users FROM contact_groups WHERE tenant = $1 AND owner = $2 ORDER BY position, id';
  const rows = await query<GroupRow>(text, [tenant, user]);
  return rows.map(({ id, name, users }) => ({ id, name, users: JSON.parse(users) as string[] }));
}

/** See `Storage.mutualContacts`. */
export async function mutualContacts({ query }: Session, tenant: string, user: string, others: readonly string[]): Promise<string[]> {
  const text = `SELECT c.user_id AS user FROM contacts c WHERE c.tenant = $1 AND c.owner = $2 AND c.user_id = ANY ($3::text[]) AND ${MUTUAL}`;
  return (await query<{ user: string }>(text, [tenant, user, others])).map((row) => row.user);
}
