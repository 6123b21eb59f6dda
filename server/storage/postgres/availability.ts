import type { ChosenAvailability, Head, Settings } from '#protocol';
import { readSettings } from '../sql/settings.js';
import type { Disturbance } from '../storage.js';
import type { Session } from './database.js';
import { bump } from './revisions.js';

interface StateRow {
  settings: string | null;
  dnd_since: number | null;
}

/** Bumps the revision, which locks the state, and resolves to what is in it. */
async function enterState(session: Session, tenant: string, user: string): Promise<{ revision: number; state: StateRow | undefined }> {
  const [revision, [state]] = await Promise.all([
    bump(session, tenant, user),
    session.query<StateRow>('SELECT settings, dnd_since FROM user_states WHERE tenant = $1 AND user_id = $2', [tenant, user]),
  ]);
  return { revision, state };
}

async function putSettings({ query }: Session, tenant: string, user: string, settings: string): Promise<void> {
  await query('UPDATE user_states SET settings = $3 WHERE tenant = $1 AND user_id = $2', [tenant, user, settings]);
}

export interface AvailabilityChange {
  tenant: string;
  user: string;
  availability: ChosenAvailability;
  message: string | undefined;
  now: number;
}

/**
 * See `ConversationStorage.setAvailability`. The wish not to be disturbed is kept in each of their memberships, where whoever reads or sends
 * finds it in a row that is read anyway. Those rows are locked first, so that what the user sends at the same time is before it or refused.
 */
export async function writeAvailability(
  session: Session,
  { tenant, user, availability, message, now }: AvailabilityChange,
): Promise<{ settings: Settings; revision: number; disturbance?: Disturbance }> {
  const { query } = session;
  const held = availability === 'dnd';
  const [peeked] = await query<{ held: boolean }>(
    'SELECT dnd_since IS NOT NULL AS held FROM user_states WHERE tenant = $1 AND user_id = $2',
    [tenant, user],
  );
  if (held !== (peeked?.held ?? false)) await lockConversations(session, tenant, user);
  const [, { revision, state }] = await Promise.all([
    query('SELECT 1 FROM members WHERE tenant = $1 AND user_id = $2 AND joined IS NOT NULL ORDER BY conversation FOR NO KEY UPDATE', [
      tenant,
      user,
    ]),
    enterState(session, tenant, user),
  ]);
  const before = readSettings(state?.settings);
  const statusMessages = { ...before.statusMessages };
  delete statusMessages[availability];
  if (message !== undefined) statusMessages[availability] = message;
  const settings: Settings = { ...before, availability, statusMessages };
  await putSettings(session, tenant, user, JSON.stringify(settings));
  if (held === (typeof state?.dnd_since === 'number')) return { settings, revision };
  await query('UPDATE user_states SET dnd_since = $3 WHERE tenant = $1 AND user_id = $2', [tenant, user, held ? now : null]);
  if (held) return { settings, revision, disturbance: { held, conversations: await hold(session, tenant, user), behind: [] } };
  const disturbance = { held, ...(await release(session, tenant, user)) };
  return { settings, revision: await bump(session, tenant, user), disturbance };
}

/**
 * What is being said in them at this moment is before the change or after it, and the answers come in that order: else somebody would hear
 * of a message that waits for them.
 */
async function lockConversations({ query }: Session, tenant: string, user: string): Promise<void> {
  await query(
    `SELECT 1 FROM conversations c JOIN members m ON m.conversation = c.id AND m.tenant = c.tenant
     WHERE m.tenant = $1 AND m.user_id = $2 AND m.joined IS NOT NULL ORDER BY c.id FOR SHARE OF c`,
    [tenant, user],
  );
}

async function hold({ query }: Session, tenant: string, user: string): Promise<Head[]> {
  return query<Head>(
    `UPDATE members m SET held_seq = c.head, held_at = c.updated_at FROM conversations c
     WHERE m.tenant = $1 AND m.user_id = $2 AND m.joined IS NOT NULL AND c.id = m.conversation AND c.tenant = m.tenant
     RETURNING c.uuid AS conversation, c.head`,
    [tenant, user],
  );
}

async function release({ query }: Session, tenant: string, user: string): Promise<Pick<Disturbance, 'conversations' | 'behind'>> {
  const rows = await query<Head & { held_seq: number | null }>(
    `SELECT c.uuid AS conversation, c.head, m.held_seq FROM members m JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant
     WHERE m.tenant = $1 AND m.user_id = $2 AND m.joined IS NOT NULL ORDER BY m.conversation`,
    [tenant, user],
  );
  await query('UPDATE members SET held_seq = NULL, held_at = NULL WHERE tenant = $1 AND user_id = $2 AND held_seq IS NOT NULL', [
    tenant,
    user,
  ]);
  const heads = (some: typeof rows): Head[] => some.map(({ conversation, head }) => ({ conversation, head }));
  return { conversations: heads(rows), behind: heads(rows.filter((row) => row.head > (row.held_seq ?? row.head))) };
}
