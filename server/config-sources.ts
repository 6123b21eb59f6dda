import { readFileSync } from 'node:fs';
import { ConfigError, parseConfig } from './config.js';
import type { ServerConfig, SettingName } from './config.js';
import { fileSettings, flagOf, nearest, secretSettings, settingFlags, settingNames, variableOf } from './config-names.js';

type Given = Readonly<Record<string, string | undefined>>;

/** A configuration, and who said what of it. */
export interface SourcedConfig {
  config: ServerConfig;
  /** By setting: the variable, flag or file that it came from; what is not in it has its default. */
  sources: ReadonlyMap<SettingName, string>;
  /** By setting: the file that its value was read from, if it was. */
  files: ReadonlyMap<SettingName, string>;
}

/** One place that settings come from: how it names a setting and a file with its value, and which names it has. */
interface Layer {
  named: (setting: SettingName) => string;
  fileNamed: (setting: SettingName) => string;
  entries: readonly (readonly [string, unknown])[];
  label: (name: string) => string;
  /** What the place has besides settings: where the file is. */
  besides: readonly string[];
  /** The file that the place itself is. */
  file?: string;
}

/** What one place says of one setting. */
interface Said {
  value: unknown;
  source: string;
  /** That it was read from. */
  file: string | undefined;
}

/** Variables with our prefix that belong to somebody else: the demo host reads them, or our tests do. */
const foreign = /^PARLEY_(DEMO|TEST)_/;
/** With these Kubernetes describes a Service named parley to every pod beside it, and PARLEY_PORT is one of them. */
const serviceLinks = /^PARLEY_(SERVICE_HOST$|SERVICE_PORT|PORT_\d)/;
const CONFIG_VARIABLE = 'PARLEY_CONFIG';
const CONFIG_FLAG = 'config';
/** Stands for the key that a command does not need: nothing is checked or signed with it. */
const NO_KEY = '-'.repeat(32);

/**
 * The configuration from flags, the environment and a file (`--config` or PARLEY_CONFIG), of which the first that names a setting wins.
 * Unknown flags, PARLEY_ variables and keys of the file are errors, because a misspelt setting that is ignored is a setting that silently
 * has its default.
 *
 * @throws ConfigError naming everything that is wrong.
 */
export function readConfig(env: Given, flags: Given = {}): ServerConfig {
  return readSources(env, flags).config;
}

