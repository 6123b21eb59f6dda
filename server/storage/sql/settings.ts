import type { Settings } from '#protocol';

const UNTOUCHED: Settings = { availability: 'available', statusMessages: {} };

/** A user's settings as the column holds them; null until something is set. */
export function readSettings(column: unknown): Settings {
  return typeof column === 'string' ? (JSON.parse(column) as Settings) : UNTOUCHED;
}
