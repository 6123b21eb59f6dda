import { parseArgs } from 'node:util';
import { backUp } from './archive/back-up.js';
import { erase } from './archive/erase.js';
import { exportArchive } from './archive/export-archive.js';
import { anchorKey } from './archive/anchor-key.js';
import { restore } from './archive/restore.js';
import { verify } from './archive/verify.js';
import type { Outcome } from './archive/outcome.js';
import { ConfigError, settingSchemas } from './config.js';
import type { ServerConfig } from './config.js';
import { flagOf, readConfig } from './config-sources.js';
import { rawPublicKey } from './domain/anchor-line.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Flags with a value that are no settings. */
const VALUES = ['tenant', 'conversation', 'from', 'to', 'by', 'second', 'reason', 'out', 'seq', 'export', 'key'] as const;
const SWITCHES = ['audit', 'force'] as const;

/** What one archive command was asked. */
export interface Asked {
  config: ServerConfig;
  /** The words behind the command. */
  words: readonly string[];
  values: Readonly<Partial<Record<(typeof VALUES)[number], string>>>;
  switches: Readonly<Partial<Record<(typeof SWITCHES)[number], boolean>>>;
}

const commands: Readonly<Record<string, (asked: Asked) => Promise<Outcome>>> = {
  verify,
  backup: backUp,
  restore,
  export: exportArchive,
  erase,
  keys: ({ config }) => Promise.resolve({ code: 0, lines: [rawPublicKey(anchorKey(config))] }),
};

export const ARCHIVE_HELP = `  verify                      check every conversation and the audit log; it only reads, and the server may run
    --anchors DIR [--key K]   ... also against the signed heads in DIR, signed by the public key K (several: with commas)
    --export DIR [--key K]    ... an export instead of the store
  keys                        make the key that signs heads, where there is none, and print its public half
  backup FILE                 copy the store into FILE while the server runs, and check the copy
  restore FILE --by NAME --reason TEXT [--force]
                              put a backup in the place of the store; the server must be stopped
  export --audit --tenant T --out DIR --by NAME --reason TEXT [--conversation C] [--from TIME] [--to TIME]
                              everything an auditor needs, in a folder that explains itself
  erase --tenant T --conversation C --seq N --by NAME --second NAME --reason TEXT
                              remove the text of one message for a reason of law; needs PARLEY_ERASURE=on`;

export function isArchiveCommand(name: string | undefined): name is string {
  return name !== undefined && Object.hasOwn(commands, name);
}

/** Runs one archive command. 0 done; 1 failed or damaged; 2 asked wrongly; 3 whole, but put back from a backup since. */
export async function runArchive([name = '', ...rest]: readonly string[], env: Environment): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...rest],
    allowPositionals: true,
    // Unknown flags go to readConfig, which knows the nearest name.
    strict: false,
    options: {
      ...Object.fromEntries([...Object.keys(settingSchemas).map(flagOf), ...VALUES].map((flag) => [flag, { type: 'string' as const }])),
      ...Object.fromEntries(SWITCHES.map((flag) => [flag, { type: 'boolean' as const }])),
    },
  });
  const own = new Set<string>([...VALUES, ...SWITCHES]);
  const settings = Object.fromEntries(
    Object.entries(values).flatMap(([flag, value]) => (own.has(flag) ? [] : [[flag, typeof value === 'string' ? value : 'true']])),
  );
  // The archive is kept without any key of the server: an auditor has none.
  const config = readConfig(
    { ...env, ...(env['PARLEY_JWKS_URL'] || env['PARLEY_SECRET_FILE'] ? {} : { PARLEY_SECRET: '-'.repeat(32) }) },
    settings,
  );
  const missing = VALUES.filter((flag) => values[flag] === true);
  if (missing.length > 0) throw new ConfigError(missing.map((flag) => `--${flag}: needs a value`));
  const command = commands[name];
  if (!command) throw new ConfigError([`parley: no command '${name}'`]);
  return command({ config, words: positionals, values: pick(values, VALUES), switches: pick(values, SWITCHES) });
}

function pick<N extends string, T>(values: Readonly<Record<string, unknown>>, names: readonly N[]): Partial<Record<N, T>> {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name] as T]]))) as Partial<
    Record<N, T>
  >;
}
