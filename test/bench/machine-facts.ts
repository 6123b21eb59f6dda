import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findChromium } from '../support/chromium.js';
import { ensurePostgres } from '../support/postgres.js';
import { percentile } from './statistics.js';

/** What figures are of, by name. */
export type MachineFacts = Readonly<Record<string, string>>;

export function machineFacts(): MachineFacts {
  return {
    Parley: parleyVersion(),
    processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${String(availableParallelism())} cores`,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    system: `${type()} ${release()}`,
    Node: process.versions.node,
    'Socket.IO': packageVersion('socket.io'),
    SQLite: sqliteVersion(),
    PostgreSQL: orNone(() => versionOf(join(ensurePostgres(), 'postgres'))),
    Chromium: orNone(() => versionOf(findChromium() ?? '')),
  };
}

/** What a flush of 4 kB costs here, in milliseconds: durable figures say little without it. */
export function flushTime(): number {
  const folder = mkdtempSync(join(tmpdir(), 'parley-flush-'));
  const file = openSync(join(folder, 'probe'), 'w');
  const block = Buffer.alloc(4_096);
  const times = Array.from({ length: 200 }, () => {
    writeSync(file, block);
    const begin = performance.now();
    fsyncSync(file);
    return performance.now() - begin;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return percentile(times, 0.5);
}

/** Of the project that this is compiled in. */
function parleyVersion(): string {
  const about = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
  return (JSON.parse(about) as { version: string }).version;
}

function packageVersion(name: string): string {
  return (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;
}

function sqliteVersion(): string {
  const db = new DatabaseSync(':memory:');
  try {
    return String(db.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  } finally {
    db.close();
  }
}

/** The number in what a program says to `--version`. */
function versionOf(program: string): string {
  return (
    /\d+(\.\d+)+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))?.[0] ?? 'unknown'
  );
}

function orNone(find: () => string): string {
  try {
    return find();
  } catch {
    return 'none';
  }
}
