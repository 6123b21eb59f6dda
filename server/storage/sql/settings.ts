import type { Settings } from '#protocol';
import { DEFAULT_PREFERENCES } from '#protocol/defaults';

const UNTOUCHED: Settings = { ...DEFAULT_PREFERENCES, availability: 'available', statusMessages: {} };

/** A user's settings as the column holds them; null until something is set. */
export function readSettings(column: unknown): Settings {
  return typeof column === 'string' ? { ...UNTOUCHED, ...(JSON.parse(column) as Partial<Settings>) } : UNTOUCHED;
}
