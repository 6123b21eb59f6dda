import { counted } from '../counted.js';
import { constants, existsSync } from 'node:fs';
import { access, mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { openArchive } from '../archive/open-archive.js';
import type { ServerConfig } from '../config.js';
import { withoutSecrets } from '../config-sources.js';
import { missingSteps } from '../storage/open-storage.js';
import { PATIENCE, findings, reasonOf } from './finding.js';
import type { Check, Finding } from './finding.js';

const GIGABYTE = 1_000_000_000;
/** Below it a server would stop soon; below the other one somebody should look. */
const TOO_LITTLE = 0.2 * GIGABYTE;
const LITTLE = 2 * GIGABYTE;
const LEAST_POSTGRES = 15;

const { ok, warn, fail } = findings('store');

export const storeCheck: Check = {
  about: 'store',
  look: ({ config }) => (config.databaseUrl === undefined ? lookAtFile(config) : lookAtDatabase(config, config.databaseUrl)),
};

async function lookAtFile(config: ServerConfig): Promise<Finding[]> {
  const folder = resolve(config.data);
  const engine = `SQLite ${process.versions['sqlite'] ?? ''}`.trim();
  const flushed = await flushIn(folder);
  if (typeof flushed === 'string') return [fail(`${folder} cannot be written: ${flushed}`)];
  const written = `a file there is on the disk after ${flushed.toFixed(1)} ms`;
  if (!existsSync(join(folder, 'parley.db'))) return [ok(`${engine}; ${folder} has no store yet, the first start makes it; ${written}`)];
  const wrong = await unreadable(config);
  if (wrong) return [wrong];
  try {
    await access(join(folder, 'parley.db'), constants.W_OK);
  } catch {
    return [fail(`${join(folder, 'parley.db')} belongs to somebody else and cannot be written`)];
  }
  return [...(await schema(config, `${engine} in ${folder}`)), ok(written)];
}

async function lookAtDatabase(config: ServerConfig, url: string): Promise<Finding[]> {
  const { reportPostgres } = await import('../storage/postgres/server-report.js');
  const report = await reportPostgres(url);
  const { version, role, bypassesRowSecurity, readOnly, durability, connections } = report;
  const where = `PostgreSQL ${version} at ${withoutSecrets(url)}`;
  const found: Finding[] = [];
  if (Number.parseInt(version, 10) < LEAST_POSTGRES) found.push(fail(`${where}: ${LEAST_POSTGRES} or later is needed`));
  if (readOnly) found.push(fail(`${where} cannot be written: a standby, or set to read only. Name the primary`));
  if (durability.fsync !== 'on' || ['off', 'local'].includes(durability.synchronousCommit))
    found.push(
      fail(`${where}: commits do not wait for the disk (fsync ${durability.fsync}, synchronous_commit ${durability.synchronousCommit})`),
    );
  if (bypassesRowSecurity) found.push(warn(`row-level security does not hold for ${role}: a role that is no superuser, without BYPASSRLS`));
  const used = 2 * config.databaseConnections;
  if (used > connections / 2)
    found.push(warn(`one node takes up to ${used} of its ${connections} connections (PARLEY_DATABASE_CONNECTIONS): see SCALING.md`));
  if (found.some(({ level }) => level === 'fail')) return found;
  // Without a store there is nothing of Parley to be read, and the first start makes it.
  const missing = await missingSteps(config);
  const wrong = missing.length > 0 ? undefined : await unreadable(config);
  return [...(wrong ? [wrong] : await schema(config, where)), ...found];
}

async function unreadable(config: ServerConfig): Promise<Finding | undefined> {
  try {
    await (await openArchive(config)).close();
    return undefined;
  } catch (error) {
    return fail(reasonOf(error));
  }
}

async function schema(config: ServerConfig, where: string): Promise<Finding[]> {
  const missing = await missingSteps(config);
  if (missing.length === 0) return [ok(`${where}; its schema is up to date`)];
  const steps = `${counted(missing.length, 'step')} of its schema to come`;
  return config.migrate ? [ok(`${where}; ${steps} at the start`)] : [fail(`${where}; ${steps}, and PARLEY_MIGRATE is off: parley migrate`)];
}

/** How long it takes until what is written is on the disk, in milliseconds; or why it cannot be. Leaves nothing. */
async function flushIn(folder: string): Promise<number | string> {
  const home = nearestExisting(folder);
  let trial: string | undefined;
  try {
    trial = await mkdtemp(join(home, '.parley-doctor-'));
    const file = await open(join(trial, 'trial'), 'wx', 0o600);
    await file.writeFile(Buffer.alloc(4_096));
    const before = performance.now();
    await file.sync();
    const milliseconds = performance.now() - before;
    await file.close();
    return milliseconds;
  } catch (error) {
    return reasonOf(error);
  } finally {
    if (trial !== undefined) await rm(trial, { recursive: true, force: true });
  }
}

/** The first start makes what is not there. */
function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(dirname(folder));
}

export const diskCheck: Check = {
  about: 'disk',
  async look({ config }) {
    const disk = findings('disk');
    if (config.databaseUrl !== undefined) return [disk.skip('the store is in PostgreSQL; look at its disk there')];
    const { bavail, bsize } = await statfs(nearestExisting(resolve(config.data)));
    const free = bavail * bsize;
    const says = `${(free / GIGABYTE).toFixed(1)} GB free`;
    return [free < TOO_LITTLE ? disk.fail(`${says}: nothing can be kept soon`) : free < LITTLE ? disk.warn(says) : disk.ok(says)];
  },
};

export const anchorsCheck: Check = {
  about: 'heads',
  async look({ config: { anchors } }) {
    const heads = findings('heads');
    if (anchors === undefined) return [heads.warn('PARLEY_ANCHORS is not set: what is cut off from the end of the archive is not seen')];
    if (!/^https?:/.test(anchors)) {
      const flushed = await flushIn(resolve(anchors));
      return [typeof flushed === 'string' ? heads.fail(`${anchors} cannot be written: ${flushed}`) : heads.ok(`${anchors} can be written`)];
    }
    // Only asked, and not for anything: what is posted there is kept for good.
    const { status } = await fetch(anchors, { method: 'OPTIONS', signal: AbortSignal.timeout(PATIENCE) });
    const where = withoutSecrets(anchors);
    return [status >= 500 ? heads.fail(`${where} answers ${status}`) : heads.ok(`${where} answers`)];
  },
};
