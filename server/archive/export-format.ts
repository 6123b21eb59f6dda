/** The folder that `parley export --audit` makes. Every `.jsonl` file has one canonical JSON value (RFC 8785) a line. */
export const MANIFEST = 'manifest.json';
export const RECIPE_FILE = 'README.txt';
export const AUDIT_FILE = 'audit.jsonl';
export const PEOPLE_FILE = 'people.jsonl';
export const CONVERSATIONS_FOLDER = 'conversations';
export const ANCHORS_FOLDER = 'anchors';

export interface ExportManifest {
  format: 1;
  tenant: string;
  epoch: string;
  /** ms UTC */
  at: number;
  by: string;
  reason: string;
  /** Number of the record that tells of this export. */
  record: number;
  conversation?: string;
  from?: number;
  to?: number;
  conversations: number;
  /** Those that are shown with their text. */
  entries: number;
  audit: { head: number; last: number; hash: string };
  /** SHA-256 of each file. */
  files: Record<string, string>;
}

/** First line of a file in `conversations`: where the log stood. */
export interface ExportedLog {
  conversation: string;
  head: number;
  last: number;
  hash: string;
}

export interface ExportedEntry {
  seq: number;
  cid: string;
  author: string;
  at: number;
  kind: string;
  commitment: string;
  hash: string;
  erased?: boolean;
  /** Absent outside of the period of the export. */
  salt?: string;
  body?: string;
}

export const RECIPE = `AN EXPORT OF AN ARCHIVE OF PARLEY

manifest.json    what was exported, by whom, why and when, and the SHA-256 of every other file
conversations/   a file for each conversation: its head in the first line, then every entry from the first one on
audit.jsonl      the tenant's audit log
people.jsonl     the names of the ids, as the directory has them now
anchors/         heads of these logs, signed and kept in a second place while they were written (where that was set up)

HOW TO CHECK IT
With Parley:     parley verify --export FOLDER --key PUBLIC-KEY
The operator tells you the public key by another way than this folder (parley keys print says it).

Without Parley, in any language that has SHA-256 and Ed25519:
Hexadecimal is in lower case. "Canonical JSON" is RFC 8785. || joins bytes. Texts are UTF-8.

1. An entry with "body" and "salt":  SHA-256( salt || body ) must be "commitment".
   "body" is canonical JSON; its "kind" must be the entry's.
2. Every entry, in order of "seq", which counts 1, 2, 3 ... without holes:
     header = canonical JSON of { at, author, cid, commitment, conversation, kind, seq, tenant, v: 1 }
     hash   = SHA-256( byte 0 || hash of the entry before || header )
   Before the first entry stand 32 zero bytes. The result must be "hash"; that of the last entry must be the "hash" of the first line.
   An entry without "body" is outside of the period of the export: its text is not shown, and it takes its part in the chain.
   An entry with "erased" lost its text by a lawful erasure: its salt is empty, its body says so, and a record with the act
   "entry:erased" in audit.jsonl names it. It takes its part in the chain, too.
3. audit.jsonl:  SHA-256( byte 0 || hash of the record before || record ) must be "hash"; "audit" of the manifest names the last one.
   "record" is canonical JSON, and "seq", "at" and the tenant in it must be those of the line.
4. anchors/:  without "signature" the canonical JSON of a line must carry that Ed25519 signature by "key", which must be the key that the
   operator told you. Each [conversation, seq, hash] in "conversations" and the [seq, hash] of "audit" must be what you computed above.
   A log that ends before a head that was signed was cut off; another hash means that it was written anew.
`;
