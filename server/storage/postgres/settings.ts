import type { Preferences, Settings } from '#protocol';
import { readSettings } from '../sql/settings.js';
import type { Session } from './database.js';
import { bump } from './revisions.js';

/** See `Storage.setSettings`. The new revision locks the row first: who sets another setting meanwhile waits, and finds this one. */
export async function setSettings(
  session: Session,
  tenant: string,
  user: string,
  change: Partial<Preferences>,
): Promise<{ settings: Settings; revision: number }> {
  const revision = await bump(session, tenant, user);
  const text = 'SELECT settings FROM user_states WHERE tenant = $1 AND user_id = $2';
  const [row] = await session.query<{ settings: string | null }>(text, [tenant, user]);
  const stored = JSON.stringify({ ...(row?.settings ? (JSON.parse(row.settings) as Partial<Settings>) : {}), ...change });
  await session.query('UPDATE user_states SET settings = $3 WHERE tenant = $1 AND user_id = $2', [tenant, user, stored]);
  return { settings: readSettings(stored), revision };
}
