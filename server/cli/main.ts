import { parseArgs } from 'node:util';
import { Misused } from '../archive/outcome.js';
import type { Outcome } from '../archive/outcome.js';
import { ConfigError } from '../config.js';
import { configFlags, readSources } from '../config-sources.js';
import { nearest } from '../config-names.js';
import { PACKAGE_VERSION } from '../http/operation.js';
import { StoreError } from '../storage/store-error.js';
import { commands } from './commands.js';
import type { Command } from './command.js';
import { help } from './help.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs one command line and prints what it has to say; resolves to the exit code, which the help explains. */
export async function main(args: readonly string[], env: Environment): Promise<number> {
  const { code, lines, complaint } = await runCommand(args, env).catch(told);
  // Who reads may have seen enough, as `head` has.
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(code);
  });
  for (const line of lines) process.stdout.write(`${line}\n`);
  if (complaint !== undefined) process.stderr.write(`${complaint}\n`);
  return code;
}

/**
 * Runs one command line and prints nothing itself, `parley serve` excepted.
 *
 * @throws ConfigError when it was asked wrongly; Error when it failed.
 */
export async function runCommand(args: readonly string[], env: Environment): Promise<Outcome> {
  const words = args.slice(0, firstFlag(args));
  const command = named(words.slice(0, 2).join(' ')) ?? named(words[0]);
  if (args.includes('--version') || args.includes('-v')) return { code: 0, lines: [`parley ${PACKAGE_VERSION}`] };
  if (args.includes('--help') || args.includes('-h') || args.length === 0) return { code: 0, lines: [help(command)] };
  if (!command) throw new Misused([unknownCommand(words)]);
  const { flags, ...asked } = readArguments(command, args.slice(command.name.split(' ').length));
  return command.run({ ...asked, read: () => readSources(env, flags, { keyless: command.keyless ?? false }) });
}

const named = (name: string | undefined): Command | undefined => commands.find((command) => command.name === name);

/** The command stands first; a word after an unknown flag is that flag's value. */
function firstFlag(args: readonly string[]): number {
  const index = args.findIndex((word) => word.startsWith('-'));
  return index < 0 ? args.length : index;
}

function unknownCommand(words: readonly string[]): string {
  const asked = words.slice(0, 2).join(' ');
  const names = commands.map(({ name }) => name);
  const near = names.find((name) => name.split(' ').includes(words[0] ?? '')) ?? nearest(asked, names);
  return `parley: no command '${asked}'; did you mean '${near}'? parley --help lists them`;
}

function readArguments({ name, values: named = [], switches: bare = [], words: most = 0 }: Command, args: readonly string[]) {
  const settings = configFlags.filter((flag) => !named.includes(flag) && !bare.includes(flag));
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    // What is unknown is told with the nearest name.
    strict: false,
    options: {
      ...Object.fromEntries([...settings, ...named].map((flag) => [flag, { type: 'string' as const }])),
      ...Object.fromEntries(bare.map((flag) => [flag, { type: 'boolean' as const }])),
    },
  });
  const problems: string[] = [];
  const known = [...named, ...bare, ...settings];
  for (const [flag, value] of Object.entries(values)) {
    if (!known.includes(flag)) problems.push(`--${flag}: unknown; did you mean --${nearest(flag, known)}?`);
    if (named.includes(flag) && value === true) problems.push(`--${flag}: needs a value`);
    if (bare.includes(flag) && value !== true) problems.push(`--${flag}: takes no value`);
  }
  if (problems.length === 0 && positionals.length > most)
    problems.push(`parley ${name}: '${positionals[most] ?? ''}' is one word too many`);
  if (problems.length > 0) throw new Misused(problems);
  const textOf = (flag: string) => values[flag] as string | undefined;
  return {
    words: positionals,
    values: Object.fromEntries(named.map((flag) => [flag, textOf(flag)])),
    switches: Object.fromEntries(bare.map((flag) => [flag, values[flag] === true])),
    // A setting that is on or off may stand alone.
    flags: Object.fromEntries(settings.map((flag) => [flag, values[flag] === true ? 'true' : textOf(flag)])),
  };
}

function told(error: unknown): Outcome {
  if (error instanceof ConfigError) return { code: 2, lines: [], complaint: error.message };
  if (error instanceof StoreError) return { code: 1, lines: [], complaint: `${error.code}: ${error.message}` };
  return { code: 1, lines: [], complaint: error instanceof Error ? error.message : String(error) };
}
