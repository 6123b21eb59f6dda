import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { globSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { Machine, newFolder, newSubfolder, steadyPort, type Owner } from './machine.js';
import { ensureProgram, findProgram } from './packages.js';

/** The role that Parley has in tests, as an operator should make it: it owns its database, and row-level security holds for it. */
const ROLE = 'parley';

export interface PostgresOptions {
  /** Off only where nothing is proved about durability: it is faster. */
  fsync?: boolean;
  /** Where its folder is made instead of the folder for temporary files: a small disk that shall be full. */
  within?: string;
  /** Settings of postgresql.conf. */
  settings?: Record<string, string>;
}

/** A database of its own for a test. */
export interface TestDatabase {
  readonly name: string;
  /** For Parley: neither a superuser nor free of row-level security. */
  readonly url: string;
  /** For what only an administrator may do. */
  readonly adminUrl: string;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

export interface DatabaseOptions {
  /** A database whose copy it begins as; nobody may be connected to it. */
  template?: string;
}

/** A private PostgreSQL: loopback, a port of its own, a folder that is removed. */
export interface PostgresServer {
  /** The administrator's address. */
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly machine: Machine;
  createDatabase(options?: DatabaseOptions): Promise<TestDatabase>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** The folder of initdb and postgres. Debian installs the package when they are missing. */
export function ensurePostgres(): string {
  // Debian keeps one folder a version and none of them on the path; the newest counts.
  const folders = (): string[] => globSync('/usr/lib/postgresql/*/bin').sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const find = (): string | null => findProgram(['initdb'], folders());
  return dirname(realpathSync(ensureProgram({ title: 'PostgreSQL', package: 'postgresql', find, hint: 'and put initdb on the PATH' })));
}

export async function startPostgres({ fsync = true, within, settings = {} }: PostgresOptions = {}): Promise<PostgresServer> {
  const bin = ensurePostgres();
  const owner = process.getuid?.() === 0 ? ownerOf('postgres') : undefined;
  const folder = within === undefined ? newFolder('postgres', owner) : newSubfolder(within, 'postgres', owner);
  const data = join(folder, 'data');
  // Sorted as people sort: an ORDER BY that forgets to ask for the order of SQLite shows.
  const locale = ['--locale=C.UTF-8', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US'];
  const environment = { PATH: process.env['PATH'], LC_ALL: 'C' };
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--no-instructions', ...locale], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: folder,
    env: environment,
    ...owner,
  });
  const port = await steadyPort();
  const url = `postgres://postgres@127.0.0.1:${String(port)}/postgres`;
  const given = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: fsync ? 'on' : 'off',
    max_connections: '300',
    ...settings,
  };
  const machine = new Machine({
    name: 'postgres',
    command: join(bin, 'postgres'),
    args: ['-D', data, ...Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    folder,
    owner,
    // SIGINT ends connections, writes a checkpoint and ends.
    quit: 'SIGINT',
    answers: () =>
      administer(url, 'SELECT 1').then(
        () => true,
        () => false,
      ),
  });
  await machine.start();
  return {
    url,
    port,
    data,
    machine,
    createDatabase: (options) => makeDatabase(url, options),
    close: () => machine.close(),
  };
}

let own: Promise<PostgresServer> | undefined;

/**
 * A database on the PostgreSQL that the suite started for all test files (PARLEY_TEST_POSTGRES_URL, an administrator's address), or,
 * where a test file runs alone, on one that ends with this process.
 */
export async function createDatabase(options?: DatabaseOptions): Promise<TestDatabase> {
  return makeDatabase(await sharedPostgres(), options);
}

/** The administrator's address of that PostgreSQL. */
export async function sharedPostgres(): Promise<string> {
  return process.env['PARLEY_TEST_POSTGRES_URL'] ?? (await (own ??= startPostgres())).url;
}

async function makeDatabase(admin: string, { template }: DatabaseOptions = {}): Promise<TestDatabase> {
  const name = `parley_${randomBytes(6).toString('hex')}`;
  await administer(
    admin,
    `DO $$ BEGIN CREATE ROLE ${ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  );
  await administer(admin, `CREATE DATABASE ${name} OWNER ${ROLE}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  return {
    name,
    url: addressOf(admin, name, ROLE),
    adminUrl: addressOf(admin, name),
    drop: () => administer(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

function addressOf(admin: string, database: string, role?: string): string {
  const url = new URL(admin);
  url.pathname = `/${database}`;
  if (role !== undefined) url.username = role;
  return url.href;
}

/** One statement on a connection of its own. */
async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A server that ends while we are connected says so here, and the call itself rejects.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function ownerOf(name: string): Owner {
  const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
