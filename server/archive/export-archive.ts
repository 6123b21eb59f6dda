import { createHash, hash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { ConfigError } from '../config.js';
import type { Archive, ArchivedEntry } from '../storage/archive.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import { readAnchorLines } from './anchored-heads.js';
import { canonicalJson } from '../domain/canonical-json.js';
import { AUDIT_FILE, ANCHORS_FOLDER, CONVERSATIONS_FOLDER, MANIFEST, PEOPLE_FILE, RECIPE, RECIPE_FILE } from './export-format.js';
import type { ExportManifest } from './export-format.js';
import { openArchive } from './open-archive.js';
import { instantOf, operator, required } from './outcome.js';
import type { Asked, Outcome } from './outcome.js';
import { folderOf } from './verify.js';

/** `parley export --audit`: a folder that an auditor can check without this program. It is written down before it is made. */
export async function exportArchive({ config, values, switches }: Asked): Promise<Outcome> {
  if (!switches.audit) throw new ConfigError(['--audit: say it, so that nobody takes a whole archive by mistake']);
  const { tenant, out, by, reason } = required(values, 'tenant', 'out', 'by', 'reason');
  const { conversation } = values;
  const [from, to] = [instantOf('from', values.from), instantOf('to', values.to)];
  const folder = resolve(out);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new ConfigError([`--out: ${folder} is not empty`]);
  const archive = await openArchive(config);
  try {
    const shown = {
      ...(conversation === undefined ? {} : { conversation }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    const record = await archive.audit(tenant, {
      act: AUDIT_ACTS.archiveExported,
      by: operator(by),
      reason,
      ...(conversation === undefined ? {} : { subject: { conversation } }),
      ...(from === undefined && to === undefined
        ? {}
        : { facts: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } }),
    });
    const writer = new ExportWriter(folder);
    // Before the logs: they go on being written, and none may end before a head that was signed.
    await writeAnchors(folderOf(config.anchors), writer, tenant);
    const counts = await writeLogs(archive, writer, { tenant, ...shown });
    const audit = await writeAudit(archive, writer, tenant);
    await writer.write(PEOPLE_FILE, archive.names(tenant));
    await writer.text(RECIPE_FILE, RECIPE);
    const made = { format: 1 as const, tenant, epoch: archive.epoch, at: Date.now(), by, reason, record, ...shown };
    const manifest: ExportManifest = { ...made, ...counts, audit, files: writer.digests };
    await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    if (conversation !== undefined && counts.conversations === 0)
      return { code: 1, lines: [], complaint: `The tenant has no conversation ${conversation}. That it was asked for is written down.` };
    return {
      code: 0,
      lines: [`${counts.conversations} conversations with ${counts.entries} entries in ${folder}, audit record ${record}.`],
    };
  } finally {
    await archive.close();
  }
}

interface Shown {
  tenant: string;
  conversation?: string;
  from?: number;
  to?: number;
}

async function writeLogs(archive: Archive, writer: ExportWriter, { tenant, conversation, from = 0, to = Infinity }: Shown) {
  const counts = { conversations: 0, entries: 0 };
  await mkdir(join(writer.folder, CONVERSATIONS_FOLDER), { mode: 0o700 });
  for await (const log of archive.logs(tenant)) {
    if (conversation !== undefined && log.conversation !== conversation) continue;
    const lines = async function* (): AsyncGenerator<object> {
      yield { conversation: log.conversation, head: log.head, last: log.last, hash: hex(log.chain) };
      for await (const entry of archive.entries(log)) {
        const open = entry.header.at >= from && entry.header.at <= to;
        counts.entries += open ? 1 : 0;
        yield describe(entry, open);
      }
    };
    await writer.write(`${CONVERSATIONS_FOLDER}/${log.conversation}.jsonl`, lines());
    counts.conversations += 1;
  }
  return counts;
}

/** What is outside of the period is there without its text, so that the chain can be followed from the first entry on. */
function describe({ header, body, salt, commitment, hash: chained, erased }: ArchivedEntry, open: boolean): object {
  const { seq, cid, author, at, kind } = header;
  return {
    seq,
    cid,
    author,
    at,
    kind,
    commitment: hex(commitment),
    hash: hex(chained),
    ...(erased ? { erased } : {}),
    ...(open ? { salt: hex(salt), body } : {}),
  };
}

async function writeAudit(archive: Archive, writer: ExportWriter, tenant: string): Promise<ExportManifest['audit']> {
  const [log] = await archive.audits(tenant);
  if (!log) return { head: 0, last: 0, hash: '' };
  const lines = async function* (): AsyncGenerator<object> {
    for await (const { seq, at, record, hash: chained } of archive.records(log)) yield { seq, at, record, hash: hex(chained) };
  };
  await writer.write(AUDIT_FILE, lines());
  return { head: log.head, last: log.last, hash: hex(log.chain) };
}

/** The tenant's own lines of signed heads. */
async function writeAnchors(folder: string | null, writer: ExportWriter, tenant: string): Promise<void> {
  // A server makes it with its first heads.
  if (folder === null || !existsSync(folder)) return;
  await mkdir(join(writer.folder, ANCHORS_FOLDER), { mode: 0o700 });
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.anchors.jsonl'))) {
    const path = join(folder, file);
    const epoch = file.slice(0, -'.anchors.jsonl'.length);
    const lines = async function* (): AsyncGenerator<object> {
      for await (const line of readAnchorLines({ path, epoch, partial: true }, () => undefined)) if (line.tenant === tenant) yield line;
    };
    await writer.write(`${ANCHORS_FOLDER}/${file}`, lines());
  }
}

/** Writes the files of an export and remembers the digest of each. */
class ExportWriter {
  readonly folder: string;
  readonly digests: Record<string, string> = {};

  constructor(folder: string) {
    this.folder = folder;
  }

  /** One canonical JSON value a line. */
  async write(name: string, values: AsyncIterable<object>): Promise<void> {
    const stream = createWriteStream(join(this.folder, name), { mode: 0o600, flags: 'wx' });
    const digest = createHash('sha256');
    const ended = finished(stream);
    for await (const value of values) {
      const line = `${canonicalJson(value)}\n`;
      digest.update(line);
      if (!stream.write(line)) await new Promise<void>((resume) => stream.once('drain', resume));
    }
    stream.end();
    await ended;
    this.digests[name] = digest.digest('hex');
  }

  async text(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text, { mode: 0o600, flag: 'wx' });
    this.digests[name] = hash('sha256', text);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
