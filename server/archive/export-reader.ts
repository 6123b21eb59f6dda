import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoredRecord } from '../domain/audit-chain.js';
import type { Archive, ArchivedAudit, ArchivedEntry, ArchivedLog } from '../storage/archive.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import type { AuditDraft } from '../storage/audit-storage.js';
import { ANCHORS_FOLDER, AUDIT_FILE, CONVERSATIONS_FOLDER, MANIFEST, PEOPLE_FILE } from './export-format.js';
import type { ExportManifest, ExportedEntry, ExportedLog } from './export-format.js';

/** An export, to be verified like a store. */
export interface OpenedExport {
  archive: Archive;
  /** The folder with signed heads; null where there are none. */
  anchors: string | null;
  /** Files that are not those of the manifest. */
  faults: string[];
  /** It is of one conversation, as its record in the audit log says. Otherwise it has all of the tenant. */
  partial: boolean;
}

/** @throws Error when the folder is no export. */
export async function openExport(path: string): Promise<OpenedExport> {
  const folder = resolve(path);
  const manifest = readManifest(join(folder, MANIFEST));
  const faults: string[] = [];
  for (const [name, digest] of Object.entries(manifest.files)) {
    const file = join(folder, name);
    if (!existsSync(file)) faults.push(`${name}: missing`);
    else if ((await digestOf(file)) !== digest) faults.push(`${name}: changed`);
  }
  const anchors = join(folder, ANCHORS_FOLDER);
  const archive = new ExportArchive(folder, manifest);
  const asked = await archive.recordOf(manifest.record);
  if (asked?.act !== AUDIT_ACTS.archiveExported || asked.subject?.conversation !== manifest.conversation)
    faults.push(`${MANIFEST}: not what the audit log says was exported`);
  return { archive, anchors: existsSync(anchors) ? anchors : null, faults, partial: asked?.subject?.conversation !== undefined };
}

/** Reads only; nothing in a folder is audited. */
class ExportArchive implements Archive {
  readonly epoch: string;
  readonly anchored = null;
  readonly #folder: string;
  readonly #manifest: ExportManifest;

  constructor(folder: string, manifest: ExportManifest) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.epoch = manifest.epoch;
  }

  async checkFiles(): Promise<void> {}

  async *logs(): AsyncGenerator<ArchivedLog> {
    for (const name of Object.keys(this.#manifest.files).filter((file) => file.startsWith(`${CONVERSATIONS_FOLDER}/`))) {
      for await (const line of linesOf<ExportedLog>(join(this.#folder, name))) {
        yield {
          id: 0,
          tenant: this.#manifest.tenant,
          conversation: line.conversation,
          head: line.head,
          last: line.last,
          chain: bytes(line.hash),
        };
        break;
      }
    }
  }

  async *entries({ tenant, conversation }: ArchivedLog): AsyncGenerator<ArchivedEntry> {
    const erasures = await this.#erasures();
    let first = true;
    for await (const line of linesOf<ExportedEntry>(join(this.#folder, CONVERSATIONS_FOLDER, `${conversation}.jsonl`))) {
      if (!first) yield { ...toEntry(tenant, conversation, line), erased: erasures.has(JSON.stringify([conversation, line.seq])) };
      first = false;
    }
  }

  async recordOf(seq: number): Promise<Partial<AuditDraft> | null> {
    const [audit] = await this.audits();
    if (audit) for await (const line of this.records(audit)) if (line.seq === seq) return JSON.parse(line.record) as Partial<AuditDraft>;
    return null;
  }

  /** What the audit log names; what a line says of itself counts nothing. */
  async #erasures(): Promise<Set<string>> {
    const found = new Set<string>();
    const [audit] = await this.audits();
    if (audit)
      for await (const { record } of this.records(audit)) {
        const { act, subject } = JSON.parse(record) as Partial<AuditDraft>;
        if (act === AUDIT_ACTS.entryErased) found.add(JSON.stringify([subject?.conversation, subject?.seq]));
      }
    return found;
  }

  async audits(): Promise<ArchivedAudit[]> {
    const { audit, tenant } = this.#manifest;
    return audit.head === 0 ? [] : [{ tenant, head: audit.head, last: audit.last, chain: bytes(audit.hash) }];
  }

  /** An export is made of conversations. */
  async *strays(): AsyncGenerator<never> {}

  async *records({ tenant }: ArchivedAudit): AsyncGenerator<StoredRecord> {
    for await (const line of linesOf<Omit<StoredRecord, 'tenant' | 'hash'> & { hash: string }>(join(this.#folder, AUDIT_FILE)))
      yield { ...line, tenant, hash: bytes(line.hash) };
  }

  names(): AsyncIterable<{ id: string; name: string }> {
    return linesOf(join(this.#folder, PEOPLE_FILE));
  }

  async audit(): Promise<number> {
    throw new Error('an export is only read');
  }

  async close(): Promise<void> {}
}

function toEntry(tenant: string, conversation: string, line: ExportedEntry): ArchivedEntry {
  const { seq, cid, author, at, kind, body, salt } = line;
  return {
    header: { tenant, conversation, seq, cid, author, at, kind },
    body: body ?? '',
    salt: bytes(salt ?? ''),
    commitment: bytes(line.commitment),
    hash: bytes(line.hash),
    erased: false,
    withheld: body === undefined,
  };
}

function readManifest(path: string): ExportManifest {
  if (!existsSync(path)) throw new Error(`This is no export: ${path} does not exist.`);
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Partial<ExportManifest> | null;
  if (manifest?.format !== 1 || typeof manifest.files !== 'object') throw new Error(`${path} is not the manifest of an export.`);
  return manifest as ExportManifest;
}

async function* linesOf<T>(path: string): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    if (line !== '') yield JSON.parse(line) as T;
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}

function bytes(hex: string): Uint8Array {
  return Buffer.from(hex, 'hex');
}
