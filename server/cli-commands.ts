import { parseArgs } from 'node:util';
import { ARCHIVE_HELP, isArchiveCommand, runArchive } from './cli-archive.js';
import { ConfigError, settingSchemas } from './config.js';
import { describeConfig, fileVariables, flagOf, readConfig } from './config-sources.js';
import { runMigrate } from './cli-migrate.js';
import { runRevoke } from './cli-revoke.js';
import { PACKAGE_VERSION } from './http/operation.js';
import { createLogger } from './logger.js';
import { createServer } from './server.js';
import { StoreError } from './storage/store-error.js';
import { mintToken } from './token.js';

/** Exit codes: 0 done, 1 it failed, 2 it was asked wrongly. */
const DONE = 0;
const FAILED = 1;
const MISUSED = 2;
/** ms */
const SAME_SIGNAL = 500;

const HELP = `parley <command> [flags]

  serve                       run the server
  token --sub ID --tenant ID --name NAME [--title T] [--organisation O] [--ttl SECONDS] [--initiate] [--scope S]
                              sign a token with PARLEY_SECRET, for development
  revoke --tenant ID --user ID --by NAME [--server URL]
                              refuse every token of a person that was issued until now, and close their connections on all nodes
${ARCHIVE_HELP}
  migrate [--check]           bring the schema of the store up to date; with --check only say whether something is missing (exit code 1)
  config print                show the configuration in use, secrets masked

Every setting is an environment variable (PARLEY_PORT) and a flag (--port):
${Object.keys(settingSchemas)
  .map((name) => `  --${flagOf(name)}`)
  .join('\n')}

Files with secrets are named by ${[...fileVariables.keys()].join(', ')}.  --help, --version
`;

type Environment = Readonly<Record<string, string | undefined>>;
type Flags = Record<string, string | undefined>;

const revokeFlags = ['user', 'by', 'server'] as const;
const tokenFlags = ['sub', 'tenant', 'name', 'title', 'organisation', 'ttl', 'scope'] as const;

/** Runs one command line; resolves to the exit code. */
export async function main(args: readonly string[], env: Environment): Promise<number> {
  try {
    if (isArchiveCommand(args[0]) && !args.includes('--help') && !args.includes('-h')) return await archive(args, env);
    const { command, flags, initiate, help, version } = readArguments(args);
    if (version) return say(`parley ${PACKAGE_VERSION}`);
    if (help || command === '') return say(HELP);
    switch (command) {
      case 'serve':
        return await serve(env, flags);
      case 'token':
        return await token(env, flags, initiate);
      case 'revoke':
        return await revoke(env, flags);
      case 'migrate':
        return await migrate(env, flags);
      case 'config print':
        return say(describeConfig(readConfig(env, flags)));
      default:
        return complain(`parley: no command '${command}'; parley --help lists them`, MISUSED);
    }
  } catch (error) {
    if (error instanceof ConfigError || isArgumentError(error)) return complain(error.message, MISUSED);
    if (error instanceof StoreError) return complain(`${error.code}: ${error.message}`, FAILED);
    return complain(error instanceof Error ? error.message : String(error), FAILED);
  }
}

function readArguments(args: readonly string[]) {
  const names = [...new Set([...Object.keys(settingSchemas).map(flagOf), ...tokenFlags, ...revokeFlags])];
  const { values, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    // Unknown flags go to readConfig, which knows the nearest name.
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  // The command stands first; a word after an unknown flag is that flag's value.
  const firstFlag = tokens.findIndex((token) => token.kind !== 'positional');
  const words = tokens
    .slice(0, firstFlag < 0 ? tokens.length : firstFlag)
    .flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const command = words.join(' ');
  // `--initiate` is a setting with a value for the server and a bare flag of `token`.
  const bareInitiate = command === 'token' && tokens.some((token) => token.kind === 'option' && token.name === 'initiate');
  const flags: Flags = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === 'help' || name === 'version' || (name === 'initiate' && command === 'token')) continue;
    flags[name] = typeof value === 'string' ? value : 'true';
  }
  return { command, flags, initiate: bareInitiate, help: values['help'] === true, version: values['version'] === true };
}

