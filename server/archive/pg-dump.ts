import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * Writes a dump of Parley's schema with PostgreSQL's own tool, which must be installed here and be as new as the server. A dump is of one
 * moment, as every transaction of PostgreSQL is.
 *
 * @throws Error saying what is missing, or in the words of the tool.
 */
export async function dumpPostgres(url: string, target: string): Promise<void> {
  const file = resolve(target);
  // Made first, so that nobody else may read what is written into it.
  await (
    await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException): never => {
      throw error.code === 'EEXIST' ? new Error(`${file} exists; a backup overwrites nothing.`) : error;
    })
  ).close();
  try {
    await runTool(url, file);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

async function runTool(url: string, file: string): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  // A process list shows arguments and no environment.
  address.password = '';
  const child = spawn(
    'pg_dump',
    [
      '--format=custom',
      '--schema=parley',
      '--no-owner',
      '--no-privileges',
      '--enable-row-security',
      `--file=${file}`,
      `--dbname=${address.href}`,
    ],
    {
      env: { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }), PGOPTIONS: '-c parley.every_tenant=on' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  const [code] = await (once(child, 'close') as Promise<[number | null]>).catch((error: unknown): never => {
    throw new Error('pg_dump is not installed here. Take a base backup (pg_basebackup) or a dump by the tools of your database.', {
      cause: error,
    });
  });
  if (code !== 0) throw new Error(`pg_dump failed: ${said.trim()}`);
}