/** @throws ConfigError */
export function readSources(env: Given, flags: Given = {}, { keyless = false } = {}): SourcedConfig {
  const problems: string[] = [];
  const values: Partial<Record<SettingName, unknown>> = {};
  const sources = new Map<SettingName, string>();
  const files = new Map<SettingName, string>();
  if (Object.keys(env).some((name) => serviceLinks.test(name)))
    throw new ConfigError([
      'PARLEY_SERVICE_HOST: Kubernetes sets it, and PARLEY_PORT, for a Service: put enableServiceLinks: false into the pod',
    ]);
  for (const layer of [fileLayer(env, flags, problems), environmentLayer(env), flagLayer(flags)]) {
    for (const [setting, { value, source, file }] of settingsOf(layer, problems)) {
      values[setting] = value;
      sources.set(setting, source);
      if (file === undefined) files.delete(setting);
      else files.set(setting, file);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  if (keyless && values.secret === undefined && values.jwksUrl === undefined) values.secret = NO_KEY;

  const config = parseConfig(values, (setting) => sources.get(setting as SettingName) ?? variableOf(setting));
  if (env['NODE_ENV'] === 'production' && config.tlsCert === undefined && config.trustProxy === 0) {
    throw new ConfigError([
      'PARLEY_TRUST_PROXY: in production tokens and messages may not travel unencrypted: set PARLEY_TLS_CERT and PARLEY_TLS_KEY, or the number of TLS proxies in front',
    ]);
  }
  return { config, sources, files };
}

function* settingsOf(layer: Layer, problems: string[]): Generator<[SettingName, Said]> {
  const byName = new Map(settingNames.map((setting) => [layer.named(setting), setting]));
  const byFile = new Map([...fileSettings].map((setting) => [layer.fileNamed(setting), setting]));
  const given = new Map(layer.entries);
  for (const [name, value] of layer.entries) {
    const source = layer.label(name);
    const setting = byName.get(name);
    const inFile = byFile.get(name);
    if (setting) {
      const other = layer.fileNamed(setting);
      if (fileSettings.has(setting) && given.has(other))
        problems.push(`${source}: set together with ${layer.label(other)}; one of them must go`);
      yield [setting, { value, source, file: layer.file }];
    } else if (inFile) {
      const text = typeof value === 'string' ? readText(value) : undefined;
      if (text === undefined) problems.push(`${source}: the file cannot be read`);
      else yield [inFile, { value: text.trim(), source, file: String(value) }];
    } else
      problems.push(
        `${source}: unknown; did you mean ${layer.label(nearest(name, [...byName.keys(), ...byFile.keys(), ...layer.besides]))}?`,
      );
  }
}

function environmentLayer(env: Given): Layer {
  const ours = Object.entries(env).filter(
    ([name, value]) => name.startsWith('PARLEY_') && !foreign.test(name) && name !== CONFIG_VARIABLE && value !== undefined && value !== '',
  );
  return {
    named: variableOf,
    fileNamed: (setting) => `${variableOf(setting)}_FILE`,
    entries: ours,
    label: (name) => name,
    besides: [CONFIG_VARIABLE],
  };
}

function flagLayer(flags: Given): Layer {
  const entries = Object.entries(flags).filter(([name, value]) => name !== CONFIG_FLAG && value !== undefined);
  return {
    named: flagOf,
    fileNamed: (setting) => `${flagOf(setting)}-file`,
    entries,
    label: (name) => `--${name}`,
    besides: [CONFIG_FLAG],
  };
}

/** A JSON object; its keys are the names of an embedding program's options. */
function fileLayer(env: Given, flags: Given, problems: string[]): Layer {
  const path = flags[CONFIG_FLAG] ?? (env[CONFIG_VARIABLE] || undefined);
  const label = (name: string) => `${path ?? ''} ${name}`;
  const layer = { named: String, fileNamed: (setting: string) => `${setting}File`, label, besides: [] };
  if (path === undefined) return { ...layer, entries: [] };
  const by = flags[CONFIG_FLAG] === undefined ? CONFIG_VARIABLE : `--${CONFIG_FLAG}`;
  const text = readText(path);
  const parsed = text === undefined ? undefined : readObject(text);
  if (text === undefined) problems.push(`${by}: the file cannot be read`);
  else if (parsed === undefined) problems.push(`${by}: ${path} is no JSON object`);
  return { ...layer, file: path, entries: Object.entries(parsed ?? {}) };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** What the parser says of a mistake could show a part of a secret. */
function readObject(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Flags of settings, and the one that names the file. */
export const configFlags: readonly string[] = [CONFIG_FLAG, ...settingFlags];

const MASK = '********';

/** An address may be shown, and who it is asked as may not: what stands before its `@`, and the values behind its `?`. */
export function withoutSecrets(address: string): string {
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(address) ?? [];
  if (scheme === undefined) return address;
  const url = URL.parse(address);
  // What cannot be read may hold one anywhere.
  if (url === null) return scheme + MASK;
  if (url.username === '' && url.password === '' && url.search === '') return address;
  if (url.username !== '' || url.password !== '') [url.username, url.password] = [MASK, ''];
  for (const name of url.searchParams.keys()) url.searchParams.set(name, MASK);
  return url.href;
}

/** Every setting with its variable, its value as it would stand there, and where it came from; secrets are masked. */
export function describeConfig({ config, sources }: SourcedConfig): string {
  const lines = settingNames.map((name) => {
    const value = config[name];
    const texts = [value ?? ''].flat().map(String);
    // A secret that nobody gave stands for the one that the command does not need.
    const shown = secretSettings.has(name) ? (sources.has(name) ? MASK : '') : texts.map(withoutSecrets).join(',');
    return [`${variableOf(name)}=${shown}`, sources.get(name) ?? 'default'] as const;
  });
  const width = Math.min(60, Math.max(...lines.map(([setting]) => setting.length)));
  return lines.map(([setting, source]) => `${setting.padEnd(width)}  # ${source}`).join('\n');
}
