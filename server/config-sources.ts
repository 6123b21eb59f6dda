import { readFileSync } from 'node:fs';
import { ConfigError, parseConfig, settingSchemas } from './config.js';
import type { ServerConfig, SettingName } from './config.js';

const names = Object.keys(settingSchemas) as SettingName[];
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** `trustProxy` -> PARLEY_TRUST_PROXY */
export const variableOf = (setting: string): string => `PARLEY_${snake(setting)}`;
/** `trustProxy` -> trust-proxy */
export const flagOf = (setting: string): string => snake(setting).replaceAll('_', '-').toLowerCase();

const byVariable = new Map(names.map((name) => [variableOf(name), name]));
const byFlag = new Map(names.map((name) => [flagOf(name), name]));

/** Settings whose value must not be seen in a process list or a log; each may come from a file instead. */
const secretSettings: ReadonlySet<SettingName> = new Set<SettingName>([
  'secret',
  'hostKeys',
  'databaseUrl',
  'redisUrl',
  'smtpUrl',
  'metricsToken',
  'anchorKey',
]);
export const fileVariables: ReadonlyMap<string, SettingName> = new Map(
  [...secretSettings].map((name) => [`${variableOf(name)}_FILE`, name]),
);

/** Variables with our prefix that belong to somebody else: the demo host reads them, or our tests do. */
const foreign = /^PARLEY_(DEMO|TEST)_/;

/**
 * The configuration from the environment and flags; a flag wins. Unknown PARLEY_ variables and flags are errors, because
 * a misspelt setting that is ignored is a setting that silently has its default.
 *
 * @throws ConfigError naming every variable or flag that is wrong.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Record<string, string | undefined>> = {},
): ServerConfig {
  const problems: string[] = [];
  const given: Partial<Record<SettingName, string>> = {};
  const labels = new Map<string, string>();
  const take = (setting: SettingName, value: string, label: string) => {
    given[setting] = value;
    labels.set(setting, label);
  };

  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith('PARLEY_') || foreign.test(variable) || value === undefined || value === '') continue;
    const setting = byVariable.get(variable);
    const fromFile = fileVariables.get(variable);
    if (setting) {
      if (env[`${variable}_FILE`]) problems.push(`${variable}: set together with ${variable}_FILE; one of them must go`);
      take(setting, value, variable);
    } else if (fromFile) {
      try {
        take(fromFile, readFileSync(value, 'utf8').trim(), variable);
      } catch {
        problems.push(`${variable}: the file cannot be read`);
      }
    } else problems.push(`${variable}: unknown; did you mean ${nearest(variable, [...byVariable.keys(), ...fileVariables.keys()])}?`);
  }
  for (const [flag, value] of Object.entries(flags)) {
    if (value === undefined) continue;
    const setting = byFlag.get(flag);
    if (setting) take(setting, value, `--${flag}`);
    else problems.push(`--${flag}: unknown; did you mean --${nearest(flag, [...byFlag.keys()])}?`);
  }
  if (problems.length > 0) throw new ConfigError(problems);

  const config = parseConfig(given, (setting) => labels.get(setting) ?? variableOf(setting));
  if (env['NODE_ENV'] === 'production' && config.tlsCert === undefined && config.trustProxy === 0) {
    throw new ConfigError([
      'PARLEY_TRUST_PROXY: in production tokens and messages may not travel unencrypted: set PARLEY_TLS_CERT and PARLEY_TLS_KEY, or the number of TLS proxies in front',
    ]);
  }
  return config;
}

/** Every setting with its variable, for `parley config print`; secrets are masked. */
export function describeConfig(config: ServerConfig): string {
  return names
    .map((name) => {
      const value = config[name];
      const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
      return `${variableOf(name)}=${text !== '' && secretSettings.has(name) ? '********' : text}`;
    })
    .join('\n');
}

function nearest(wrong: string, known: readonly string[]): string {
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
