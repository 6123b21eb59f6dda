import { hash } from 'node:crypto';
import type { Entry } from '#protocol';

/**
 * The hash chain of a conversation, which makes a later change of an entry evident (reliability 5, G17). For an auditor:
 *
 *   body        the entry's body as canonical JSON (RFC 8785) in UTF-8
 *   commitment  SHA-256(salt || body), the salt being 16 random bytes stored with the entry
 *   header      canonical JSON of { at, author, cid, commitment, conversation, kind, seq, tenant, v: 1 }, in UTF-8,
 *               the commitment in lower-case hexadecimal
 *   hash        SHA-256(0x00 || previous hash || header); before the first entry stand 32 zero bytes
 *
 * The body enters only through the commitment: when a lawful erasure destroys salt and body, the commitment stays, tells nothing
 * about what was said, and the chain still holds. An entry without its salt is right only where the audit log names its erasure.
 */
export const GENESIS: Uint8Array = new Uint8Array(32);
export const SALT_BYTES = 16;
/** What stands in the place of a body that was erased (G18), as canonical JSON; its salt is empty then. */
export const ERASED_BODY = '{"kind":"erased"}';

/** What the chain says of an entry beside its body. */
export interface EntryHeader {
  tenant: string;
  conversation: string;
  seq: number;
  cid: string;
  author: string;
  at: number;
  kind: string;
}

export function headerOf(tenant: string, entry: Entry): EntryHeader {
  const { conversation, seq, cid, author, at, body } = entry;
  return { tenant, conversation, seq, cid, author, at, kind: body.kind };
}

/** Binds to a text without showing it. */
export function commitment(salt: Uint8Array, canonicalBody: string): Buffer {
  return hashOf(canonicalBody, salt);
}

/** The hash of an entry, over the one before it. */
export function chainHash(previous: Uint8Array, header: EntryHeader, bodyCommitment: Uint8Array): Buffer {
  const { tenant, conversation, seq, cid, author, at, kind } = header;
  const committed = Buffer.from(bodyCommitment.buffer, bodyCommitment.byteOffset, bodyCommitment.byteLength).toString('hex');
  const q = JSON.stringify;
  // Canonical as it stands, keys in order: to sort them for every entry took half of the time of the hash.
  const text =
    `{"at":${q(at)},"author":${q(author)},"cid":${q(cid)},"commitment":"${committed}","conversation":${q(conversation)},` +
    `"kind":${q(kind)},"seq":${q(seq)},"tenant":${q(tenant)},"v":1}`;
  return hashOf(text, LEAF, previous);
}

/** SHA-256 over bytes and then a text, put together in one buffer: it is the larger part of what an entry costs beside the database. */
function hashOf(text: string, ...before: readonly Uint8Array[]): Buffer {
  let end = 0;
  for (const bytes of before) end += bytes.length;
  // No code unit takes more than three bytes in UTF-8; to count them exactly is a walk over the text more.
  const whole = end + text.length * 3 <= DESK.length ? DESK : Buffer.allocUnsafe(end + Buffer.byteLength(text));
  end = 0;
  for (const bytes of before) {
    whole.set(bytes, end);
    end += bytes.length;
  }
  end += whole.write(text, end);
  // By way of digits: a digest in bytes comes with a piece of memory of its own, which costs as much as the hash (measured).
  return Buffer.from(hash('sha256', whole.subarray(0, end), 'hex'), 'hex');
}

/** Where what is hashed is put together: nothing in that waits, so one is enough. */
const DESK = Buffer.allocUnsafeSlow(16_384);

/** Keeps hashes of entries apart from those of a tree over them that may come later (RFC 6962). */
const LEAF = Uint8Array.of(0);

/** What is stored of an entry, as far as the chain is concerned. */
export interface ChainedEntry {
  header: EntryHeader;
  body: string;
  salt: Uint8Array;
  commitment: Uint8Array;
  hash: Uint8Array;
  /** The audit log names a lawful erasure of this entry. */
  erased?: boolean;
  /** Body and salt are not shown, as outside of the period of an export: what the chain says can be checked without them. */
  withheld?: boolean;
}

/** Why an entry does not fit behind the hash before it, or null when it fits. */
export function misfit(previous: Uint8Array, seq: number, entry: ChainedEntry): 'missing' | 'changed' | 'chain' | null {
  if (entry.header.seq !== seq) return 'missing';
  if (!entry.withheld && isChanged(entry)) return 'changed';
  return same(chainHash(previous, entry.header, entry.commitment), entry.hash) ? null : 'chain';
}

/** Whether a stored body is this one. Of one that was erased nobody can tell any more: what comes with its id is taken for it (SPEC L15). */
export function isCommittedTo(stored: Pick<ChainedEntry, 'salt' | 'commitment'>, canonicalBody: string): boolean {
  return stored.salt.length === 0 || same(commitment(stored.salt, canonicalBody), stored.commitment);
}

function isChanged(entry: ChainedEntry): boolean {
  return entry.erased ? entry.salt.length > 0 || entry.body !== ERASED_BODY : !isAsCommitted(entry);
}

function isAsCommitted({ header, body, salt, commitment: committed }: ChainedEntry): boolean {
  return same(commitment(salt, body), committed) && kindOf(body) === header.kind;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function kindOf(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  } catch {
    return undefined;
  }
}
