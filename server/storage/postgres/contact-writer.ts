import { LIMITS } from '#protocol/limits';
import type { ContactGroup } from '#protocol';
import type { ContactsChanged } from '../contact-storage.js';
import { readContactGroups, readContacts } from './contact-reader.js';
import type { Session } from './database.js';
import { readPersonRecords } from './people-reader.js';
import { lockStates, revise } from './revisions.js';

/*
 * Changes favourites and personal groups. All of a user's contacts are told after each change, so they are read again in the transaction
 * that made it. Each verb first locks the states of those whom it may concern: what it then reads stays so until it has committed.
 */

export async function addContact(
  session: Session,
  tenant: string,
  now: number,
  owner: string,
  user: string,
  consent: boolean,
): Promise<ContactsChanged> {
  await lock(session, tenant, owner, user);
  return add(session, tenant, now, owner, user, consent);
}

export async function acceptContact(
  session: Session,
  tenant: string,
  now: number,
  owner: string,
  user: string,
  consent: boolean,
): Promise<ContactsChanged> {
  await lock(session, tenant, owner, user);
  return (await hasContact(session, tenant, user, owner)) ? add(session, tenant, now, owner, user, consent) : { status: 'not-found' };
}

export async function declineContact(session: Session, tenant: string, owner: string, user: string): Promise<ContactsChanged> {
  await lock(session, tenant, owner, user);
  const open = (await hasContact(session, tenant, user, owner)) && !(await hasContact(session, tenant, owner, user));
  if (!open) return unchanged(session, tenant, owner);
  await remove(session, tenant, user, owner);
  return changed(session, tenant, owner, user);
}

export async function removeContact(
  session: Session,
  tenant: string,
  owner: string,
  user: string,
  consent: boolean,
): Promise<ContactsChanged> {
  await lock(session, tenant, owner, user);
  if (!(await remove(session, tenant, owner, user))) return unchanged(session, tenant, owner);
  if (consent) await remove(session, tenant, user, owner);
  return changed(session, tenant, owner, consent ? user : undefined);
}

export async function saveContactGroup(
  session: Session,
  tenant: string,
  owner: string,
  { id, name, users }: ContactGroup,
): Promise<ContactsChanged> {
  await lock(session, tenant, owner);
  const groups = await readContactGroups(session, tenant, owner);
  const before = groups.find((group) => group.id === id);
  if (!before && groups.length >= LIMITS.contactGroups) return { status: 'too-many' };
  const members = [...new Set(users)];
  // Somebody deactivated since stays where they were put; nobody new comes in who is none of the directory's.
  const added = members.filter((user) => !before?.users.includes(user));
  const active = (await readPersonRecords(session, tenant, added)).filter((record) => record.active);
  if (active.length < added.length) return { status: 'not-found' };
  if (before && before.name === name && JSON.stringify(before.users) === JSON.stringify(members)) return unchanged(session, tenant, owner);
  await session.query(
    `INSERT INTO contact_groups (tenant, owner, id, name, position, users) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant, owner, id) DO UPDATE SET name = excluded.name, users = excluded.users`,
    [tenant, owner, id, name, groups.length, JSON.stringify(members)],
  );
  return changed(session, tenant, owner);
}

export async function removeContactGroup(session: Session, tenant: string, owner: string, id: string): Promise<ContactsChanged> {
  await lock(session, tenant, owner);
  const removed = await session.query('DELETE FROM contact_groups WHERE tenant = $1 AND owner = $2 AND id = $3 RETURNING id', [
    tenant,
    owner,
    id,
  ]);
  return removed.length === 0 ? unchanged(session, tenant, owner) : arranged(session, tenant, owner, []);
}

export async function arrangeContactGroups(
  session: Session,
  tenant: string,
  owner: string,
  ids: readonly string[],
): Promise<ContactsChanged> {
  await lock(session, tenant, owner);
  const known = new Set((await readContactGroups(session, tenant, owner)).map((group) => group.id));
  return ids.some((id) => !known.has(id)) ? { status: 'not-found' } : arranged(session, tenant, owner, ids);
}

/** Who is no user yet has no state, and gets none by being named. */
async function lock(session: Session, tenant: string, owner: string, other: string = owner): Promise<void> {
  const text = 'SELECT user_id FROM user_states WHERE tenant = $1 AND user_id = ANY ($2::text[]) ORDER BY user_id FOR UPDATE';
  const locked = await session.query<{ user_id: string }>(text, [tenant, [owner, other]]);
  if (!locked.some((row) => row.user_id === owner)) await lockStates(session, tenant, [owner]);
}

async function add(session: Session, tenant: string, now: number, owner: string, user: string, consent: boolean): Promise<ContactsChanged> {
  const [has, [record], [count]] = await Promise.all([
    hasContact(session, tenant, owner, user),
    readPersonRecords(session, tenant, [user]),
    session.query<{ n: number }>('SELECT count(*) AS n FROM contacts WHERE tenant = $1 AND owner = $2', [tenant, owner]),
  ]);
  if (has) return unchanged(session, tenant, owner);
  if (!record?.active) return { status: 'not-found' };
  if ((count?.n ?? 0) >= LIMITS.contacts) return { status: 'too-many' };
  await session.query('INSERT INTO contacts (tenant, owner, user_id, added_at) VALUES ($1, $2, $3, $4)', [tenant, owner, user, now]);
  return changed(session, tenant, owner, consent ? user : undefined);
}

async function remove({ query }: Session, tenant: string, owner: string, user: string): Promise<boolean> {
  const text = 'DELETE FROM contacts WHERE tenant = $1 AND owner = $2 AND user_id = $3 RETURNING user_id';
  return (await query(text, [tenant, owner, user])).length > 0;
}

async function hasContact({ query }: Session, tenant: string, owner: string, user: string): Promise<boolean> {
  const text = 'SELECT 1 FROM contacts WHERE tenant = $1 AND owner = $2 AND user_id = $3';
  return (await query(text, [tenant, owner, user])).length > 0;
}

async function arranged(session: Session, tenant: string, owner: string, first: readonly string[]): Promise<ContactsChanged> {
  const kept = (await readContactGroups(session, tenant, owner)).map((group) => group.id);
  await session.query(
    `UPDATE contact_groups g SET position = o.position
     FROM unnest($3::text[]) WITH ORDINALITY AS o (id, position) WHERE g.tenant = $1 AND g.owner = $2 AND g.id = o.id`,
    [tenant, owner, [...new Set([...first, ...kept])]],
  );
  return changed(session, tenant, owner);
}

async function unchanged(session: Session, tenant: string, owner: string): Promise<ContactsChanged> {
  return { status: 'unchanged', contacts: await readContacts(session, tenant, owner) };
}

/** `other` is whose state changes too. While they want not to be disturbed they are told nothing; the end of that tells it (N2, N3). */
async function changed(session: Session, tenant: string, owner: string, other?: string): Promise<ContactsChanged> {
  const told = other !== undefined && other !== owner && !(await isUndisturbed(session, tenant, other));
  const revised = await revise(session, tenant, told ? [owner, other] : [owner]);
  return { status: 'changed', contacts: await readContacts(session, tenant, owner), revised };
}

async function isUndisturbed({ query }: Session, tenant: string, user: string): Promise<boolean> {
  const text = 'SELECT 1 FROM user_states WHERE tenant = $1 AND user_id = $2 AND dnd_since IS NOT NULL';
  return (await query(text, [tenant, user])).length > 0;
}