async function serve(env: Environment, flags: Flags): Promise<number> {
  const config = readConfig(env, flags);
  const logger = createLogger(config.logLevel);
  // Later than the server is made: a store may be lost at any time.
  const { promise: failure, resolve: onFailure } = Promise.withResolvers<Error>();
  const server = await createServer(config, { logger, onFailure });
  // After an error that nobody caught, the state is not known: what was acknowledged is on disk, and a supervisor starts anew.
  const die = (error: unknown) => {
    logger.fatal({ err: error }, 'uncaught error');
    process.exit(FAILED);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const stopped = new Promise<void>((resolve, reject) => {
    const stop = () => {
      server.close().then(resolve, reject);
      // A second one does not wait; what comes at once is the same Ctrl-C again, from the terminal and handed on by npm.
      const asked = performance.now();
      const hurry = () => performance.now() - asked > SAME_SIGNAL && process.exit(FAILED);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hurry);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  });
  try {
    const { url } = await server.listen();
    process.stdout.write(`Parley serves on ${url}\n`);
  } catch (error) {
    await server.close();
    throw error;
  }
  if (config.origins.length === 0) logger.warn('PARLEY_ORIGINS is not set: no browser may connect');
  const ended = await Promise.race([stopped.then(() => DONE), failure]);
  const code = ended === DONE ? DONE : FAILED;
  if (ended instanceof Error) {
    process.stderr.write(`parley: ${ended.message}\n`);
    await server.close();
  }
  // A long poll that was cut off keeps its timer for 30 s; nobody is left to wait for it.
  setTimeout(() => process.exit(code), 200).unref();
  return code;
}

async function token(env: Environment, flags: Flags, initiate: boolean): Promise<number> {
  const own = new Set<string>(tokenFlags);
  const config = readConfig(env, Object.fromEntries(Object.entries(flags).filter(([name]) => !own.has(name))));
  const { sub, tenant, name, title, organisation, scope, ttl = '600' } = flags;
  if (sub === undefined || tenant === undefined || name === undefined)
    return complain('parley token needs --sub, --tenant and --name', MISUSED);
  if (!/^\d+$/.test(ttl) || Number(ttl) > config.tokenLifetime)
    return complain(`--ttl: whole seconds, at most ${config.tokenLifetime} (PARLEY_TOKEN_LIFETIME)`, MISUSED);
  const secret = config.secret?.[0];
  if (secret === undefined) return complain('parley token signs with PARLEY_SECRET, which is not set', MISUSED);
  return say(
    await mintToken({
      secret,
      sub,
      tenant,
      name,
      audience: config.audience,
      lifetime: Number(ttl),
      ...(title === undefined ? {} : { title }),
      ...(organisation === undefined ? {} : { organisation }),
      ...(scope === undefined ? {} : { scope }),
      ...(config.issuer === undefined ? {} : { issuer: config.issuer }),
      ...(initiate ? { initiate: true } : {}),
    }),
  );
}

async function revoke(env: Environment, flags: Flags): Promise<number> {
  const { tenant, user, by, server, ...rest } = flags;
  if (tenant === undefined || user === undefined || by === undefined)
    return complain('parley revoke needs --tenant, --user and --by', MISUSED);
  if (server !== undefined && !URL.canParse(server)) return complain('--server: not an address', MISUSED);
  return say(await runRevoke(readConfig(keyless(env), rest), { tenant, user, by, server }));
}

async function migrate(env: Environment, flags: Flags): Promise<number> {
  const { check, ...rest } = flags;
  if (check !== undefined && check !== 'true') return complain('--check takes no value', MISUSED);
  const { text, ok } = await runMigrate(readConfig(keyless(env), rest), check !== undefined);
  return ok ? say(text) : complain(text, FAILED);
}

/** What looks at the store needs no key of the server: an auditor has none. */
function keyless(env: Environment): Environment {
  const has = ['PARLEY_SECRET', 'PARLEY_SECRET_FILE', 'PARLEY_JWKS_URL'].some((variable) => env[variable]);
  return has ? env : { ...env, PARLEY_SECRET: '-'.repeat(32) };
}

async function archive(args: readonly string[], env: Environment): Promise<number> {
  const { code, lines, complaint } = await runArchive(args, env);
  for (const line of lines) say(line);
  return complaint === undefined ? code : complain(complaint, code);
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return DONE;
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}

function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS');
}
