import { settingSchemas } from './config.js';
import type { SettingName } from './config.js';

export const settingNames = Object.keys(settingSchemas) as SettingName[];
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** `trustProxy` -> PARLEY_TRUST_PROXY */
export const variableOf = (setting: string): string => `PARLEY_${snake(setting)}`;
/** `trustProxy` -> trust-proxy */
export const flagOf = (setting: string): string => snake(setting).replaceAll('_', '-').toLowerCase();

/** Settings whose value must not be seen in a process list or a log. */
export const secretSettings: ReadonlySet<SettingName> = new Set<SettingName>([
  'secret',
  'hostKeys',
  'databaseUrl',
  'redisUrl',
  'smtpUrl',
  'metricsToken',
  'anchorKey',
]);
/** Settings that may come from a file instead: the secrets, and addresses that may carry one. */
export const fileSettings: ReadonlySet<SettingName> = new Set<SettingName>([...secretSettings, 'anchors', 'jwksUrl']);
export const fileVariables: ReadonlyMap<string, SettingName> = new Map([...fileSettings].map((name) => [`${variableOf(name)}_FILE`, name]));

/** Every flag that is a setting, those that name a file included. */
export const settingFlags: readonly string[] = [...settingNames.map(flagOf), ...[...fileSettings].map((name) => `${flagOf(name)}-file`)];

/** Which of the known names somebody may have meant. */
export function nearest(wrong: string, known: readonly string[]): string {
  let best = '';
  let least = Infinity;
  for (const candidate of known) {
    const distance = editDistance(wrong, candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein, one row at a time: the lists are short and this runs once, at a failed start. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
